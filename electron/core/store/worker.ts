/** Entry file of the store's worker threads. Bundlers build it as an entry of its own. */
import { serveWorker } from './workerSide.ts';
import { writes } from './writes.ts';

serveWorker(writes);
