/**
 * What the schedule is decided on at one moment, gathered from the registers, the syncs and the store; and the little that
 * must be remembered between two looks: since when, by the steady clock, each connection waits.
 */
import type { Rule } from '../../../shared/contract/rules.ts';
import type { Action } from '../../../shared/model/action.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { SyncReport } from '../../../shared/model/sync.ts';
import type { Reader } from '../store/types.ts';
import type { SyncManager } from '../sync/manager.ts';
import { type Anchor, anchorAt, type Ended, type Now, observe } from './due.ts';
import type { Lease } from './lease.ts';
import { type Pause, type PlanRecord, readEnded, readOpenPlans, readRejected, readSchedule } from './records.ts';
import type { Tracked } from './view.ts';

export type FactPorts = {
  readonly reader: Reader;
  readonly sync: Pick<SyncManager, 'state'>;
  readonly connections: () => Promise<readonly Connection[]>;
  readonly actions: () => Promise<readonly Action[]>;
  readonly rules: () => Promise<readonly Rule[]>;
  readonly settings: () => Promise<Settings>;
};

export type Facts = {
  readonly settings: Settings;
  readonly lease: Lease | null;
  readonly pause: Pause | null;
  readonly tracked: readonly Tracked[];
  /** By connection id: the end of the sync that plans last followed. */
  readonly planned: ReadonlyMap<number, number | null>;
  readonly actions: readonly Action[];
  readonly rules: ReadonlyMap<string, Rule>;
  readonly open: readonly PlanRecord[];
  /** By action id: the hash of its last plan, where a person rejected it. */
  readonly rejected: ReadonlyMap<number, string>;
};

/** Syncs that ended since they were last looked at, to be written down by whoever keeps the schedule. */
export type News = { readonly connection: Connection; readonly ended: Ended };

export type Memory = {
  /** By connection id. */
  readonly anchors: Map<number, Anchor>;
  /** By connection id: the report that was looked at last, in this process. */
  readonly seen: Map<number, string>;
  /** Connections that try again early: the network is back, or a person changed them. */
  readonly hurried: Set<number>;
};

export const emptyMemory = (): Memory => ({ anchors: new Map(), seen: new Map(), hurried: new Set() });

function markOf(report: SyncReport): string {
  return `${report.syncId} ${report.finishedAt}`;
}

/**
 * Whether a report tells of a sync that is not written down yet. At the first look of a process only a later one does: the
 * last failure of the process before may have left no record but ours.
 */
function isNews(report: SyncReport, seen: string | undefined, known: Ended | null): boolean {
  const at = Date.parse(report.finishedAt);
  if (known === null || seen === undefined) return known === null || at > known.at;
  return seen !== markOf(report) && at !== known.at;
}

/** The news of these facts are written down. */
export function markSeen(memory: Memory, tracked: readonly Tracked[]): void {
  for (const { connection, state } of tracked) {
    if (state.last !== null && state.running === null) memory.seen.set(connection.id, markOf(state.last));
  }
}

/** `jitter`: 0 to 1, for the pause after a failure. Changes nothing but the anchors, which only the first look sets. */
export async function gather(
  ports: FactPorts,
  memory: Memory,
  now: Now,
  jitter: number,
): Promise<{ readonly facts: Facts; readonly news: readonly News[] }> {
  const [{ lease, pause }, ended, connections, actions, settings, open, rejected] = await Promise.all([
    readSchedule(ports.reader),
    readEnded(ports.reader),
    ports.connections(),
    ports.actions(),
    ports.settings(),
    readOpenPlans(ports.reader),
    readRejected(ports.reader),
  ]);
  // Thousands of rules are read only where something is decided on them.
  const wanted = open.length > 0 || actions.some(({ automatic }) => automatic);
  const rules = wanted ? await ports.rules() : [];
  const news: News[] = [];
  const tracked: Tracked[] = [];
  for (const connection of connections) {
    const state = await ports.sync.state(connection);
    const { last } = state;
    let known = ended.get(connection.id)?.ended ?? null;
    if (last !== null && state.running === null) {
      if (isNews(last, memory.seen.get(connection.id), known)) {
        const { complete, errorCode, message } = last;
        known = observe(known, { at: Date.parse(last.finishedAt), complete, errorCode, message }, jitter);
        news.push({ connection, ended: known });
      }
    }
    tracked.push({
      connection,
      state,
      ended: known,
      timing: timingOf(connection, known, state.running !== null, memory, now),
    });
  }
  return {
    facts: {
      settings,
      lease,
      pause,
      tracked,
      planned: new Map([...ended].map(([id, row]) => [id, row.planned])),
      actions,
      rules: new Map(rules.map((rule) => [rule.name, rule])),
      open,
      rejected,
    },
    news,
  };
}

function timingOf(
  connection: Connection,
  ended: Ended | null,
  running: boolean,
  memory: Memory,
  now: Now,
): Tracked['timing'] {
  const at = ended?.at ?? Date.parse(connection.createdAt);
  const present = memory.anchors.get(connection.id);
  const anchor = present?.at === at ? present : anchorAt(at, now);
  memory.anchors.set(connection.id, anchor);
  // Where a person has to sign in, nothing is due: asking Entra again would end the same way.
  if (connection.syncEvery === null || connection.signIn?.needed) return null;
  return {
    connection: connection.name,
    everyMs: connection.syncEvery * 60_000,
    anchor,
    ended,
    running,
    hurry: memory.hurried.has(connection.id),
  };
}
