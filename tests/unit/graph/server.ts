/** A scripted HTTP server on this machine, and a client that talks to it over Node's fetch: real sockets, no time lost. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createGraphClient, type GraphClientParts } from '../../../electron/core/graph/client.ts';
import type { AccessToken, TokenSource } from '../../../electron/core/ports.ts';
import { hastyClock } from './virtualClock.ts';

export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
  readonly text: string;
};
export type Step = (seen: Seen, response: ServerResponse, socket: Socket) => void | Promise<void>;

export type ScriptedServer = {
  readonly url: string;
  readonly port: number;
  readonly seen: Seen[];
  /** Answers in turn; the last one stays. */
  script(...steps: readonly Step[]): void;
  close(): Promise<void>;
};

export async function scriptedServer(): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  let steps: readonly Step[] = [];
  let next = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const one: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: text.startsWith('{') ? JSON.parse(text) : null,
        text,
      };
      seen.push(one);
      const step = steps[Math.min(next, steps.length - 1)];
      next += 1;
      if (step === undefined) response.writeHead(500).end();
      else void Promise.resolve(step(one, response, request.socket));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    script(...given) {
      steps = given;
      next = 0;
      seen.length = 0;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Step =>
  (_seen, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', 'request-id': `req-${status}`, ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
export const status = (code: number, headers: Readonly<Record<string, string>> = {}): Step =>
  json(code, undefined, headers);
export const graphError = (
  code: number,
  name: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Step =>
  json(
    code,
    { error: { code: name, message, innerError: { 'request-id': 'inner-1', date: '2026-11-23T00:00:00' } } },
    headers,
  );
export const text =
  (code: number, body: string, type = 'text/html'): Step =>
  (_seen, response) => {
    response.writeHead(code, { 'Content-Type': type });
    response.end(body);
  };
/** The connection breaks before an answer. */
export const reset: Step = (_seen, _response, socket) => {
  socket.destroy();
};
/** The body breaks off in the middle, by length. */
export const cut: Step = (_seen, response, socket) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '500' });
  response.write('{"value":[{"id":"a"},');
  setTimeout(() => socket.destroy(), 5);
};

export function tokens(
  roles: readonly string[] = [],
): TokenSource & { readonly forced: number; readonly asked: number } {
  let forced = 0;
  let asked = 0;
  return {
    get forced() {
      return forced;
    },
    get asked() {
      return asked;
    },
    async get(options = {}): Promise<AccessToken> {
      asked += 1;
      if (options.force) forced += 1;
      return { token: `token-${forced}`, expiresAt: Date.now() + 3_600_000, roles };
    },
  };
}

/** Waits are skipped, not slept; `slept` lists them. */
export function testClient(
  graphUrl: string,
  parts: Partial<GraphClientParts> & { readonly roles?: readonly string[] } = {},
) {
  const clock = hastyClock();
  let id = 0;
  const source = tokens(parts.roles);
  const client = createGraphClient({
    transport: (url, init) => fetch(url, { ...init, redirect: 'manual' }),
    tokens: source,
    graphUrl,
    clock,
    newId: () => `id-${++id}`,
    log: () => {},
    version: '9.9.9',
    random: () => 0.5,
    ...parts,
  });
  return { client, clock, tokens: source };
}
