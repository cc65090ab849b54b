/** Serves one core to browsers on this machine: pages over HTTP, the contract over a WebSocket, both behind the guard. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { safeHeaders } from '../../adapters/pages.ts';
import type { Core } from '../../core/core.ts';
import { createGuard } from './guard.ts';
import { sendFile } from './pages.ts';

export type LoopbackServer = {
  /** With the one-time token: open it once, the cookie does the rest. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
};

/** Largest message that a window may send; a rule import is the biggest thing there is. */
const mostBytes = 8 * 1024 * 1024;

/** `pages`: folder of the built renderer. `port` 0: any free one. */
export async function serveLoopback(core: Core, pages: string, port = 0): Promise<LoopbackServer> {
  let bound = port;
  const guard = createGuard(() => bound);
  const server = createServer((request, response) => {
    const refuse = (status: number, why: string, headers: Readonly<Record<string, string>> = {}) => {
      response.writeHead(status, { ...safeHeaders, ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(why);
    };
    if (!guard.hostFits(request) || !guard.originFits(request)) return refuse(403, 'Refused: wrong host or origin.');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'Refused: only GET.', { allow: 'GET, HEAD' });
    // Any page can make a browser ask for an address like `//`, without the cookie: what cannot be read is refused.
    const url = URL.parse(request.url ?? '/', `http://${request.headers.host}`);
    if (url === null) return refuse(400, 'Refused: not an address.');
    const token = url.searchParams.get('token');
    if (token !== null) {
      // A look ahead (HEAD) must not use up the address.
      const cookie = request.method === 'GET' ? guard.admit(token) : null;
      if (cookie === null && !guard.hasCookie(request)) {
        return refuse(403, 'This address was used already, or is not right. Start Riskdesk again for a new one.');
      }
      response
        .writeHead(303, {
          ...safeHeaders,
          location: '/',
          'cache-control': 'no-store',
          ...(cookie === null ? {} : { 'set-cookie': cookie }),
        })
        .end();
      return;
    }
    if (!guard.hasCookie(request))
      return refuse(403, 'Open Riskdesk with the address that it printed when it started.');
    sendFile(pages, url.pathname, response);
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostBytes });
  const handler = new RPCHandler(core.router);
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const fits =
      request.url === '/rpc' &&
      guard.hostFits(request) &&
      request.headers.origin !== undefined &&
      guard.originFits(request) &&
      guard.hasCookie(request);
    // A peer that resets the connection, here or later, must not end the program.
    socket.on('error', () => socket.destroy());
    if (!fits) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      // Not a frame, or too large a one: ws closes the connection and says so.
      client.on('error', () => client.terminate());
      void handler.upgrade(client, { context: {} });
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}/?token=${guard.token}`,
    port: bound,
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
