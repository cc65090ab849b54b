/**
 * A whole core and a tenant over real HTTP, with what tests of the sync want to see of both: the rows of the database
 * file as they stand there, and the requests as the tenant got them.
 */
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { systemClock } from '../../../electron/adapters/clock.ts';
import type { Clock, Log, Transport } from '../../../electron/core/ports.ts';
import type { TwinControl, TwinUser } from '../../../electron/twin/control.ts';
import type { FaultKind } from '../../../electron/twin/faults.ts';
import { type TwinOptions, twinDefaults } from '../../../electron/twin/options.ts';
import type { NewConnection } from '../../../shared/contract/connections.ts';
import type { SyncReport, SyncState } from '../../../shared/model/sync.ts';
import type { Client } from '../../contract/transports.ts';
import { openTestCore, type TestCore } from '../../harness/openTestCore.ts';

export type CachedUser = {
  readonly objectId: string;
  readonly level: string;
  readonly state: string;
  readonly upn: string | null;
  readonly name: string | null;
  readonly updated: number | null;
  readonly score: number | null;
};

export type SyncScene = {
  readonly test: TestCore;
  readonly control: TwinControl;
  readonly client: Client;
  /** Adds a connection to the twin; `contoso` is there from the start. */
  connect(change?: Partial<NewConnection>): Promise<void>;
  /** Starts a sync and waits for its end. */
  sync(options?: { readonly full?: boolean; readonly connection?: string }): Promise<SyncReport>;
  begin(options?: { readonly full?: boolean; readonly connection?: string }): Promise<SyncState>;
  /** Waits for the end of the sync that runs. */
  finished(connection?: string): Promise<SyncReport>;
  /** Requests for a page of risky users since the last `resetCounters`, whatever was answered. */
  pages(): readonly { readonly path: string; readonly status: number; readonly fault: string | null }[];
  /** Live users of the connection. */
  cached(connection?: string): readonly CachedUser[];
  rows<Row>(sql: string, ...params: readonly unknown[]): readonly Row[];
  /** Asserts that the live users are exactly those that the tenant lists, each once, with level and name as there. */
  expectSame(connection?: string): void;
  /** Breaks list requests. */
  fault(kind: FaultKind, more?: { readonly after?: number; readonly times?: number }): void;
  close(): Promise<void>;
};

export const listed = (control: TwinControl): readonly TwinUser[] => {
  const users: TwinUser[] = [];
  for (let index = 0; users.length < control.userCount(); index += 1) {
    const user = control.userAt(index);
    if (user.listed) users.push(user);
  }
  return users;
};

const cachedSql = `
  SELECT t.object_id AS objectId, l.text AS level, s.text AS state, t.upn, t.name, u.updated, u.score
  FROM risky_user u JOIN user_text t ON t.id = u.id
  JOIN term l ON l.kind = 'level' AND l.code = u.level JOIN term s ON s.kind = 'state' AND s.code = u.state
  JOIN connection c ON c.id = u.connection
  WHERE u.gone IS NULL AND c.name = ? AND c.removed IS NULL ORDER BY t.object_id`;

/** Reads the database file as another program would. */
export function readRows<Row>(dataDir: string, sql: string, params: readonly unknown[] = []): readonly Row[] {
  const db = new Database(join(dataDir, 'riskdesk.db'), { readonly: true });
  try {
    return db.prepare(sql).all(...params) as Row[];
  } finally {
    db.close();
  }
}

export const cachedUsers = (dataDir: string, connection = 'contoso'): readonly CachedUser[] =>
  readRows(dataDir, cachedSql, [connection]);

export function expectSameUsers(cached: readonly CachedUser[], control: TwinControl): void {
  const wanted = listed(control).map(({ id, riskLevel, riskState, userPrincipalName }) => ({
    objectId: id,
    level: riskLevel,
    state: riskState,
    upn: userPrincipalName,
  }));
  wanted.sort((a, b) => (a.objectId < b.objectId ? -1 : 1));
  expect(cached.map(({ objectId, level, state, upn }) => ({ objectId, level, state, upn }))).toEqual(wanted);
}

export async function openSyncScene(
  options: {
    readonly twin?: TwinOptions;
    readonly clock?: Clock;
    readonly workers?: boolean;
    readonly log?: Log;
    readonly transport?: Transport;
  } = {},
): Promise<SyncScene> {
  const test = await openTestCore(options);
  const client = (): Client => createRouterClient(test.core.router, { context: {} });
  const scene: SyncScene = {
    test,
    control: test.twin.control,
    get client() {
      return client();
    },
    async connect(change) {
      await client().connections.add({
        name: 'contoso',
        tenant: twinDefaults.tenant,
        client: twinDefaults.client,
        authorityUrl: test.server.authorityUrl,
        graphUrl: test.server.graphUrl,
        credential: { kind: 'secret-env', variable: test.secretVariable },
        ...change,
      });
    },
    begin: ({ full = false, connection = 'contoso' } = {}) => client().sync.start({ connection, full }),
    async finished(connection = 'contoso') {
      let last: SyncState | null = null;
      for await (const state of await client().sync.watch({ connection })) last = state;
      if (last === null || last.running !== null || last.last === null) throw new Error('the stream ended too early');
      return last.last;
    },
    async sync({ full = false, connection = 'contoso' } = {}) {
      await client().sync.start({ connection, full });
      return scene.finished(connection);
    },
    pages: () => test.twin.control.requestLog.filter(({ kind }) => kind === 'riskyUsers.list'),
    cached: (connection) => cachedUsers(test.dataDir, connection),
    rows: <Row>(sql: string, ...params: readonly unknown[]) => readRows<Row>(test.dataDir, sql, params),
    expectSame: (connection) => expectSameUsers(scene.cached(connection), test.twin.control),
    fault(kind, more = {}) {
      test.twin.control.inject({ kind, match: (_method, path) => path.endsWith('/riskyUsers'), ...more });
    },
    close: () => test.close(),
  };
  await scene.connect();
  return scene;
}

export type TestClock = Clock & {
  /** How wrong the machine's clock is, ms. */
  by: number;
};

/** The machine's clock, set wrong by `by` ms, and so many times as fast for pauses. */
export function testClock(options: { readonly by?: number; readonly times?: number } = {}): TestClock {
  const { by = 0, times = 1 } = options;
  const started = Date.now();
  const from = performance.now();
  const passed = (): number => (performance.now() - from) * times;
  const clock: TestClock = {
    by,
    now: () => Math.floor(started + passed()) + clock.by,
    monotonic: passed,
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
  };
  return clock;
}

/** The decoded `$filter` of a request, or null. */
export function filterOf(path: string): string | null {
  return new URL(path, 'http://twin').searchParams.get('$filter');
}
