/**
 * The browser host on a core of its own, in a process of its own, filled from a twin in a third: as on an analyst's desk.
 * `node tests/bench/window/serve.ts PAGES USERS`. Prints the address when the first sync is complete. On the message
 * `sync` it reads everything again and answers with the event-loop delay of this thread meanwhile, in milliseconds.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { serveLoopback } from '../../../electron/hosts/loopback/server.ts';
import { openBenchCore } from '../openBenchCore.ts';
import { startTwin } from '../twinProcess.ts';

const [pages = 'out/renderer', users = '200000'] = process.argv.slice(2);
const twin = await startTwin(Number(users));
const bench = await openBenchCore(twin);
await bench.sync();
const server = await serveLoopback(bench.core, pages);
process.send?.({ url: server.url });

async function syncMeasured(): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await bench.sync(true);
  delay.disable();
  process.send?.({ delay: delay.percentile(99) / 1e6 });
}

async function end(): Promise<void> {
  await server.close();
  await bench.close();
  await twin.close();
  process.exit(0);
}

process.on('message', (message) => {
  if (message === 'sync') void syncMeasured();
  if (message === 'end') void end();
});
process.on('disconnect', () => void end());
