/**
 * GET riskDetections (Microsoft Graph: riskdetection-list). A page starts at a user, because detections are computed
 * per user; asked for one user it is that user's, newest first.
 */
import { type Detection, detectionsOf } from '../data/riskEvents.ts';
import { DROPPED } from '../data/riskStore.ts';
import { parseTicks } from '../data/ticks.ts';
import { json, type TwinAnswer } from '../http/message.ts';
import { badRequest } from '../http/refusal.ts';
import { compileFilter, type FilterSchema } from '../odata/compile.ts';
import { type Filter, parseFilter } from '../odata/filter.ts';
import { pageSize, parseQuery, selection } from '../odata/query.ts';
import { type Call, nextLink } from './call.ts';

const properties = [
  'id',
  'activity',
  'activityDateTime',
  'additionalInfo',
  'correlationId',
  'detectedDateTime',
  'detectionTimingType',
  'ipAddress',
  'lastUpdatedDateTime',
  'location',
  'requestId',
  'riskDetail',
  'riskEventType',
  'riskLevel',
  'riskState',
  'source',
  'tokenIssuerType',
  'userDisplayName',
  'userId',
  'userPrincipalName',
] as const;

const text = (property: string) => ({ type: 'string', get: (row: Detection) => String(row[property]) }) as const;
const date = (property: string) =>
  ({ type: 'date', get: (row: Detection) => parseTicks(String(row[property])) ?? 0 }) as const;

const schema: FilterSchema<Detection> = {
  type: 'microsoft.graph.riskDetection',
  functions: ['startswith'],
  lists: false,
  fields: {
    id: text('id'),
    userId: text('userId'),
    userPrincipalName: text('userPrincipalName'),
    userDisplayName: text('userDisplayName'),
    riskLevel: text('riskLevel'),
    riskState: text('riskState'),
    riskDetail: text('riskDetail'),
    riskEventType: text('riskEventType'),
    ipAddress: text('ipAddress'),
    activityDateTime: date('activityDateTime'),
    detectedDateTime: date('detectedDateTime'),
    lastUpdatedDateTime: date('lastUpdatedDateTime'),
  },
};

/** The user that every match must belong to, if the filter says so. */
function oneUser(filter: Filter | null): string | null {
  if (filter?.kind === 'and') return oneUser(filter.left) ?? oneUser(filter.right);
  if (filter?.kind !== 'compare' || filter.property !== 'userId' || filter.operator !== 'eq') return null;
  return filter.value.type === 'string' ? filter.value.text : null;
}

/** Rows of a position are user * 8 + detection: a user has at most four. */
const PER_USER = 8;

export function listDetections(call: Call): TwinAnswer {
  const { users, links } = call.world;
  const query = parseQuery(call.query, ['$top', '$select', '$filter', '$orderby', '$skiptoken']);
  const size = pageSize(query, 20, 500);
  const selected = selection(query, properties, 'riskDetection');
  const filterText = query.get('$filter');
  const filter = filterText === null ? null : parseFilter(filterText);
  const matches = filter === null ? () => true : compileFilter(filter, schema);
  const orderBy = query.get('$orderby');
  if (orderBy !== null && !/^\s*detectedDateTime(\s+(asc|desc))?\s*$/i.test(orderBy)) {
    throw badRequest(`Invalid orderby clause '${orderBy}'.`);
  }
  const only = oneUser(filter);
  if (orderBy !== null && only === null) throw badRequest('$orderby needs a $filter on one userId.');

  const onlyRow = only === null ? null : users.find(only);
  const end = only === null ? users.count : onlyRow === null ? 0 : onlyRow + 1;
  const list = `riskDetections:${filterText ?? ''}`.replaceAll('|', ' ');
  const start = Math.max(links.read(list, query.get('$skiptoken'), call.now), (onlyRow ?? 0) * PER_USER);
  const value: Detection[] = [];
  let next: number | null = null;
  for (let row = Math.floor(start / PER_USER); row < end && next === null; row++) {
    if (users.has(row, DROPPED)) continue;
    const found = detectionsOf(users, row, call.now).filter(matches);
    if (orderBy !== null && !/desc/i.test(orderBy)) found.reverse();
    for (const [n, detection] of found.entries()) {
      if (row * PER_USER + n < start) continue;
      if (value.length === size) {
        next = row * PER_USER + n;
        break;
      }
      value.push(detection);
    }
  }
  return json(200, {
    '@odata.context': `${call.base}/$metadata#identityProtection/riskDetections`,
    ...(next === null ? {} : { '@odata.nextLink': nextLink(call, list, query.withoutToken, next) }),
    value:
      selected === null ? value : value.map((row) => Object.fromEntries(selected.map((name) => [name, row[name]]))),
  });
}
