/** Routes of rules. Live checks never reject: what is wrong with a query is their answer. */
import { badInput } from '../../../shared/model/errors.ts';
import { checkQuery } from '../../../shared/rules/check.ts';
import { describeQuery } from '../../../shared/rules/describe.ts';
import type { Implementer } from './base.ts';
import { resolveFilter } from './filters.ts';
import type { Modules } from './modules.ts';

/** Names shown with a live count. */
const firstNames = 10;

export function ruleRoutes(os: Implementer, modules: Modules) {
  const { rules, journal, limits, queries } = modules;
  const routes = os.rules;
  return {
    list: routes.list.handler(() => rules.list()),
    add: routes.add.handler(async ({ input }) => {
      const added = await rules.add(input);
      await journal.append({ event: 'rule.added', after: JSON.stringify(added) });
      return added;
    }),
    update: routes.update.handler(async ({ input }) => {
      const before = await rules.get(input.name);
      await limits.rule(before.name);
      const after = await rules.update(input.name, input.change);
      await journal.append({ event: 'rule.changed', before: JSON.stringify(before), after: JSON.stringify(after) });
      return after;
    }),
    clone: routes.clone.handler(async ({ input }) => {
      const added = await rules.clone(input.name, input.as);
      await journal.append({ event: 'rule.added', after: JSON.stringify(added), detail: { cloneOf: input.name } });
      return added;
    }),
    remove: routes.remove.handler(async ({ input }) => {
      const before = await rules.get(input.name);
      const removed = await rules.remove(input.name);
      await journal.append({ event: 'rule.removed', before: JSON.stringify(before) });
      return { removed };
    }),
    check: routes.check.handler(async ({ input }) => {
      const checked = checkQuery(input.query, await rules.vocabulary(), input.language);
      return checked.ok
        ? { problems: [], sentence: describeQuery(checked.query, input.language) }
        : { problems: checked.problems, sentence: null };
    }),
    test: routes.test.handler(async ({ input }) => {
      const { name, query, days } = input;
      if ((name === undefined) === (query === undefined)) {
        throw badInput('name', 'A test needs a rule or a query, and not both.', 'Give the name of a rule, or a query.');
      }
      const rule = name === undefined ? null : await rules.get(name);
      const filter = await resolveFilter(modules, { rule: name, query, days });
      const { total, rows } = await queries.list(filter, {
        sort: { field: 'aggregateScore', direction: 'asc' },
        limit: firstNames,
      });
      const sentence = rule?.sentence ?? describeQuery(await rules.check(query));
      return { name: rule?.name ?? null, total, first: rows, sentence, days: days ?? null };
    }),
    export: routes.export.handler(() => rules.export()),
    import: routes.import.handler(async ({ input }) => {
      const added = await rules.import(input.file);
      const present = new Map((await rules.list()).map((rule) => [rule.name, rule]));
      await journal.append(
        added.map((name) => ({
          event: 'rule.added',
          after: JSON.stringify(present.get(name)),
          detail: { imported: name },
        })),
      );
      return { added };
    }),
  };
}
