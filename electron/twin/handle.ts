/**
 * One request through the tenant: login or Graph by the path's tail, then fault, bearer, route, permission, licence,
 * throttle, handler. Synchronous: what the answer does to the connection, and when, is the transport's part.
 */
import { actOut } from './act.ts';
import type { Call, GraphRequest } from './graph/call.ts';
import { type Match, matchRoute } from './graph/routes.ts';
import type { TwinAnswer, TwinRequest } from './http/message.ts';
import { accessDenied, badRequest, type ErrorStamp, Refusal, refusalAnswer } from './http/refusal.ts';
import { mayAct } from './login/directoryRoles.ts';
import { LoginRefusal, loginAnswer } from './login/errors.ts';
import { login, loginTarget } from './login/login.ts';
import type { Claims } from './login/tokens.ts';
import type { World } from './world.ts';

const graphPath = /^(.*?\/v1\.0)(\/.*)?$/i;

/** Answers one request. Never throws on what a client may send. */
export function handle(world: World, request: TwinRequest): TwinAnswer {
  world.users.settle(world.now());
  const [path = '', query = ''] = request.target.split(/\?(.*)/s, 2);
  const asksLogin = loginTarget(request.origin, path);
  const graph = graphPath.exec(path);
  if (asksLogin === null && graph !== null) {
    const [, base = '', below = ''] = graph;
    const { method, headers, body } = request;
    return answerGraph(world, { method, path: below, query, base: `${request.origin}${base}`, headers, body }, false);
  }
  const asked = { method: request.method, path, query, headers: request.headers };
  return answer(world, asked, false, asksLogin?.kind ?? 'unknown', `${request.origin}${request.target}`, (stamp) => {
    if (asksLogin === null) {
      throw new Refusal(404, 'UnknownError', `There is nothing at '${path}'. Graph is below /v1.0.`);
    }
    try {
      return login(asksLogin, request, world);
    } catch (error) {
      if (error instanceof LoginRefusal) return loginAnswer(error, stamp);
      throw error;
    }
  });
}

function answerGraph(world: World, request: GraphRequest, batched: boolean): TwinAnswer {
  const segments = decodeSegments(request.path);
  const match = segments === null ? null : matchRoute(request.method, segments);
  const found = typeof match === 'string' ? null : match;
  const self = `${request.base}${request.path}${request.query === '' ? '' : `?${request.query}`}`;
  return answer(world, request, batched, found?.route.kind ?? 'unknown', self, () => {
    const claims = world.tokens.check(request.headers.authorization);
    if (segments === null) throw badRequest('The path holds a malformed percent-encoding.');
    if (match === 'method-not-allowed') {
      throw new Refusal(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');
    }
    if (found === null) {
      throw new Refusal(404, 'UnknownError', `Resource not found for the segment '${segments.at(-1) ?? ''}'.`);
    }
    if (batched && found.route.kind === 'batch') throw badRequest('A batch inside a batch is not supported.');
    return run(world, found, request, claims);
  });
}

function run(world: World, match: Match, request: GraphRequest, { roles, delegated }: Claims): TwinAnswer {
  const { route, params } = match;
  const call: Call = {
    ...request,
    world,
    params,
    now: world.now(),
    inner: (inner) => answerGraph(world, inner, true),
  };
  for (const enough of route.roles(call)) {
    if (!enough.some((role) => roles.includes(role))) throw missingRole(route.workload);
  }
  if (delegated && !mayAct(route, world.people.settings().directoryRoles)) throw missingRole(route.workload);
  if (route.workload === 'identity-protection' && !world.settings.licensed) {
    throw new Refusal(403, 'Forbidden', 'Your tenant is not licensed for this feature.');
  }
  if (route.workload === 'none') return route.handle(call);
  const cost = Math.max(1, route.units - (/(?:^|&)(?:\$|%24)select=/i.test(request.query) ? 1 : 0));
  const told = world.throttle.admit(route.workload, cost, route.method !== 'GET');
  const reply = route.handle(call);
  return { ...reply, headers: { ...reply.headers, ...told } };
}

function missingRole(workload: Match['route']['workload']): Refusal {
  if (workload === 'directory') return accessDenied();
  return new Refusal(
    403,
    'Forbidden',
    'You cannot perform the requested operation, required scopes are missing in the token.',
  );
}

/** What every answer has in common: the fault, refusals as JSON, request ids, the record. */
function answer(
  world: World,
  asked: Pick<GraphRequest, 'method' | 'path' | 'query' | 'headers'>,
  batched: boolean,
  kind: string,
  self: string,
  make: (stamp: ErrorStamp) => TwinAnswer,
): TwinAnswer {
  const requestId = world.nextId();
  const clientRequestId = asked.headers['client-request-id'] ?? requestId;
  const stamp: ErrorStamp = { requestId, clientRequestId, now: world.now() };
  const produce = (): TwinAnswer => {
    try {
      return make(stamp);
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, stamp);
      throw error;
    }
  };
  const fault = world.faults.draw(asked.method, asked.path, asked.query);
  const reply = fault === null ? produce() : actOut(fault, { self, batched, stamp }, produce);
  world.counters.record({
    method: asked.method,
    path: asked.query === '' ? asked.path : `${asked.path}?${asked.query}`,
    status: reply.delivery === 'reset' ? 0 : reply.status,
    headers: asked.headers,
    kind,
    fault: fault?.kind ?? null,
    batched,
    at: stamp.now,
    requestId,
  });
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'request-id': requestId,
      'client-request-id': clientRequestId,
      date: new Date(stamp.now).toUTCString(),
    },
  };
}

function decodeSegments(path: string): readonly string[] | null {
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return null;
  }
}
