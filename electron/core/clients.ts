/**
 * One Graph client and one token source per connection, made when first needed and made anew when the connection
 * changed. Sharing them is what makes the throttle hold: Graph limits a tenant, not a window or a sync.
 */
import type { Connection } from '../../shared/model/connection.ts';
import type { RequestBudget } from '../../shared/model/sync.ts';
import type { Connections } from './config/connections.ts';
import { targetOf } from './config/signInTarget.ts';
import { createGraphClient } from './graph/client.ts';
import { endpointsOf } from './graph/clouds.ts';
import type { GraphClient } from './graph/types.ts';
import type { Clock, Log, MakeTokenSource, NewId, TokenSource, Transport } from './ports.ts';

export type Clients = {
  /** @throws RiskdeskError not-found for a connection that was removed. */
  graphFor(connection: string): Promise<GraphClient>;
  tokensFor(connection: string): Promise<TokenSource>;
  /** Drops the tokens in memory: somebody else signed in, or nobody is signed in any more. */
  forget(connectionId: number): void;
  /** Pace of every client that was made so far; makes none. */
  budget(): Promise<readonly RequestBudget[]>;
};

type Pair = { readonly key: string; readonly graph: GraphClient; readonly tokens: TokenSource };

export function createClients(ports: {
  readonly connections: Connections;
  readonly transport: Transport;
  readonly makeTokenSource: MakeTokenSource;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly version: string;
}): Clients {
  const { connections, transport, makeTokenSource, clock, newId, log, version } = ports;
  const pairs = new Map<number, Pair>();

  /** Whatever of a connection changes how it signs in or where it goes. */
  function keyOf({ tenant, client, cloud, authorityUrl, graphUrl, credential, signIn }: Connection): string {
    const { place, reference } = credential;
    return JSON.stringify([tenant, client, cloud, authorityUrl, graphUrl, place, reference, signIn?.permissions]);
  }

  async function pairOf(name: string): Promise<Pair> {
    const connection = await connections.get(name);
    const key = keyOf(connection);
    const present = pairs.get(connection.id);
    if (present?.key === key) return present;
    const { graphUrl } = endpointsOf(connection);
    const tokens = makeTokenSource(targetOf(connection), () => connections.credentialOf(connection.id));
    const graph = createGraphClient({ transport, tokens, graphUrl, clock, newId, log, version });
    const pair = { key, graph, tokens };
    pairs.set(connection.id, pair);
    return pair;
  }

  return {
    graphFor: async (name) => (await pairOf(name)).graph,
    tokensFor: async (name) => (await pairOf(name)).tokens,
    forget: (id) => void pairs.delete(id),
    budget: async () =>
      (await connections.list()).flatMap(({ id, name }) =>
        (pairs.get(id)?.graph.pace() ?? []).map(({ waitingUntil, ...pace }) => ({
          connection: name,
          ...pace,
          waitingSeconds: waitingUntil === null ? null : Math.max(0, Math.ceil((waitingUntil - clock.now()) / 1_000)),
        })),
      ),
  };
}
