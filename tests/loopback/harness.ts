/** A loopback server on a real core and a folder of pages, and raw requests that a browser would never let a page send. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { type LoopbackServer, serveLoopback } from '../../electron/hosts/loopback/server.ts';
import { openTestCore } from '../harness/openTestCore.ts';

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

export type Served = {
  readonly server: LoopbackServer;
  /** Sends the path as it is, unresolved; `headers` replace the usual ones. */
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Answer>;
  /** Trades the token for the cookie, as a browser does at the first visit. */
  enter(): Promise<string>;
  /** Resolves with `open`, or with the HTTP status that refused it. */
  connect(headers: Record<string, string>): Promise<WebSocket | number>;
  close(): Promise<void>;
};

export const outsideText = 'must never be served';

export async function serve(options: { readonly readOnly?: string } = {}): Promise<Served> {
  const test = await openTestCore(options);
  const folder = mkdtempSync(join(tmpdir(), 'riskdesk-pages-'));
  const pages = join(folder, 'renderer');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-private'));
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Riskdesk</title>');
  writeFileSync(join(pages, 'assets', 'index-1.js'), 'export {};');
  writeFileSync(join(folder, 'outside.txt'), outsideText);
  writeFileSync(join(folder, 'renderer-private', 'outside.txt'), outsideText);
  const server = await serveLoopback(test.core, pages);
  const sockets: WebSocket[] = [];

  const ask: Served['ask'] = (path, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      sent.on('error', reject);
      sent.end();
    });

  return {
    server,
    ask,
    async enter() {
      const { headers } = await ask(new URL(server.url).pathname + new URL(server.url).search);
      const [cookie = ''] = headers['set-cookie'] ?? [];
      return cookie.split(';')[0] ?? '';
    },
    connect: (headers) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers });
        sockets.push(socket);
        socket.on('open', () => resolve(socket));
        socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
        socket.on('error', () => resolve(0));
      }),
    async close() {
      for (const socket of sockets) socket.terminate();
      await server.close();
      await test.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
