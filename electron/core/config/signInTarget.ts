/** From a connection to the place where it signs in; the same for applications and people. */
import type { Connection } from '../../../shared/model/connection.ts';
import { endpointsOf } from '../graph/clouds.ts';
import type { SignInTarget } from '../ports.ts';

/** @throws RiskdeskError bad-input naming `authorityUrl` or `graphUrl`. */
export function targetOf(connection: Connection): SignInTarget {
  const { authorityUrl, scope } = endpointsOf(connection);
  return { tenant: connection.tenant, client: connection.client, authorityUrl, scope };
}
