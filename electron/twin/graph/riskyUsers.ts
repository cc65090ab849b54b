/**
 * GET riskyUsers, one risky user, and its history (Microsoft Graph: riskyuser-list, riskyuser-get,
 * riskyuser-list-history). Lists in the order of an internal key, whatever changes meanwhile.
 */

import { Bytes } from '../data/bytes.ts';
import { historyOf } from '../data/riskEvents.ts';
import { type RiskyUserProperty, riskyUserProperties, rowWriter } from '../data/riskRow.ts';
import { DELETED, DROPPED, PROCESSING, type RiskStore } from '../data/riskStore.ts';
import { json, jsonText, type TwinAnswer } from '../http/message.ts';
import { badRequest, Refusal } from '../http/refusal.ts';
import { compileFilter, type FilterSchema } from '../odata/compile.ts';
import { parseFilter } from '../odata/filter.ts';
import { PAGE_END, pageStart, walk } from '../odata/page.ts';
import { pageSize, parseQuery, type Query, selection, wantsCount } from '../odata/query.ts';
import { type Call, nextLink, param } from './call.ts';

function schemaOf(users: RiskStore): FilterSchema<number> {
  const { enums, people } = users;
  return {
    type: 'microsoft.graph.riskyUser',
    functions: ['startswith'],
    lists: false,
    fields: {
      id: { type: 'string', get: (row) => users.ids.of(row) },
      isDeleted: { type: 'boolean', get: (row) => users.has(row, DELETED) },
      isProcessing: { type: 'boolean', get: (row) => users.has(row, PROCESSING) },
      riskLevel: {
        type: 'enum',
        get: (row) => enums.level.names[users.level[row] ?? 0] ?? '',
        has: (member) => enums.level.has(member),
      },
      riskState: {
        type: 'enum',
        get: (row) => enums.state.names[users.state[row] ?? 0] ?? '',
        has: (member) => enums.state.has(member),
      },
      riskDetail: {
        type: 'enum',
        get: (row) => enums.detail.names[users.detail[row] ?? 0] ?? '',
        has: (member) => enums.detail.has(member),
      },
      riskLastUpdatedDateTime: { type: 'date', get: (row) => users.updated[row] ?? 0 },
      userPrincipalName: { type: 'string', get: (row) => people.userPrincipalName(row) },
      userDisplayName: { type: 'string', get: (row) => people.displayName(row) },
    },
  };
}

/** The row at a position of the requested order. */
function ordering(users: RiskStore, query: Query): (position: number) => number {
  const text = query.get('$orderby');
  if (text === null) return (position) => position;
  const [, property, direction = 'asc'] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text) ?? [];
  if (property !== 'riskLastUpdatedDateTime') throw badRequest(`Invalid orderby clause '${text}'.`);
  const order = users.orderByTime();
  const last = users.count - 1;
  return direction.toLowerCase() === 'asc'
    ? (position) => order[position] ?? 0
    : (position) => order[last - position] ?? 0;
}

function isEvolved(call: Call): boolean {
  return /\binclude-unknown-enum-members\b/i.test(call.headers.prefer ?? '');
}

function context(call: Call, selected: readonly RiskyUserProperty[] | null, entity: boolean): string {
  const fields = selected === null ? '' : `(${selected.join(',')})`;
  return `${call.base}/$metadata#identityProtection/riskyUsers${fields}${entity ? '/$entity' : ''}`;
}

function headersOf(call: Call): Readonly<Record<string, string>> {
  return isEvolved(call) ? { 'preference-applied': 'include-unknown-enum-members' } : {};
}

export function listRiskyUsers(call: Call): TwinAnswer {
  const { users, links } = call.world;
  const query = parseQuery(call.query, ['$top', '$select', '$filter', '$count', '$orderby', '$skiptoken']);
  const size = pageSize(query, 100, 500);
  const selected = selection(query, riskyUserProperties, 'riskyUser');
  const filterText = query.get('$filter');
  const filter = filterText === null ? null : compileFilter(parseFilter(filterText), schemaOf(users));
  const rowAt = ordering(users, query);
  const counted = wantsCount(query);
  const list = `riskyUsers:${query.get('$orderby') ?? ''}:${filterText ?? ''}`.replaceAll('|', ' ');
  const start = links.read(list, query.get('$skiptoken'), call.now);

  const matches = (position: number): boolean => {
    const row = rowAt(position);
    return !users.has(row, DROPPED) && (filter === null || filter(row));
  };
  const page = walk(start, users.count, size, matches);
  if (filter !== null && page.found.length === 0 && query.get('$skiptoken') !== null) {
    // Known defect of Graph (microsoft-graph-docs 16332): after a last page that was exactly full, with a filter.
    throw new Refusal(400, 'BadRequest', '');
  }
  const full = page.found.length === size;
  const write = rowWriter(users, selected ?? riskyUserProperties, isEvolved(call));
  const out = new Bytes();
  out.text(
    pageStart({
      context: context(call, selected, false),
      nextLink: page.more || (filter !== null && full) ? nextLink(call, list, query.withoutToken, page.next) : null,
      count: counted ? countMatches(users.count, matches) : null,
    }),
  );
  for (const [n, position] of page.found.entries()) {
    if (n > 0) out.text(',');
    write(rowAt(position), out);
  }
  out.text(PAGE_END);
  return jsonText(200, out.done(), headersOf(call));
}

function countMatches(end: number, matches: (position: number) => boolean): number {
  let count = 0;
  for (let position = 0; position < end; position++) if (matches(position)) count += 1;
  return count;
}

function findRow(call: Call): number {
  const row = call.world.users.find(param(call, 'id'));
  if (row === null) throw new Refusal(404, 'ResourceNotFound', `Risky user '${param(call, 'id')}' was not found.`);
  return row;
}

export function getRiskyUser(call: Call): TwinAnswer {
  const query = parseQuery(call.query, ['$select']);
  const selected = selection(query, riskyUserProperties, 'riskyUser');
  const row = findRow(call);
  const out = new Bytes();
  rowWriter(call.world.users, selected ?? riskyUserProperties, isEvolved(call))(row, out);
  const text = new TextDecoder().decode(out.done());
  const head = `{"@odata.context":${JSON.stringify(context(call, selected, true))}`;
  return jsonText(200, text.startsWith('{"') ? `${head},${text.slice(1)}` : text, headersOf(call));
}

export function listHistory(call: Call): TwinAnswer {
  const query = parseQuery(call.query, ['$top', '$skiptoken']);
  const size = pageSize(query, 100, 500);
  const row = findRow(call);
  const list = `history:${row}`;
  const start = call.world.links.read(list, query.get('$skiptoken'), call.now);
  const items = historyOf(call.world.users, row, call.now);
  const next = start + size;
  return json(200, {
    '@odata.context': `${call.base}/$metadata#identityProtection/riskyUsers('${param(call, 'id')}')/history`,
    ...(next < items.length ? { '@odata.nextLink': nextLink(call, list, query.withoutToken, next) } : {}),
    value: items.slice(start, next),
  });
}
