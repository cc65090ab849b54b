/** One Graph call on its way to a handler, and how a handler reads it. */
import { isRecord, type TwinAnswer } from '../http/message.ts';
import { badRequest } from '../http/refusal.ts';
import type { World } from '../world.ts';

export type GraphRequest = {
  readonly method: string;
  /** Below the version: `/groups/{id}/members/$ref`, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: string;
  /** `http://host/prefix/v1.0`: what nextLinks and contexts start with. */
  readonly base: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Call = GraphRequest & {
  readonly world: World;
  /** Decoded values of the route's `:names`. */
  readonly params: Readonly<Record<string, string>>;
  /** Epoch ms at which the call is judged. */
  readonly now: number;
  /** Answers a call inside this one (`$batch`). */
  readonly inner: (request: GraphRequest) => TwinAnswer;
};

export type Handler = (call: Call) => TwinAnswer;

export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** The body as a JSON object. Throws 400 on anything else. */
export function bodyOf(call: Call): Readonly<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(call.headers['content-type'] ?? '')) {
    throw badRequest(
      'A missing or unsupported content type header was found when trying to read a message. The content type header is required: application/json.',
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(call.body);
  } catch {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  if (!isRecord(value)) throw badRequest('Unable to read JSON request payload: an object is expected.');
  return value;
}

export function isEventual(call: Call): boolean {
  return call.headers.consistencylevel?.toLowerCase() === 'eventual';
}

/** The link to the page that starts at `position`: the same query, another token. */
export function nextLink(call: Call, list: string, withoutToken: string, position: number): string {
  const token = `$skiptoken=${call.world.links.issue(list, position, call.now)}`;
  return `${call.base}${call.path}?${withoutToken === '' ? token : `${withoutToken}&${token}`}`;
}
