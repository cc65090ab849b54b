/**
 * What goes in and comes out of the twin, whichever way it travels: in-process or over a socket. Bodies are text; a
 * delivery other than `whole` is for the transport to act out.
 */

export type TwinRequest = {
  readonly method: string;
  /** `http://127.0.0.1:4711`: what absolute links in answers start with. */
  readonly origin: string;
  /** Path and query exactly as received, prefix included. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type TwinAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or UTF-8 bytes of it; null: no body at all (204). */
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  /** `reset`: the connection ends before a byte of the answer. `cut`: it ends in the middle of the body. */
  readonly delivery: 'whole' | 'reset' | 'cut';
  /** Real milliseconds to hold the answer back. */
  readonly delayMs: number;
};

export const JSON_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** An answer whose body is JSON that is already written. */
export function jsonText(
  status: number,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): TwinAnswer {
  return {
    status,
    headers: { 'content-type': JSON_TYPE, 'odata-version': '4.0', ...headers },
    body,
    delivery: 'whole',
    delayMs: 0,
  };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): TwinAnswer {
  return jsonText(status, JSON.stringify(body), headers);
}

export function noContent(): TwinAnswer {
  return { status: 204, headers: {}, body: null, delivery: 'whole', delayMs: 0 };
}

export function plainText(status: number, contentType: string, body: string): TwinAnswer {
  return { status, headers: { 'content-type': contentType }, body, delivery: 'whole', delayMs: 0 };
}

/** Is this value a JSON object (not null, not an array)? */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as text; empty when there is none. */
export function bodyText(answer: Pick<TwinAnswer, 'body'>): string {
  if (answer.body === null) return '';
  return typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);
}
