/**
 * Turns refusals and losses into GraphError: the code, whether anything can have happened, and a sentence with the cure.
 * Pure. Leaves out what is repeated and when: that is `send.ts`.
 */
import { badInput } from '../../../shared/model/errors.ts';
import type { NetworkFault } from '../../../shared/model/networkFault.ts';
import { directoryRolesFor, type Grant, grantedBy, nameFor } from './permissions.ts';
import type { GraphCall } from './types.ts';
import { GraphError } from './types.ts';

/** One HTTP answer, or one answer inside a batch. Header names are lower case. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, null for an empty body, undefined where the body is not JSON. */
  readonly body: unknown;
};

/** Graph's error envelope (Microsoft Graph: errors). */
export type GraphFault = {
  readonly code: string | null;
  readonly message: string | null;
  readonly requestId: string | null;
};

export function readGraphFault(body: unknown): GraphFault {
  const error = field(body, 'error');
  const inner = field(error, 'innerError') ?? field(error, 'innererror');
  const message = text(field(error, 'message'));
  return {
    code: text(field(error, 'code')),
    message: message === null ? null : message.slice(0, 500),
    requestId: text(field(inner, 'request-id')),
  };
}

export function requestIdOf(reply: Reply): string | null {
  return reply.headers['request-id'] || readGraphFault(reply.body).requestId;
}

/** What a write's loss means: a GET changes nothing, whatever became of it. */
function lossOf(call: GraphCall): 'none' | 'unknown' {
  return call.method === 'GET' ? 'none' : 'unknown';
}

/**
 * The error for an answer that is not 2xx. `grant` is the token's; without roles when they cannot be read.
 * Licence text: "Your tenant is not licensed for this feature." (Microsoft Entra ID P2).
 */
export function refusal(call: GraphCall, reply: Reply, grant: Grant, host: string): GraphError {
  const fault = readGraphFault(reply.body);
  const base = {
    status: reply.status,
    graphCode: fault.code,
    graphMessage: fault.message,
    requestId: requestIdOf(reply),
    permission: call.permission,
    purpose: call.purpose,
  };
  const { status } = reply;
  const said = `${status}${fault.code ? ` ${fault.code}` : ''}${fault.message ? `: ${fault.message}` : ''}`;
  if (status === 429) {
    return new GraphError({
      ...base,
      code: 'throttled',
      effect: 'none',
      message: `Graph kept answering 429 to '${call.purpose}'. Try again later; other applications may share the tenant's limit.`,
    });
  }
  if (status >= 500) {
    return new GraphError({
      ...base,
      code: 'graph-failed',
      effect: lossOf(call),
      message: `Graph failed on '${call.purpose}' (${said}). Try again later.`,
    });
  }
  if (status < 400) {
    return new GraphError({
      ...base,
      code: 'graph-failed',
      effect: lossOf(call),
      message: `${host} answered '${call.purpose}' with a redirect (${status}), which Graph never does. A proxy may want a sign-in, or the Graph URL is wrong.`,
    });
  }
  if (fault.code === null && fault.message === null) return notGraph(call, reply, base, host, grant);
  if (status === 401) {
    return new GraphError({
      ...base,
      code: 'auth-failed',
      effect: 'none',
      message: `Graph did not accept the token for '${call.purpose}' (${said}). Check that the cloud and the Graph URL belong to the tenant.`,
    });
  }
  if (status === 403) return new GraphError({ ...base, effect: 'none', ...forbidden(call, fault, said, grant) });
  if (status === 404) {
    return new GraphError({
      ...base,
      code: 'not-found',
      effect: 'none',
      message: `Graph did not find what '${call.purpose}' names (${said}).`,
    });
  }
  return new GraphError({
    ...base,
    code: 'graph-refused',
    effect: 'none',
    message: `Graph refused '${call.purpose}' (${said}).`,
  });
}

function forbidden(
  call: GraphCall,
  fault: GraphFault,
  said: string,
  grant: Grant,
): { code: 'licence-missing' | 'permission-missing' | 'graph-refused'; message: string } {
  const named = `${fault.code ?? ''} ${fault.message ?? ''}`;
  if (/licen[sc]e|premium/i.test(named)) {
    return {
      code: 'licence-missing',
      message: `'${call.purpose}' needs Microsoft Entra ID P2, which this tenant has no licence for (${said}). What was pulled before stays in the cache.`,
    };
  }
  const held = grant.roles.length === 0 ? null : grantedBy(grant, call.permission);
  const needed = grant.delegated ? directoryRolesFor(call.permission) : null;
  if (held !== null && needed !== null) {
    return {
      code: 'permission-missing',
      message: `Graph denied '${call.purpose}' although the sign-in has ${held} (${said}). Your account needs a directory role besides: ${needed}. An administrator assigns it in Entra admin center > Roles & admins; then sign in again.`,
    };
  }
  if (held !== null) {
    return {
      code: 'graph-refused',
      message: `Graph denied '${call.purpose}' although the token has ${held} (${said}). The target may be protected: a role-assignable group, an administrator, or a restricted management unit.`,
    };
  }
  return { code: 'permission-missing', message: permissionText(call, grant.delegated) };
}

/** Names the permission and where it is granted. */
export function permissionText(call: Pick<GraphCall, 'permission' | 'purpose'>, delegated = false): string {
  if (delegated) {
    const name = nameFor(call.permission, true);
    return `The sign-in lacks ${name}, which '${call.purpose}' needs. Tick the feature in the connection's settings, have ${name} granted as a delegated permission in Entra admin center > App registrations > API permissions, and sign in again.`;
  }
  return `The token lacks ${call.permission}, which '${call.purpose}' needs. Grant it in Entra admin center > App registrations > API permissions and give admin consent.`;
}

/** A 4xx without Graph's error envelope comes from something in between, or from another server altogether. */
function notGraph(
  call: GraphCall,
  reply: Reply,
  base: Omit<ConstructorParameters<typeof GraphError>[0], 'code' | 'effect' | 'message'>,
  host: string,
  { delegated }: Grant,
): GraphError {
  if (reply.status === 400 && reply.body !== undefined && reply.body !== null) {
    return new GraphError({
      ...base,
      code: 'graph-refused',
      effect: 'none',
      message: `Graph refused '${call.purpose}' (400).`,
    });
  }
  if (reply.status === 401) {
    return new GraphError({
      ...base,
      code: 'auth-failed',
      effect: 'none',
      message: `Graph did not accept the token for '${call.purpose}' (401). Check that the cloud and the Graph URL belong to the tenant.`,
    });
  }
  if (reply.status === 403 && reply.body !== undefined) {
    return new GraphError({
      ...base,
      code: 'permission-missing',
      effect: 'none',
      message: permissionText(call, delegated),
    });
  }
  if (reply.status === 407) {
    return new GraphError({
      ...base,
      code: 'offline',
      effect: 'none',
      message: `The proxy on the way to ${host} wants a sign-in (407). Set the proxy's credentials for this machine.`,
    });
  }
  return new GraphError({
    ...base,
    code: 'graph-failed',
    effect: 'none',
    message: `${host} answered '${call.purpose}' with ${reply.status} and something that is not Graph's JSON. Check the Graph URL, and whether a proxy stands in between.`,
  });
}

/** No answer came. */
export function loss(call: GraphCall, fault: NetworkFault, host: string): GraphError {
  const cure =
    fault.code === 'certificate-untrusted'
      ? 'If a proxy inspects TLS, add its root certificate to this machine, or name the PEM file in NODE_EXTRA_CA_CERTS.'
      : 'Check the network, the proxy and the Graph URL.';
  return new GraphError({
    code: fault.code,
    effect: fault.sent ? lossOf(call) : 'none',
    message: `'${call.purpose}' could not reach ${host}: ${fault.words} (${fault.reason}). ${cure}`,
    permission: call.permission,
    purpose: call.purpose,
  });
}

/** A 2xx whose body is not what Graph sends: cut, HTML, or without the collection. */
export function garbage(call: GraphCall, reply: Reply | null, what: string): GraphError {
  return new GraphError({
    code: 'graph-failed',
    effect: lossOf(call),
    message: `The answer to '${call.purpose}' ${what}. Try again; if it stays so, something between this machine and Graph alters answers.`,
    status: reply?.status ?? null,
    requestId: reply === null ? null : requestIdOf(reply),
    permission: call.permission,
    purpose: call.purpose,
  });
}

/** A nextLink that leads away from Graph, with the token: never followed. */
export function foreignLink(call: GraphCall, host: string): GraphError {
  return new GraphError({
    code: 'graph-failed',
    effect: 'none',
    message: `The next page of '${call.purpose}' is said to be on another server than ${host}. It was not followed, because the token would go there too.`,
    permission: call.permission,
    purpose: call.purpose,
  });
}

/** The last line of defence for the one request that would delete a user (facts of group membership: DELETE without /$ref). */
export function checkDelete(call: GraphCall): void {
  if (call.method !== 'DELETE' || /^\/groups\/[0-9A-Za-z-]+\/members\/[0-9A-Za-z-]+\/\$ref$/.test(call.path)) return;
  throw badInput('call', 'A DELETE that does not end in a membership reference is never sent.', 'Use removeMember.');
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
