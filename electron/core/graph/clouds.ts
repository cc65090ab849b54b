/**
 * Where sign-in and Graph live in each cloud that has risky users, and the scope that a token is asked for. Leaves out
 * China (21Vianet), which has no riskyUser (Microsoft Graph: national cloud deployments).
 */
import type { Cloud } from '../../../shared/model/connection.ts';
import { isLoopbackHost, normaliseAuthorityUrl, normaliseGraphUrl } from './urls.ts';

export type Endpoints = {
  /** Base of the token endpoint, without the tenant. */
  readonly authorityUrl: string;
  /** Base of Graph, without its version. */
  readonly graphUrl: string;
  /** OAuth scope of the client-credentials grant. */
  readonly scope: string;
};

export const cloudPresets: Readonly<Record<Cloud, Endpoints>> = {
  global: preset('https://login.microsoftonline.com', 'https://graph.microsoft.com'),
  usgov: preset('https://login.microsoftonline.us', 'https://graph.microsoft.us'),
  dod: preset('https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'),
};

/**
 * The endpoints of one connection: the cloud's, with the URLs that the settings replace. The scope follows a replaced
 * Graph URL's origin, except on this machine, where a stand-in answers for the chosen cloud.
 * @throws RiskdeskError bad-input naming `graphUrl` or `authorityUrl`.
 */
export function endpointsOf(settings: {
  readonly cloud: Cloud;
  readonly authorityUrl?: string | null | undefined;
  readonly graphUrl?: string | null | undefined;
  readonly tenant?: string | undefined;
}): Endpoints {
  const base = cloudPresets[settings.cloud];
  const authorityUrl = settings.authorityUrl
    ? normaliseAuthorityUrl(settings.authorityUrl, settings.tenant)
    : base.authorityUrl;
  if (!settings.graphUrl) return { ...base, authorityUrl };
  const graphUrl = normaliseGraphUrl(settings.graphUrl);
  const url = new URL(graphUrl);
  return { authorityUrl, graphUrl, scope: isLoopbackHost(url.hostname) ? base.scope : `${url.origin}/.default` };
}

function preset(authorityUrl: string, graphUrl: string): Endpoints {
  return { authorityUrl, graphUrl, scope: `${graphUrl}/.default` };
}
