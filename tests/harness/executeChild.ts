/** A process that runs or resumes one run and is killed in the middle of it. Arguments: one JSON text. */
import { newId } from '../../electron/adapters/clock.ts';
import { nodeTransport } from '../../electron/adapters/network.ts';
import { createExecutor } from '../../electron/core/execute/executor.ts';
import { createGraphClient } from '../../electron/core/graph/client.ts';
import { createJournal } from '../../electron/core/journal/journal.ts';
import { openStore } from '../../electron/core/store/open.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { fastClock, plainTokens, silentLog } from '../core/execute/scene.ts';

type Job = {
  readonly dataDir: string;
  readonly authorityUrl: string;
  readonly graphUrl: string;
  readonly credentials: { readonly tenant: string; readonly client: string; readonly secret: string };
  readonly planId: string | null;
  readonly confirm: number | null;
  readonly runId: string | null;
};

const job = JSON.parse(process.argv[2] ?? '') as Job;
const clock = fastClock(200);
const store = await openStore({ dataDir: job.dataDir, workers: false, log: silentLog });
const journal = createJournal({ reader: store.reader, writer: store.writer, clock, who: 'child' });
const graph = createGraphClient({
  transport: nodeTransport(),
  tokens: plainTokens(job.authorityUrl, job.credentials),
  graphUrl: job.graphUrl,
  clock,
  newId,
  log: silentLog,
  version: '0.0.0-test',
});
const executor = createExecutor({
  journal,
  graphFor: () => Promise.resolve(graph),
  clock,
  newId,
  log: silentLog,
  notify: () => undefined,
  settings: () => Promise.resolve(defaultSettings),
  onGroupChanged: () => Promise.resolve(),
  onGroupCreated: () => Promise.resolve(),
});
const handle =
  job.runId === null
    ? await executor.run(job.planId ?? '', { confirm: job.confirm })
    : await executor.resume(job.runId);
process.stdout.write(`${handle.runId}\n`);
const run = await handle.done;
process.stdout.write(`${run.state}\n`);
await store.close();
