/** MessagePorts of the stand-in: two ends in one process, each of which may live on in another process or in a page. */
import { EventEmitter } from 'node:events';

/** Where an end lives that is not here any more. */
export type Away = { data(id: number, data: unknown): void; close(id: number): void };

let lastId = 0;

export class FakePort extends EventEmitter {
  readonly id: number;
  /** The other end; it hears what is posted here. */
  peer: { receive(data: unknown): void; closed(): void } | null = null;
  #away: Away | null = null;
  #waiting: unknown[] | null = [];
  #closed = false;

  constructor(id?: number) {
    super();
    lastId += 1;
    this.id = id ?? lastId;
  }

  postMessage(data: unknown): void {
    this.peer?.receive(data);
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const data of waiting) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.peer?.closed();
  }

  /** From now on what arrives here is handed on to where this end went. */
  moveTo(away: Away): void {
    this.#away = away;
    for (const data of this.#waiting ?? []) away.data(this.id, data);
    this.#waiting = [];
  }

  receive(data: unknown): void {
    if (this.#away !== null) this.#away.data(this.id, data);
    else if (this.#waiting !== null) this.#waiting.push(data);
    else this.emit('message', { data, ports: [] });
  }

  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#away === null) this.emit('close');
    else this.#away.close(this.id);
  }
}

export class MessageChannelMain {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();

  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

/** The ends that one far place (a process, a page) holds. */
export class FarPorts {
  readonly #held = new Map<number, FakePort>();
  readonly #away: Away;

  constructor(away: Away) {
    this.#away = away;
  }

  take(ports: readonly FakePort[]): readonly number[] {
    for (const port of ports) {
      this.#held.set(port.id, port);
      port.moveTo(this.#away);
    }
    return ports.map((port) => port.id);
  }

  data(id: number, data: unknown): void {
    this.#held.get(id)?.peer?.receive(data);
  }

  close(id: number): void {
    this.#held.get(id)?.peer?.closed();
    this.#held.delete(id);
  }

  closeAll(): void {
    for (const id of [...this.#held.keys()]) this.close(id);
  }
}
