/**
 * The group that a run works on: found, checked before anything is sent, created where the action says so, and watched
 * while the run goes. A group that was created a moment ago answers 404 until it has replicated.
 */
import type { GroupTarget } from '../../../shared/model/action.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { AssessedGroup } from '../graph/assessGroup.ts';
import { preflightGroup, readMembers } from '../graph/readGroups.ts';
import { GraphError } from '../graph/types.ts';
import type { RunRecord } from '../journal/journal.ts';
import type { RunContext } from './context.ts';
import { createOrReuse } from './createGroup.ts';
import type { ReadOptions } from './driver.ts';
import { fullText } from './judge.ts';

/** How long a new group may answer 404 while it replicates, ms (Microsoft Graph: group-post-groups). */
const replicationMs = 60_000;
/** The same for a group that Graph knows by one request and not by another, ms. */
const wobbleMs = 10_000;

export type Group = {
  /** Throws before `prepare` has resolved. */
  id(): string;
  /** @throws RiskdeskError not-found (deleted), graph-refused (cannot be written), guardrail (protected). */
  prepare(options: ReadOptions): Promise<void>;
  /** Members among those ids, lower case. Waits for replication. */
  members(among: ReadonlySet<string>, options: ReadOptions): Promise<ReadonlySet<string>>;
  /**
   * After a 404. 'there': Graph knows the group, so the 404 is about a user. 'again': it may still replicate; a pause
   * was made, send again.
   * Otherwise the words with which the run stops. `named`: the 404 named the group itself.
   */
  afterNotFound(named: boolean, options: ReadOptions): Promise<'there' | 'again' | { readonly stop: string }>;
  /** The words with which a run stops when Graph shows the group and finds it for no write. */
  unreachable(): string;
};

export function createGroupTarget(ctx: RunContext, record: RunRecord): Group {
  const { clock } = ctx;
  const connection = record.run.connection;
  let target: GroupTarget | null = record.run.group;
  let fresh = record.groupCreatedAt !== null && Math.abs(clock.now() - record.groupCreatedAt) < replicationMs;
  let patience = deadline();

  function deadline(): number {
    return clock.monotonic() + (fresh ? replicationMs : wobbleMs);
  }

  function lastName(): string {
    return target === null ? '?' : (target.name ?? (target.mode === 'existing' ? target.id : '?'));
  }

  function id(): string {
    if (target?.mode === 'existing') return target.id;
    throw new RiskdeskError('internal', 'The group of the run is not known yet.');
  }

  async function tellDeleted(): Promise<RiskdeskError> {
    await ctx.onGroupChanged({ connection, id: id(), name: null, deleted: true });
    return new RiskdeskError('not-found', `The group "${lastName()}" (${id()}) was deleted.`, {
      field: 'group',
      cure: 'Choose another group in the action and make a new plan, or restore the group in Entra and resume.',
    });
  }

  async function lookUp(options: ReadOptions): Promise<AssessedGroup> {
    for (let wait = 1_000; ; wait = Math.min(wait * 2, 10_000)) {
      const group = await preflightGroup(ctx.graph, id(), { priority: 'person', signal: options.signal });
      if (group !== null) return group;
      if (!fresh || clock.monotonic() + wait > patience) throw await tellDeleted();
      await clock.sleep(wait, options.signal);
    }
  }

  return {
    id,

    async prepare(options) {
      if (target === null) throw new RiskdeskError('internal', 'The plan of a membership action has no group.');
      if (target.mode === 'create') {
        const made = await createOrReuse(ctx, target, options);
        target = { mode: 'existing', id: made.id, name: made.name, deleted: false };
        fresh = made.how === 'created';
        patience = deadline();
      }
      if ((await ctx.settings()).guardrails.protectedGroups.some((one) => one.toLowerCase() === id().toLowerCase())) {
        throw new RiskdeskError('guardrail', `The group "${lastName()}" is protected; no run changes it.`, {
          field: 'group',
          cure: 'Choose another group, or take it off the protected groups.',
        });
      }
      const group = await lookUp(options);
      if (target.mode === 'existing' && target.name !== group.displayName && group.displayName !== null) {
        target = { ...target, name: group.displayName };
        await ctx.onGroupChanged({ connection, id: group.id, name: group.displayName, deleted: false });
      }
      if (!group.writable) {
        throw new RiskdeskError(
          'graph-refused',
          `The members of "${lastName()}" cannot be changed. ${group.reason ?? ''}`.trim(),
          {
            field: 'group',
            cure: 'Choose another group in the action and make a new plan.',
          },
        );
      }
    },

    async members(among, options) {
      for (let wait = 1_000; ; wait = Math.min(wait * 2, 10_000)) {
        try {
          return await readMembers(ctx.graph, id(), { priority: 'person', signal: options.signal, among });
        } catch (error) {
          if (!(error instanceof GraphError) || error.status !== 404) throw error;
          if (clock.monotonic() + wait > patience) throw await tellDeleted();
          await clock.sleep(wait, options.signal);
        }
      }
    },

    unreachable: () =>
      `Graph shows the group "${lastName()}" (${id()}), and yet does not find it when members are added. Resume in a minute; if it stays so, choose another group.`,

    async afterNotFound(named, options) {
      const group = await preflightGroup(ctx.graph, id(), { priority: 'person', signal: options.signal });
      const patient = fresh && clock.monotonic() <= patience;
      if (group !== null && !(named && patient)) return 'there';
      if (!fresh) return { stop: fullText(await tellDeleted()) };
      if (!patient)
        return { stop: `Graph does not find the new group "${lastName()}" (${id()}) yet. Resume in a minute.` };
      await clock.sleep(2_000, options.signal);
      return 'again';
    },
  };
}
