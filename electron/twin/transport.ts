/**
 * The in-process transport: the twin behind the shape of the global `fetch`, no socket involved. A broken connection
 * looks as it does with Node's fetch: TypeError 'fetch failed' before the answer, 'terminated' in its body.
 */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { bodyText, type TwinAnswer, type TwinRequest } from './http/message.ts';

export type TwinInit = {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type TwinFetch = (url: string, init?: TwinInit) => Promise<Response>;

function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' });
}

export function makeFetch(handle: (request: TwinRequest) => TwinAnswer): TwinFetch {
  return async (url, init = {}) => {
    const { signal } = init;
    signal?.throwIfAborted();
    const { origin, pathname, search } = new URL(url);
    await setImmediate(undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error;
    });
    const headers = Object.fromEntries(
      Object.entries(init.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const),
    );
    const answer = handle({
      method: (init.method ?? 'GET').toUpperCase(),
      origin,
      target: `${pathname}${search}`,
      headers,
      body: init.body ?? '',
    });
    if (answer.delayMs > 0) {
      await setTimeout(answer.delayMs, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
        throw signal?.aborted ? signal.reason : error;
      });
    }
    if (answer.delivery === 'reset') throw new TypeError('fetch failed', { cause: connectionReset() });
    const body = answer.delivery === 'cut' ? cutBody(bodyText(answer)) : answer.body;
    return new Response(body, { status: answer.status, headers: { ...answer.headers } });
  };
}

/** Half of the text, then the error that Node's fetch reports when a socket dies inside a body. */
function cutBody(text: string): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) {
        controller.error(new TypeError('terminated', { cause: connectionReset() }));
        return;
      }
      sent = true;
      controller.enqueue(new TextEncoder().encode(text.slice(0, text.length >> 1)));
    },
  });
}
