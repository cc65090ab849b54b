/** Which resource and which of its permissions a `scope` names, for applications and for people. */
import { LoginRefusal } from './errors.ts';
import type { Registration } from './registration.ts';

const graphHosts =
  /^(?:https:\/\/(?:graph\.microsoft\.com|graph\.microsoft\.us|dod-graph\.microsoft\.us)|00000003-0000-0000-c000-000000000000)\/?$/i;
const openId = new Set(['openid', 'profile', 'email', 'offline_access']);

/** The resource of a `.default` scope: Graph of one of the clouds, or the twin itself by its own address. */
export function audienceOf(scope: string, origin: string, app: Registration): string {
  if (!scope.endsWith('/.default')) {
    throw new LoginRefusal(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  return knownResource(scope.slice(0, -'/.default'.length), origin, app);
}

/** Delegated permissions of one resource, without OpenID's own scopes. */
export function delegatedScopes(
  text: string,
  origin: string,
  app: Registration,
): { readonly audience: string; readonly scopes: readonly string[] } {
  const wanted = text.split(/\s+/).filter((scope) => scope !== '' && !openId.has(scope));
  const resources = wanted.map((scope) => scope.slice(0, Math.max(0, scope.lastIndexOf('/'))));
  const [first = 'https://graph.microsoft.com'] = resources;
  if (wanted.length === 0 || resources.some((one) => one !== first)) {
    throw new LoginRefusal(
      400,
      'invalid_scope',
      70011,
      `The provided value for the input parameter 'scope' is not valid.`,
    );
  }
  const audience = knownResource(first, origin, app);
  return { audience, scopes: wanted.map((scope) => scope.slice(scope.lastIndexOf('/') + 1)) };
}

function knownResource(resource: string, origin: string, app: Registration): string {
  const own = `${resource}/`.toLowerCase().startsWith(`${origin}/`.toLowerCase());
  if (!own && !graphHosts.test(resource)) {
    throw new LoginRefusal(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant named ${app.tenantId}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
    );
  }
  return resource;
}
