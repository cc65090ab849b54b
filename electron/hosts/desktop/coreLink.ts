/**
 * Main's end of the process that holds the data: starts it, starts it again when it dies, hands ports to it, asks it what
 * is under way, and waits for it to close. What a person reads about all that is shown elsewhere.
 */
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron';
import type { CoreState } from '../../../shared/contract/desktop.ts';
import type { UpdateEvent } from '../../../shared/model/update.ts';
import type { CoreStart, FromCore, ToCore, UpdateOrder, WakeReason, Work } from './coreMessages.ts';

export type Note = { readonly title: string; readonly body: string; readonly runId: string | null };

export type CoreLink = {
  state(): CoreState;
  /** A port of the contract for one page; null while the core is not open. */
  newPort(): MessagePortMain | null;
  /** What is under way; nothing when the core does not answer in time. */
  work(): Promise<Work>;
  wake(reason: WakeReason): void;
  tell(what: 'suspend' | 'offline'): void;
  /** What was found out about newer versions. */
  tellUpdate(event: UpdateEvent): void;
  /** Starts it again after it was given up. */
  retry(): void;
  /** The words about a restart were read. */
  read(): void;
  /** Pauses runs and syncs, closes the store, ends the process. Resolves at once when it is not running. */
  close(): Promise<void>;
};

export type CoreEvents = {
  /** Called with every new state; `up` and `restarted` mean that new ports can be had. */
  onState(state: CoreState): void;
  onNote(note: Note): void;
  onBrowse(url: string): void;
  onUpdate(order: UpdateOrder): void;
  /** Words for a state that the core itself has none for. */
  words(): { readonly gaveUp: string; readonly gaveUpCure: string; readonly defect: string };
};

/** Milliseconds before each new start; after the last one it is given up. */
const pauses = [300, 1_500, 5_000];
/** A core that ran this long had recovered from what killed the one before. */
const soundAfterMs = 60_000;
const answerMs = 2_000;
const nothing: Work = { runs: [], syncs: 0, stay: false };

export function createCoreLink(script: string, start: CoreStart, events: CoreEvents): CoreLink {
  let child: Electron.UtilityProcess | null = null;
  let state: CoreState = { kind: 'starting' };
  let deaths = 0;
  let startedAt = 0;
  let nextId = 0;
  const asked = new Map<number, (work: Work) => void>();
  let closed: (() => void) | null = null;

  function become(next: CoreState): void {
    state = next;
    events.onState(next);
  }
  const send = (message: ToCore, ports: MessagePortMain[] = []): void => child?.postMessage(message, ports);
  const isOpen = (): boolean => state.kind === 'up' || state.kind === 'restarted';

  function launch(): void {
    startedAt = Date.now();
    const mine = utilityProcess.fork(script, [], { serviceName: 'Riskdesk core' });
    child = mine;
    mine.on('message', (message: FromCore) => {
      // What a process that was given up still says is about nobody.
      if (child === mine) hear(message);
    });
    mine.once('exit', () => {
      if (child === mine) onExit();
    });
    send({ kind: 'open', ...start });
  }

  function hear(message: FromCore): void {
    switch (message.kind) {
      case 'open':
        become({ kind: deaths > 0 ? 'restarted' : 'up' });
        break;
      case 'failed':
        become({
          kind: 'failed',
          code: message.code,
          message: message.code === 'internal' ? events.words().defect : message.message,
          cure: message.cure,
        });
        break;
      case 'work':
        asked.get(message.id)?.(message.work);
        asked.delete(message.id);
        break;
      case 'note':
        events.onNote(message);
        break;
      case 'browse':
        events.onBrowse(message.url);
        break;
      case 'update':
        events.onUpdate(message.order);
        break;
      case 'closed':
        child?.kill();
        break;
    }
  }

  function onExit(): void {
    child = null;
    for (const answer of asked.values()) answer(nothing);
    asked.clear();
    closed?.();
    if (closed !== null || state.kind === 'failed' || state.kind === 'closing') return;
    if (Date.now() - startedAt > soundAfterMs) deaths = 0;
    const pause = pauses[deaths];
    deaths += 1;
    if (pause === undefined) {
      become({ kind: 'failed', code: 'internal', message: events.words().gaveUp, cure: events.words().gaveUpCure });
      return;
    }
    become({ kind: 'restarting' });
    setTimeout(() => {
      if (state.kind === 'restarting') launch();
    }, pause);
  }

  launch();
  return {
    state: () => state,
    newPort() {
      if (!isOpen()) return null;
      const { port1, port2 } = new MessageChannelMain();
      send({ kind: 'port' }, [port1]);
      return port2;
    },
    work() {
      if (!isOpen()) return Promise.resolve(nothing);
      const id = nextId++;
      return new Promise((resolve) => {
        const late = setTimeout(() => resolve(nothing), answerMs);
        asked.set(id, (work) => {
          clearTimeout(late);
          resolve(work);
        });
        send({ kind: 'work', id });
      });
    },
    wake: (reason) => send({ kind: 'wake', reason }),
    tell: (what) => send({ kind: what }),
    tellUpdate: (event) => send({ kind: 'update', event }),
    retry() {
      if (state.kind !== 'failed') return;
      deaths = 0;
      const old = child;
      child = null;
      old?.kill();
      become({ kind: 'starting' });
      launch();
    },
    read() {
      if (state.kind === 'restarted') become({ kind: 'up' });
    },
    close() {
      const wasOpen = isOpen();
      become({ kind: 'closing' });
      if (child === null) return Promise.resolve();
      return new Promise((resolve) => {
        closed = resolve;
        if (wasOpen) send({ kind: 'close' });
        else child?.kill();
      });
    },
  };
}
