/** Which option or argument of a command a field of the contract was given by, so that an error can name it. */

/** Contract path -> option: `{ 'scoreRange.min': '--score-min' }`. A path stands for everything below it, too. */
export type FieldNames = Readonly<Record<string, string>>;

/** What every command that filters users shares. `rules` and `combinator` are paths inside a query. */
export const filterFields: FieldNames = {
  connection: '--connection',
  rule: '--rule',
  query: '--filter',
  rules: '--filter',
  combinator: '--filter',
  not: '--filter',
  search: '--search',
  days: '--days',
  deleted: '--deleted',
  sort: '--sort',
  limit: '--limit',
  offset: '--offset',
};

/**
 * The option for a path, and what of the path is left inside the option's own value:
 * `filter.query.rules[0].field` -> `--filter` and `rules[0].field`. Null where no option stands for it.
 */
export function optionOf(path: string, names: FieldNames): { readonly name: string; readonly rest: string } | null {
  return find(path, names) ?? find(path.replace(/^(change|filter|input)\./, ''), names);
}

function find(path: string, names: FieldNames): { readonly name: string; readonly rest: string } | null {
  const below = Object.keys(names).filter(
    (key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`),
  );
  const key = below.sort((one, other) => other.length - one.length)[0];
  if (key === undefined) return null;
  const name = names[key] ?? key;
  // A path inside a query may come without the name of the field that holds the query.
  if (insideQuery.has(key)) return { name, rest: path === key ? '' : path };
  return { name, rest: path.slice(key.length).replace(/^\./, '') };
}

const insideQuery = new Set(['rules', 'combinator', 'not']);
