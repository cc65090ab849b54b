/**
 * What a host without actions refuses besides runs: whatever lets automatic work begin, or changes what it acts on. Another
 * program may keep the schedule of the same data folder, and would act on a setting, a rule or a score that was changed here.
 * Runs themselves are the executor's to refuse. Pausing, read-only mode and switching an action off stay possible.
 */
import type { ConnectionChange } from '../../../shared/contract/connections.ts';
import type { Action } from '../../../shared/model/action.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import type { ActionChange, Actions } from '../config/actions.ts';
import type { Rules } from '../config/rules.ts';

/** Each returns where it may be done, and rejects with `read-only-mode` where it may not. */
export type Limits = {
  /** Lifts a hold on automatic work. */
  lift(): void;
  setting(key: string, value: unknown): Promise<void>;
  /** `before` null: a new one. */
  action(before: Action | null, change: Pick<ActionChange, 'automatic' | 'enabled'>): void;
  /** A change of a saved rule. */
  rule(name: string): Promise<void>;
  connection(before: Connection, change: ConnectionChange): Promise<void>;
  /** Anything else that moves scores or who is in the cache. */
  people(): Promise<void>;
};

/** What of a connection decides who is in it, how they score, and where requests go. A new secret changes none of it. */
const weighty = [
  'name',
  'tenant',
  'client',
  'cloud',
  'authorityUrl',
  'graphUrl',
  'scoreRange',
  'mapping',
  'weight',
] as const satisfies readonly (keyof ConnectionChange & keyof Connection)[];

/** @param readOnly why the host refuses actions; null when it allows them, and nothing is refused here. */
export function createLimits(ports: {
  readonly readOnly: string | null;
  readonly actions: Pick<Actions, 'list'>;
  readonly rules: Pick<Rules, 'get'>;
}): Limits {
  const { readOnly, actions, rules } = ports;

  function refuse(what: string, field: string): void {
    if (readOnly === null) return;
    throw new RiskdeskError('read-only-mode', what, { field, cure: readOnly });
  }

  async function automatic(): Promise<readonly Action[]> {
    return readOnly === null ? [] : (await actions.list()).filter((action) => action.automatic);
  }

  async function people(field = 'input'): Promise<void> {
    const [action] = await automatic();
    if (action === undefined) return;
    refuse(
      `The automatic action "${action.name}" acts on these scores and users, so they are not changed here.`,
      field,
    );
  }

  return {
    lift: () => refuse('Automatic work is not let go on from here.', 'input'),

    async setting(key, value) {
      const [group] = key.split('.');
      if (group === 'thresholds') await people('key');
      if (group !== 'guardrails' || (key === 'guardrails.readOnly' && value === true)) return;
      refuse('The guardrails are not changed from here: other windows act by them.', 'key');
    },

    action(before, change) {
      const off = Object.keys(change).length === 1 && change.enabled === false;
      if (off || !(change.automatic ?? before?.automatic)) return;
      refuse('An automatic action is not made or changed from here; it can be switched off.', 'automatic');
    },

    async rule(name) {
      const changed = fold(name.trim());
      for (const action of await automatic()) {
        const used = [action.rule, ...(await rules.get(action.rule)).exceptions];
        if (!used.some((one) => fold(one) === changed)) continue;
        refuse(`The automatic action "${action.name}" acts by this rule, so it is not changed here.`, 'name');
      }
    },

    async connection(before, change) {
      const differs = (key: (typeof weighty)[number]): boolean =>
        change[key] !== undefined && JSON.stringify(change[key]) !== JSON.stringify(before[key]);
      const field = weighty.find(differs);
      if (field !== undefined) await people(field);
    },

    people: () => people(),
  };
}
