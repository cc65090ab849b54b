/**
 * The twin over HTTP or HTTPS on a loopback address. Breaks connections for real when a fault says so. Serves the same
 * requests below `{prefix}/login` and `{prefix}/graph` and at the bare address: only the path's tail counts.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { plainText, type TwinAnswer } from './http/message.ts';
import type { Twin } from './twin.ts';

export type ServeOptions = {
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  readonly host?: '127.0.0.1' | undefined;
  /** PEM texts. With them the twin speaks HTTPS alone. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** A path like `/proxy/entra`, in front of `/login` and `/graph`. Default: none. */
  readonly prefix?: string | undefined;
};

export type ServedTwin = {
  /** `http://127.0.0.1:4711`, without the prefix. */
  readonly url: string;
  /** The token endpoint is `{authorityUrl}/{tenant}/oauth2/v2.0/token`. */
  readonly authorityUrl: string;
  /** Graph's root is `{graphUrl}/v1.0`. */
  readonly graphUrl: string;
  /** Resolves once the port is free; connections that are open are cut. */
  close(): Promise<void>;
};

const LARGEST_BODY = 4 * 1024 * 1024;

/** The body, or null when it is larger than Graph would take; then the rest is read and dropped, to answer in order. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size <= LARGEST_BODY) chunks.push(bytes);
  }
  return size > LARGEST_BODY ? null : Buffer.concat(chunks).toString('utf8');
}

function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

async function deliver(answer: TwinAnswer, socket: Socket, response: ServerResponse): Promise<void> {
  if (answer.delayMs > 0) await setTimeout(answer.delayMs);
  if (answer.delivery === 'reset') {
    socket.destroy();
    return;
  }
  const body = answer.body === null ? null : Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(body === null ? {} : { 'Content-Length': String(body.length) }),
  });
  if (answer.delivery === 'cut' && body !== null) {
    response.write(body.subarray(0, body.length >> 1), () => socket.destroy());
    return;
  }
  response.end(body ?? undefined);
}

function answerTo(twin: Twin, scheme: string, request: IncomingMessage, body: string | null): TwinAnswer {
  if (body === null) return plainText(413, 'text/plain', `The body is larger than ${LARGEST_BODY} bytes.`);
  try {
    return twin.handle({
      method: request.method ?? 'GET',
      origin: `${scheme}://${request.headers.host ?? 'localhost'}`,
      target: request.url ?? '/',
      headers: headersOf(request),
      body,
    });
  } catch (error) {
    // A defect of the twin itself: said as such, so that nobody looks for it in the client.
    return plainText(500, 'text/plain', `The twin failed: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Starts serving. Rejects with Node's error when the port is taken. */
export async function serveTwin(twin: Twin, options: ServeOptions = {}): Promise<ServedTwin> {
  const scheme = options.tls === undefined ? 'http' : 'https';
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    readBody(request)
      .then((body) => deliver(answerTo(twin, scheme, request, body), socket, response))
      .catch(() => socket.destroy());
  };
  const server =
    options.tls === undefined ? createServer(onRequest) : createSecureServer({ ...options.tls }, onRequest);
  server.keepAliveTimeout = 60_000;
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const { address, port } = server.address() as AddressInfo;
  const url = `${scheme}://${address}:${port}`;
  const prefix = (options.prefix ?? '').replace(/\/+$/, '');
  return {
    url,
    authorityUrl: `${url}${prefix}/login`,
    graphUrl: `${url}${prefix}/graph`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
