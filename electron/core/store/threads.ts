/**
 * The calling half of a store worker: starts the thread when it is first needed, matches answers to calls, and makes
 * sure that no call waits for a thread that is gone.
 */
import { Worker } from 'node:worker_threads';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { Log } from '../ports.ts';
import { type Answer, type Request, type Role, unpackError, type WorkerStart } from './wire.ts';

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void };
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

export type Call = WithoutId<Exclude<Request, { kind: 'close' }>>;

type Thread = {
  /** Resolves with the answer; rejects with the error that the worker met, or `internal` when the worker died. */
  call(call: Call): Promise<unknown>;
  /** Resolves when every call was answered and the thread has ended. Later calls are refused. */
  close(): Promise<void>;
};

/** What a page or an answer leaves behind is collected early: Node's own measure takes 40 MB more for each thread. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

export function createThread(role: Role, file: string, url: URL, log: Log): Thread {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let closed = false;
  let current: { readonly worker: Worker; readonly ended: Promise<void> } | undefined;

  function start(): Worker {
    const workerData: WorkerStart = { role, file };
    const worker = new Worker(url, { workerData, name: `store-${role}`, resourceLimits });
    let fatal: unknown;
    worker.on('message', (answer: Answer) => {
      const call = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('error' in answer) call?.reject(unpackError(answer.error));
      else call?.resolve(answer.value);
    });
    worker.on('error', (error) => {
      fatal = error;
    });
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', (exitCode) => {
        current = undefined;
        if (waiting.size > 0 || fatal !== undefined) log('error', 'store.worker-ended', { role, exitCode });
        const error = died(role, exitCode, fatal);
        for (const call of waiting.values()) call.reject(error);
        waiting.clear();
        resolve();
      });
    });
    current = { worker, ended };
    return worker;
  }

  return {
    call(call) {
      if (closed) return Promise.reject(new RiskdeskError('internal', 'The store is closed.'));
      const worker = current?.worker ?? start();
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        try {
          worker.postMessage({ ...call, id });
        } catch (error) {
          waiting.delete(id);
          reject(error);
        }
      });
    },
    async close() {
      closed = true;
      const running = current;
      if (running === undefined) return;
      running.worker.postMessage({ kind: 'close', id: 0 } satisfies Request);
      await running.ended;
    },
  };
}

function died(role: Role, exitCode: number, fatal: unknown): Error {
  const message = `The store's ${role} ended unexpectedly (exit code ${exitCode}).`;
  return new RiskdeskError('internal', message, {}, { cause: fatal });
}
