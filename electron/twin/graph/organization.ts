/** GET /organization: the tenant's name and domains. */

import { json, type TwinAnswer } from '../http/message.ts';
import { parseQuery, selection } from '../odata/query.ts';
import { twinDefaults } from '../options.ts';
import type { Call } from './call.ts';

const properties = [
  'id',
  'displayName',
  'tenantType',
  'countryLetterCode',
  'verifiedDomains',
  'createdDateTime',
] as const;

export function getOrganization(call: Call): TwinAnswer {
  const { app } = call.world;
  const selected = selection(parseQuery(call.query, ['$select']), properties, 'organization') ?? properties;
  const domains = app.tenantNames.filter((name) => name.includes('.'));
  const whole = {
    id: app.tenantId,
    displayName: twinDefaults.organization,
    tenantType: 'AAD',
    countryLetterCode: 'PT',
    verifiedDomains: domains.map((name, n) => ({ name, type: 'Managed', isDefault: n === 0, isInitial: n === 0 })),
    createdDateTime: '2020-01-01T00:00:00Z',
  };
  const value = [Object.fromEntries(selected.map((name) => [name, whole[name]]))];
  return json(200, { '@odata.context': `${call.base}/$metadata#organization`, value });
}
