/**
 * The window's only way to the core: the contract, over the MessagePort that the desktop host hands in or over the
 * WebSocket of the loopback host. A lost WebSocket is opened again with growing pauses; calls made meanwhile fail as
 * `offline`, and whoever asks through react-query asks again.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { create } from 'zustand';
import type { Contract } from '../../shared/contract/contract.ts';
import { portHere, portWanted } from '../../shared/contract/desktop.ts';
import { hasBridge, useCoreState } from './desktop.ts';

export type Api = ContractRouterClient<Contract>;

export type LinkState = 'connecting' | 'open' | 'lost';
/** Whether the core answers. Says nothing about Microsoft Graph. */
export const useLink = create<{ readonly state: LinkState }>(() => ({ state: 'connecting' }));

const pauses = [250, 500, 1_000, 2_000, 4_000];

let current: Api | null = null;
let waiting: ((api: Api) => void)[] = [];

function provide(api: Api): void {
  current = api;
  useLink.setState({ state: 'open' });
  for (const resolve of [...waiting]) resolve(api);
}

/** A gap shorter than this is nobody's worry; whoever reads through a longer one is told. */
const patienceMs = 3_000;
let lostSince: number | null = null;
useLink.subscribe(({ state }) => {
  lostSince = state === 'lost' ? (lostSince ?? Date.now()) : null;
});

/**
 * The contract's client; resolves when the core can be asked. With `giveUp` it rejects once the link has been lost for
 * `patienceMs`; a window that still makes its first connection waits.
 */
export function whenReady(options: { readonly giveUp?: boolean } = {}): Promise<Api> {
  if (current !== null) return Promise.resolve(current);
  return new Promise((resolve, reject) => {
    const stop = () => {
      unsubscribe();
      clearTimeout(timer);
      waiting = waiting.filter((one) => one !== take);
    };
    const take = (api: Api) => {
      stop();
      resolve(api);
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = () => {
      if (!options.giveUp || lostSince === null || timer !== undefined) return;
      timer = setTimeout(
        () => {
          stop();
          reject(new Error('The core does not answer.'));
        },
        lostSince + patienceMs - Date.now(),
      );
    };
    const unsubscribe = useLink.subscribe(watch);
    waiting.push(take);
    watch();
  });
}

function openSocket(failures: number): void {
  let attempt = failures;
  const url = new URL('rpc', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = '';
  url.hash = '';
  const socket = new WebSocket(url);
  socket.addEventListener('open', () => {
    attempt = 0;
    provide(createORPCClient(new SocketLink({ websocket: socket })));
  });
  socket.addEventListener('close', () => {
    current = null;
    useLink.setState({ state: 'lost' });
    const pause = pauses[Math.min(attempt, pauses.length - 1)];
    setTimeout(() => openSocket(attempt + 1), pause);
  });
}

/**
 * The desktop host's preload posts one message with one port, and another one whenever the process behind it was started
 * anew. A port says nothing when its far end dies, so the host's word ends them here, and with them what still waited;
 * a second port to the same process takes nothing from the first.
 */
function openPorts(): void {
  let held: MessagePort[] = [];
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== portHere || port === undefined) return;
    held.push(port);
    port.start();
    provide(createORPCClient(new PortLink({ port })));
  });
  useCoreState.subscribe(({ core }) => {
    if (core.kind === 'up' || core.kind === 'restarted' || core.kind === 'closing' || held.length === 0) return;
    for (const port of held) {
      port.dispatchEvent(new Event('close'));
      port.close();
    }
    held = [];
    current = null;
    useLink.setState({ state: 'lost' });
  });
  window.postMessage(portWanted, location.origin);
}

/** Over the port of the desktop host where there is one; a browser has none and opens a socket. */
export function connect(): void {
  if (hasBridge) openPorts();
  else openSocket(0);
}
