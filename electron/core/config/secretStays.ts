/**
 * A secret is given for the servers that it is sent to. Whoever points a connection at another one gives it again: what may
 * change a connection must not thereby have a stored secret, or a token that it brings, sent to a server of its own choice.
 * Leaves out the sign-in of a person, which such a change ends, and the clouds' own addresses, which are Microsoft's.
 */
import type { Connection } from '../../../shared/model/connection.ts';
import { badInput } from '../../../shared/model/errors.ts';
import { endpointsOf } from '../graph/clouds.ts';

type Where = Pick<Connection, 'cloud' | 'tenant' | 'authorityUrl' | 'graphUrl'>;

/** For a change without a credential. @throws RiskdeskError bad-input (field `credential`). */
export function checkSecretStays(present: Where & Pick<Connection, 'name' | 'credential'>, wanted: Where): void {
  if (present.credential.place === 'interactive') return;
  const before = endpointsOf(present);
  const after = endpointsOf(wanted);
  for (const key of ['authorityUrl', 'graphUrl'] as const) {
    if (wanted[key] === null) continue;
    const to = new URL(after[key]);
    const from = new URL(before[key]);
    if (to.origin === from.origin) continue;
    throw badInput(
      'credential',
      `The credential of "${present.name}" was given for ${from.host}, and would now be used with ${to.host}.`,
      'Give the credential again together with the new address.',
    );
  }
}
