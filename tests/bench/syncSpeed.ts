/** Full sync against a bare loop over the same pages, in alternation; then a sync after 1 % changed. */
import { spawnSync } from 'node:child_process';
import { openBenchCore } from './openBenchCore.ts';
import { report } from './report.ts';
import { startTwin } from './twinProcess.ts';

const users = Number(process.argv[2] ?? 200_000);
const rounds = Number(process.argv[3] ?? 2);
const twin = await startTwin(users);

function bare(): { readonly ms: number; readonly pages: number } {
  const script = new URL('./bareLoop.ts', import.meta.url).pathname;
  const token = `${twin.authorityUrl}/${twin.tenant}/oauth2/v2.0/token`;
  const { stdout, status } = spawnSync(process.execPath, [script, twin.graphUrl, token, twin.client, twin.secret], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error('The bare loop failed.');
  return JSON.parse(stdout) as { ms: number; pages: number };
}

bare();
const bares: number[] = [];
const syncs: number[] = [];
let pages = 0;
for (let round = 0; round < rounds; round += 1) {
  const loop = bare();
  pages = loop.pages;
  bares.push(loop.ms);
  const core = await openBenchCore(twin);
  const { durationMs, users: kept } = await core.sync();
  if (kept !== users) throw new Error(`${kept} of ${users} users were kept.`);
  syncs.push(durationMs);
  if (round === 0) {
    const peak = process.resourceUsage().maxRSS / 1_024;
    const budget = users <= 200_000 ? 300 : null;
    report({ what: 'peak memory of a process that syncs', users, value: peak, unit: 'MB', budget });
    const again = await core.sync();
    const most = pages / 100 + 3;
    report({ what: 'next sync, nothing changed', users, value: again.requests, unit: 'requests', budget: most });
  }
  await core.close();
}
await twin.close();
report({ what: 'bare loop, best', users, value: Math.min(...bares) / 1_000, unit: 's', budget: null });
report({ what: 'full sync, best', users, value: Math.min(...syncs) / 1_000, unit: 's', budget: null });
report({ what: 'full sync / bare loop', users, value: Math.min(...syncs) / Math.min(...bares), unit: 'x', budget: 2 });
