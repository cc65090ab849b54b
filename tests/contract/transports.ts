/** The same router over the three ways in which a host can serve it: a function call, a MessagePort, a WebSocket. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import { WebSocket, WebSocketServer } from 'ws';
import type { Router } from '../../electron/core/api/router.ts';
import type { Contract } from '../../shared/contract/contract.ts';

export type Client = ContractRouterClient<Contract>;
export type Served = { readonly client: Client; close(): Promise<void> };

async function inProcess(router: Router): Promise<Served> {
  return { client: createRouterClient(router, { context: {} }), close: async () => undefined };
}

async function overPort(router: Router): Promise<Served> {
  const { port1, port2 } = new MessageChannel();
  new PortHandler(router).upgrade(port1, { context: {} });
  const client: Client = createORPCClient(new PortLink({ port: port2 }));
  port1.start();
  port2.start();
  return {
    client,
    close: async () => {
      port1.close();
      port2.close();
    },
  };
}

async function overSocket(router: Router): Promise<Served> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  const handler = new SocketHandler(router);
  sockets.on('connection', (socket) => void handler.upgrade(socket, { context: {} }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const client: Client = createORPCClient(new SocketLink({ websocket: socket }));
  return {
    client,
    close: async () => {
      socket.terminate();
      for (const one of sockets.clients) one.terminate();
      sockets.close();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

export const transports = [
  ['a function call', inProcess],
  ['a MessagePort', overPort],
  ['a WebSocket', overSocket],
] as const;
