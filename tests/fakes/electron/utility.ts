/** The stand-in's half for a utility process: a Node child whose `process.parentPort` speaks to main over Node's own IPC. */
import { EventEmitter } from 'node:events';
import { FakePort } from './ports.ts';

const held = new Map<number, FakePort>();

function arrive(id: number): FakePort {
  const port = new FakePort(id);
  port.peer = {
    receive: (data) => process.send?.({ to: 'port', id, data }),
    closed: () => process.send?.({ to: 'close', id }),
  };
  held.set(id, port);
  return port;
}

class ParentPort extends EventEmitter {
  postMessage(data: unknown): void {
    process.send?.({ to: 'parent', data });
  }
}

const parentPort = new ParentPort();
Object.defineProperty(process, 'parentPort', { value: parentPort });

process.on('message', (message: { to: string; id: number; data: unknown; ports: readonly number[] }) => {
  if (message.to === 'child') parentPort.emit('message', { data: message.data, ports: message.ports.map(arrive) });
  if (message.to === 'port') held.get(message.id)?.receive(message.data);
  if (message.to === 'close') {
    held.get(message.id)?.closed();
    held.delete(message.id);
  }
});
// A utility process does not outlive the program.
process.on('disconnect', () => process.exit(0));

export const net = { fetch: (url: string, init: RequestInit) => fetch(url, init) };
