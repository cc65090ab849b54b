/**
 * A process of its own for the store's tests: `open DIR` prints what opening comes to; `fill DIR` writes pages until it
 * is killed, printing each page's number once it is committed; `add DIR N` adds N users in single pages.
 */
import { openStore } from '../../electron/core/store/open.ts';
import type { RiskyUserIn } from '../../electron/core/store/tables/riskyUserIn.ts';
import { RiskdeskError } from '../../shared/model/errors.ts';
import { people } from '../bench/store/people.ts';
import { addConnection } from './connection.ts';

const [mode = '', dataDir = '', count = '0'] = process.argv.slice(2);
const now = Date.UTC(2026, 10, 20, 12);
const spent = { requests: 1, throttled: 0, durationMs: 1 };
const say = (what: unknown) => process.stdout.write(`${JSON.stringify(what)}\n`);

function rows(page: number, size: number): readonly RiskyUserIn[] {
  return people(page * size, size, now);
}

async function main(): Promise<void> {
  const store = await openStore({ dataDir, workers: mode === 'fill', log: () => {} });
  if (mode === 'open') {
    say({ ok: true });
    await store.close();
    return;
  }
  const connection = await addConnection(store.writer, `Child ${process.pid}`, now);
  const kind = mode === 'fill' ? 'full' : 'incremental';
  const { syncId } = await store.writer.startSync({ connection, kind, since: null, now });
  say({ syncId });
  const pages = mode === 'fill' ? Number.POSITIVE_INFINITY : Number(count);
  const size = mode === 'fill' ? 500 : 1;
  for (let page = 0; page < pages; page += 1) {
    const nextLink = `page ${page + 1}`;
    await store.writer.writePage({
      syncId,
      users: rows(page, size),
      nextLink,
      skipped: 0,
      repaired: 0,
      examples: [],
      now,
      ...spent,
    });
    say({ page: page + 1 });
  }
  await store.close();
}

main().catch((error: unknown) => {
  const code = error instanceof RiskdeskError ? error.code : String(error);
  say({ ok: false, code, message: error instanceof Error ? error.message : '' });
  process.exitCode = 1;
});
