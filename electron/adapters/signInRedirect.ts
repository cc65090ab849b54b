/**
 * Where Entra sends the browser back to: a server on a free port of this machine's loopback addresses that answers one
 * request and ends. Whatever else knocks gets 404 and changes nothing. Leaves out what the answer means.
 */
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PageKind, pageHeaders, signInPage } from './signInPage.ts';

export type Redirect = {
  /** `http://localhost:<port>`: registered as `http://localhost`; Entra ignores the port of a loopback address. */
  readonly uri: string;
  /** The query of the one request that counts. Rejects with the signal's reason. */
  answer(signal: AbortSignal): Promise<URLSearchParams>;
  /** Ends listening; connections that are open are cut once they were answered. */
  close(): void;
};

const mostPorts = 5;

/**
 * @param judge the page for a query, before it is handed out.
 * @throws Error of Node when no port can be had.
 */
export async function openRedirect(judge: (query: URLSearchParams) => PageKind): Promise<Redirect> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
  let port = 0;
  let answered = false;
  const listener: RequestListener = (request, response) => {
    const query = queryOf(request, port);
    if (query === null || answered) {
      response.writeHead(404, { 'content-type': 'text/plain', connection: 'close' }).end('There is nothing here.');
      return;
    }
    answered = true;
    const kind = judge(query);
    response.writeHead(kind === 'answered' ? 200 : 400, pageHeaders).end(signInPage(kind), () => resolve(query));
  };
  const servers = await listen(listener, (bound) => {
    port = bound;
  });
  return {
    uri: `http://localhost:${port}`,
    async answer(signal) {
      signal.throwIfAborted();
      const aborted = Promise.withResolvers<never>();
      const leave = (): void => aborted.reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([promise, aborted.promise]);
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
    close() {
      for (const server of servers) {
        server.close();
        server.closeIdleConnections();
        // A browser may hold a spare connection open; it must not keep this process alive.
        setTimeout(() => server.closeAllConnections(), 1_000).unref();
      }
    },
  };
}

/** The query of a request that can be Entra's answer: GET of the root, by the name that was registered, with code or error. */
function queryOf(request: IncomingMessage, port: number): URLSearchParams | null {
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`];
  if (request.method !== 'GET' || !hosts.includes(request.headers.host ?? '')) return null;
  const [path, query = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
  const named = new URLSearchParams(query);
  return path === '/' && (named.has('code') || named.has('error')) ? named : null;
}

/** Browsers may take `localhost` for either address, so both are listened on, by one port. */
async function listen(listener: RequestListener, onPort: (port: number) => void): Promise<readonly Server[]> {
  for (let tried = 1; ; tried += 1) {
    const first = process.getBuiltinModule('node:http').createServer(listener);
    await bind(first, 0, '127.0.0.1');
    const { port } = first.address() as AddressInfo;
    onPort(port);
    const second = process.getBuiltinModule('node:http').createServer(listener);
    try {
      await bind(second, port, '::1');
      return [first, second];
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      // Another program has the port on the other address, and would get the answer.
      if (code !== 'EADDRINUSE') return [first];
      first.close();
      if (tried === mostPorts) throw error;
    }
  }
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
