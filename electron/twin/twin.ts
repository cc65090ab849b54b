/**
 * The digital twin of Graph: one Entra tenant in memory that answers as Microsoft Graph and Microsoft's sign-in host
 * are documented to answer, refusals, limits and delays included. It is the application's sample tenant and the peer of
 * its tests. It is not Microsoft's code, keeps nothing, and leaves out delta queries and whatever
 * Riskdesk never calls: those answer 404 rather than an invented success.
 */
import { makeControl, type TwinControl } from './control.ts';
import { makeCounters } from './counters.ts';
import { seedGroups } from './data/groupSeed.ts';
import { GroupStore } from './data/groupStore.ts';
import { hash, makeRandom } from './data/hash.ts';
import { guid, isGuid } from './data/ids.ts';
import { RiskStore } from './data/riskStore.ts';
import { makeFaults } from './faults.ts';
import { handle } from './handle.ts';
import type { TwinAnswer, TwinRequest } from './http/message.ts';
import { makePeople } from './login/people.ts';
import type { Registration } from './login/registration.ts';
import { makeTokens } from './login/tokens.ts';
import { makeTokenIssuer } from './odata/page.ts';
import { type TwinOptions, twinDefaults } from './options.ts';
import { makeThrottle } from './throttle.ts';
import { makeFetch, type TwinFetch } from './transport.ts';
import type { World } from './world.ts';

export type Twin = {
  /** The in-process transport. Any origin and prefix will do: the path's tail decides. */
  readonly fetch: TwinFetch;
  /** Answers one request; what `fetch` and the HTTP server share. */
  readonly handle: (request: TwinRequest) => TwinAnswer;
  readonly control: TwinControl;
  /** What a client must be told to sign in. */
  readonly credentials: { readonly tenant: string; readonly client: string; readonly secret: string };
};

function registrationOf(options: TwinOptions, seed: number): Registration {
  const tenant = options.tenant ?? twinDefaults.tenant;
  const tenantId = isGuid(tenant) ? tenant.toLowerCase() : guid(hash(seed, tenant.length, 0x7e), 0, 0x7f);
  const names = isGuid(tenant) ? [tenantId, twinDefaults.domain] : [tenantId, tenant.toLowerCase()];
  return {
    tenantId,
    tenantNames: names,
    client: options.client ?? twinDefaults.client,
    secret: options.secret ?? twinDefaults.secret,
    expiredSecrets: new Set([twinDefaults.expiredSecret]),
    certificate: options.certificate ?? null,
  };
}

/** Makes a tenant. The same seed, user count and `now` make the same tenant, request ids and faults included. */
export function createTwin(options: TwinOptions = {}): Twin {
  const seed = options.seed ?? 1;
  const start = options.now ?? Date.now();
  const begun = performance.now();
  let advanced = 0;
  let ids = 0;
  const now =
    options.frozen === true ? () => start + advanced : () => start + advanced + Math.floor(performance.now() - begun);

  const users = new RiskStore(seed, options.users ?? twinDefaults.users, start);
  const groups = new GroupStore();
  for (const group of seedGroups(seed, users.count, start, (row) => users.isPresent(row))) groups.add(group);
  const app = registrationOf(options, seed);
  const world: World = {
    seed,
    now,
    random: makeRandom(seed),
    users,
    groups,
    app,
    people: makePeople(seed, options.signIn ?? {}, now),
    tokens: makeTokens(seed, options.roles ?? twinDefaults.roles, now),
    links: makeTokenIssuer(seed, options.linkLifetimeMs ?? null),
    throttle: makeThrottle(
      {
        requestsPerSecond: options.requestsPerSecond ?? null,
        directoryUnitsPer10s: options.directoryUnitsPer10s ?? null,
        directoryWritesPer150s: options.directoryWritesPer150s ?? null,
      },
      now,
    ),
    faults: makeFaults(options.faults ?? [], makeRandom(seed + 1)),
    counters: makeCounters(options.logLength ?? 1_000),
    upperCaseHeaders: options.upperCaseHeaders ?? false,
    settings: {
      licensed: options.licensed ?? true,
      riskDelayMs: options.riskDelayMs ?? twinDefaults.riskDelayMs,
      replicationMs: options.replicationMs ?? 0,
    },
    nextId: () => guid(seed, ids++, 0x5e0),
  };
  const answer = (request: TwinRequest): TwinAnswer => {
    const reply = handle(world, request);
    if (!world.upperCaseHeaders) return reply;
    return {
      ...reply,
      headers: Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name.toUpperCase(), value])),
    };
  };
  return {
    fetch: makeFetch(answer),
    handle: answer,
    control: makeControl(world, (ms) => {
      advanced += ms;
    }),
    credentials: { tenant: app.tenantId, client: app.client, secret: app.secret },
  };
}
