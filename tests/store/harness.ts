/** A store in a folder of its own, with Riskdesk's operations; closed and removed when the test ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../electron/core/store/open.ts';
import type { RiskyUserIn } from '../../electron/core/store/tables/riskyUserIn.ts';
import type { SyncTotals } from '../../electron/core/store/tables/syncs.ts';
import type { Store } from '../../electron/core/store/types.ts';
import type { SyncKind } from '../../shared/model/sync.ts';

export const t0 = Date.UTC(2026, 10, 20, 12);
export const spent = { requests: 1, throttled: 0, durationMs: 10 };

/** A folder that goes away with the test. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'riskdesk-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export async function openTestStore(dataDir = tempDir(), workers = false): Promise<Store> {
  const store = await openStore({ dataDir, workers, log: () => {} });
  onTestFinished(() => store.close());
  return store;
}

/** A risky user with id `0000…n`; `change` sets the rest. */
export function userNumber(n: number, change: Partial<RiskyUserIn> = {}): RiskyUserIn {
  return {
    objectId: objectId(n),
    userPrincipalName: `user${n}@contoso.example.com`,
    displayName: `User ${n}`,
    riskLevel: 'medium',
    riskState: 'atRisk',
    riskDetail: 'none',
    updatedAt: t0 - n * 1000,
    isDeleted: false,
    isProcessing: false,
    ...change,
  };
}

export function objectId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

type SyncOptions = {
  readonly kind?: SyncKind;
  readonly complete?: boolean;
  readonly now?: number;
  /** False leaves the search index behind, as a process does that ends right after its first sync. */
  readonly index?: boolean;
};

/** One whole sync of these pages. */
export async function syncPages(
  store: Store,
  connection: number,
  pages: readonly (readonly RiskyUserIn[])[],
  { kind = 'full', complete = true, now = t0, index = true }: SyncOptions = {},
): Promise<SyncTotals> {
  const { syncId } = await store.writer.startSync({ connection, kind, since: null, now });
  for (const [at, users] of pages.entries()) {
    const nextLink = at === pages.length - 1 ? null : `https://graph.example.com/next?page=${at + 1}`;
    await store.writer.writePage({ syncId, users, nextLink, skipped: 0, repaired: 0, examples: [], now, ...spent });
  }
  const totals = await store.writer.finishSync({ syncId, complete, message: null, errorCode: null, now, ...spent });
  if (index) while ((await store.writer.indexSearch({})).more);
  return totals;
}

/** Everything about the live users that does not depend on how they came in, sorted by object id. */
export function contentOf(store: Store): Promise<readonly Record<string, unknown>[]> {
  return store.reader.all(
    `SELECT lower(t.object_id) AS id, u.connection, u.level, u.state, u.detail, u.updated, u.deleted, u.processing, u.guest,
       u.score, u.aggregate, t.upn, t.name, t.upn_fold, t.name_fold
     FROM risky_user u JOIN user_text t ON t.id = u.id WHERE u.gone IS NULL ORDER BY 1, 2`,
  );
}

/** What the cube must say, counted from the users themselves, and what it says. */
export async function cubeAndTruth(store: Store): Promise<{ readonly cube: unknown; readonly truth: unknown }> {
  const columns = 'connection, level, state, detail, deleted, processing, guest, score, aggregate, seen_sync';
  return {
    cube: await store.reader.all(`SELECT ${columns}, users FROM user_cube WHERE users <> 0 ORDER BY ${columns}`),
    truth: await store.reader.all(
      `SELECT ${columns}, count(*) AS users FROM risky_user WHERE gone IS NULL GROUP BY ${columns} ORDER BY ${columns}`,
    ),
  };
}
