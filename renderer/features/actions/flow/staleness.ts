/**
 * Why a plan may no longer say what would happen: what it was made from has changed since. Pure. The core refuses what
 * it must by itself; this tells a person before.
 */
import type { Action } from '../../../../shared/model/action.ts';
import type { PlanHead } from '../../../../shared/model/plan.ts';

export type Stale =
  | { readonly why: 'connectionGone' | 'actionGone' | 'groupChanged'; readonly name: string }
  | { readonly why: 'ruleChanged'; readonly name: string }
  | { readonly why: 'groupDeleted'; readonly name: string }
  | { readonly why: 'groupRenamed'; readonly name: string; readonly before: string }
  | { readonly why: 'synced'; readonly at: string }
  | { readonly why: 'old'; readonly at: string };

/** What is known now; undefined where it is not known yet, and then nothing is said about it. */
export type Present = {
  readonly actions: readonly Action[] | undefined;
  readonly connections: readonly string[] | undefined;
  /** When the cache of the plan's connection was last whole, ISO. */
  readonly dataAsOf: string | null;
  /** Epoch milliseconds. */
  readonly now: number;
};

const oldAfterMs = 3_600_000;

export function whyStale(head: PlanHead, present: Present): readonly Stale[] {
  const found: Stale[] = [];
  if (present.connections?.includes(head.connection) === false) {
    return [{ why: 'connectionGone', name: head.connection }];
  }
  const fromRule = head.origin === 'action';
  const action = present.actions?.find((one) => one.name === head.action);
  if (fromRule && present.actions !== undefined && action === undefined) {
    found.push({ why: 'actionGone', name: head.action ?? '' });
  }
  if (fromRule && action !== undefined && action.rule !== head.rule) {
    found.push({ why: 'ruleChanged', name: action.rule });
  }
  const then = head.group?.mode === 'existing' ? head.group : null;
  const group = present.actions
    ?.map((one) => (one.connection === head.connection && one.group?.mode === 'existing' ? one.group : null))
    .find((one) => one !== null && one.id === then?.id);
  if (then !== null && group?.deleted === true) {
    found.push({ why: 'groupDeleted', name: group.name ?? group.id });
  } else if (then !== null && group != null && group.name !== null && then.name !== null && group.name !== then.name) {
    found.push({ why: 'groupRenamed', name: group.name, before: then.name });
  }
  if (fromRule && then !== null && action?.group?.mode === 'existing' && action.group.id !== then.id) {
    found.push({ why: 'groupChanged', name: action.group.name ?? action.group.id });
  }
  const byUsers = head.origin === 'action' || head.origin === 'selection';
  if (byUsers && present.dataAsOf !== null && present.dataAsOf > head.createdAt) {
    found.push({ why: 'synced', at: present.dataAsOf });
  }
  if (present.now - Date.parse(head.createdAt) > oldAfterMs) found.push({ why: 'old', at: head.createdAt });
  return found;
}
