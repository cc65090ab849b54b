/** Event-loop delay of the thread that serves the contract, while a sync writes and somebody pages. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openBenchCore } from './openBenchCore.ts';
import { percentile, report } from './report.ts';
import { startTwin } from './twinProcess.ts';

const users = Number(process.argv[2] ?? 200_000);
const twin = await startTwin(users);
const core = await openBenchCore(twin);
const delay = monitorEventLoopDelay({ resolution: 5 });
const pages: number[] = [];
let done = false;
delay.enable();
const syncing = core.sync().then(() => {
  done = true;
});
while (!done) {
  const began = performance.now();
  await core.client.users.list({ limit: 50 });
  pages.push(performance.now() - began);
  await new Promise((resolve) => setTimeout(resolve, 100));
}
await syncing;
delay.disable();
await core.close();
await twin.close();
report({
  what: 'event-loop delay while syncing, p99',
  users,
  value: delay.percentile(99) / 1e6,
  unit: 'ms',
  budget: 50,
});
report({ what: 'a page while syncing, p95', users, value: percentile(pages, 0.95), unit: 'ms', budget: null });
