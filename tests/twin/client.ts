/** A plain client for the twin's own tests: no retries, no pacing, every answer as it came. */

import type { TwinOptions } from '../../electron/twin/options.ts';
import type { TwinFetch } from '../../electron/twin/transport.ts';
import { createTwin, type Twin } from '../../electron/twin/twin.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed JSON; null when the body isn't JSON. */
  readonly body: Json;
};

/** JSON that a test looks into: every property may be there. */
export type Json = { readonly [name: string]: Json } & {
  readonly error: { readonly code: string; readonly message: string; readonly innerError: Record<string, string> };
  readonly value: readonly Row[];
};
export type Row = Readonly<Record<string, string | boolean | null | readonly string[]>> & { readonly id: string };

export type Ask = (
  method: string,
  path: string,
  more?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
) => Promise<Answer>;

export const START = Date.UTC(2026, 10, 20, 12);

export function form(twin: Twin, changes: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: twin.credentials.client,
    client_secret: twin.credentials.secret,
    scope: 'https://graph.microsoft.com/.default',
    ...changes,
  }).toString();
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  return { status: response.status, headers: response.headers, text, body: body as Json };
}

/** Signs in and returns a token. */
export async function tokenOf(twin: Twin, send: TwinFetch = twin.fetch, base = 'http://twin/login'): Promise<string> {
  const response = await send(`${base}/${twin.credentials.tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form(twin),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

/** Asks with one token. `path` is below the version, or absolute (a nextLink). */
export function asker(send: TwinFetch, token: string, base = 'http://twin/graph/v1.0'): Ask {
  return async (method, path, more = {}) =>
    read(
      await send(path.startsWith('http') ? path : `${base}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(more.body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...more.headers,
        },
        ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
      }),
    );
}

/** A frozen twin and somebody signed in to it. */
export async function tenant(options: TwinOptions = {}): Promise<{ readonly twin: Twin; readonly ask: Ask }> {
  const twin = createTwin({ users: 1_200, now: START, frozen: true, ...options });
  return { twin, ask: asker(twin.fetch, await tokenOf(twin)) };
}

/** Follows a list to its end and returns all rows and how many pages there were. */
export async function all(ask: Ask, path: string, headers: Readonly<Record<string, string>> = {}) {
  const rows: Row[] = [];
  const sizes: number[] = [];
  let next: string | null = path;
  while (next !== null) {
    const page: Answer = await ask('GET', next, { headers });
    if (page.status !== 200) return { rows, sizes, last: page };
    rows.push(...page.body.value);
    sizes.push(page.body.value.length);
    const link = page.body['@odata.nextLink'];
    next = typeof link === 'string' ? link : null;
  }
  return { rows, sizes, last: null };
}

export const eventual = { ConsistencyLevel: 'eventual' } as const;
