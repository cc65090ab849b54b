/**
 * Whom a filter means, as object ids by connection, read in one statement: a selection of thousands is the people that
 * matched at one moment, however many pages a list of them has and whatever a sync writes meanwhile.
 */
import { badInput } from '../../../shared/model/errors.ts';
import type { Reader } from '../store/types.ts';
import { andAll, paramsOf, usersTable } from './conditions.ts';
import { compileFilter, type Filter, type QueryContext } from './filter.ts';
import { withIndexesAsTheyAre } from './retry.ts';

export type KeysOfConnection = { readonly connection: string; readonly ids: readonly string[] };

/** @throws RiskdeskError bad-input when more than `most` match, not-found for a connection that does not exist. */
export async function matchingKeys(
  reader: Reader,
  filter: Filter,
  context: QueryContext,
  most: number,
): Promise<readonly KeysOfConnection[]> {
  const rows = await withIndexesAsTheyAre(async () => {
    const compiled = await compileFilter(reader, filter, context);
    const table = compiled.hasIndexes ? usersTable(compiled.indexed) : 'risky_user u';
    return reader.all<{ readonly connection: string; readonly id: string }>(
      `SELECT c.name AS connection, t.object_id AS id
       FROM ${table} CROSS JOIN user_text t ON t.id = u.id CROSS JOIN connection c ON c.id = u.connection
       WHERE u.gone IS NULL${andAll(compiled.indexed)} ORDER BY u.id LIMIT ?`,
      [...paramsOf(compiled.indexed), most + 1],
    );
  });
  if (rows.length > most) {
    throw badInput(
      'filter',
      `More than ${most.toLocaleString('en')} users match.`,
      'Narrow the filter, or save it as a rule and use the rule.',
    );
  }
  const ids = new Map<string, string[]>();
  for (const { connection, id } of rows) {
    const own = ids.get(connection);
    if (own === undefined) ids.set(connection, [id]);
    else own.push(id);
  }
  return [...ids].map(([connection, own]) => ({ connection, ids: own }));
}
