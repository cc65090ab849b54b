/** A sync at the documented 1 request a second: how close it comes to the pages x 1 s that nobody can beat. */
import { openBenchCore } from './openBenchCore.ts';
import { report } from './report.ts';
import { startTwin } from './twinProcess.ts';

const pages = Number(process.argv[2] ?? 60);
const users = pages * 500;
const twin = await startTwin(users, '--requests-per-second', '1');
const core = await openBenchCore(twin);
const { durationMs, throttled } = await core.sync();
await core.close();
await twin.close();
report({
  what: `sync of ${pages} pages at 1 request/s`,
  users,
  value: durationMs / 1_000 / pages,
  unit: 'x',
  budget: 1.05,
});
report({ what: '429 answers of it', users, value: throttled, unit: 'answers', budget: null });
