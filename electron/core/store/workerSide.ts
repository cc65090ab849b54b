/** Serves one role of the store inside a worker thread. A bundle's or a test's entry file calls it with its operations. */
import { parentPort, workerData } from 'node:worker_threads';
import { openReader, openWriter } from './connect.ts';
import { storeError } from './errors.ts';
import { createReaderSide } from './readerSide.ts';
import { type Answer, packError, type Request, type WorkerStart } from './wire.ts';
import { createWriterSide, type Ops } from './writerSide.ts';

/**
 * Answers requests one after another until told to close. The database named by `workerData` is opened for the first of
 * them, so that a file that cannot be opened is an answer like any other, and is tried again by the next.
 */
export function serveWorker(ops: Ops): void {
  const port = parentPort;
  if (port === null) throw new Error('serveWorker must run in a worker thread');
  const { role, file }: WorkerStart = workerData;
  let side: Side | undefined;
  port.on('message', (request: Request) => {
    if (request.kind === 'close') {
      side?.close();
      port.close();
      return;
    }
    let answer: Answer;
    try {
      side ??= role === 'writer' ? writerRole(file, ops) : readerRole(file);
      answer = { id: request.id, value: side.handle(request) };
    } catch (error) {
      answer = { id: request.id, error: packError(error) };
    }
    port.postMessage(answer);
  });
}

type Side = { handle(request: Request): unknown; close(): void };

function readerRole(file: string): Side {
  const db = guarded(file, () => openReader(file));
  const side = createReaderSide(db);
  return {
    handle(request) {
      if (request.kind === 'all') return side.all(request.sql, request.params);
      if (request.kind === 'get') return side.get(request.sql, request.params);
      if (request.kind === 'select') return side.select(request.ask);
      throw new Error('the reader has no operations');
    },
    close: () => db.close(),
  };
}

function writerRole(file: string, ops: Ops): Side {
  const db = guarded(file, () => openWriter(file));
  const side = createWriterSide(db, ops);
  return {
    handle(request) {
      if (request.kind === 'op') return side.run(request.name, request.args);
      throw new Error('the writer takes no SQL');
    },
    close: () => db.close(),
  };
}

function guarded<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw storeError(error, file);
  }
}
