/**
 * What people ask of a full cache: every sort with and without a filter and a search, searches of every length, rules of
 * every kind, histograms and counters. Each is timed warm, and again right after a commit has made worthless what the
 * reader remembered.
 */
import { countUsers } from '../../../electron/core/query/count.ts';
import type { Filter } from '../../../electron/core/query/filter.ts';
import { histogram } from '../../../electron/core/query/histogram.ts';
import { overview } from '../../../electron/core/query/overview.ts';
import { getUser, listUsers } from '../../../electron/core/query/users.ts';
import type { Reader } from '../../../electron/core/store/types.ts';
import { defaultThresholds } from '../../../shared/model/score.ts';
import { userSortFields } from '../../../shared/model/userSort.ts';
import type { RuleQuery } from '../../../shared/rules/schema.ts';
import type { Meter } from './measure.ts';
import { people } from './people.ts';

export type Bench = {
  readonly meter: Meter;
  readonly reader: Reader;
  readonly users: number;
  readonly now: number;
  /** Milliseconds. */
  readonly budget: { readonly page: number; readonly counters: number };
  /** Commits something. */
  readonly forget: () => Promise<void>;
};

type Condition = { readonly field: string; readonly operator: string; readonly value: unknown };

function rule(...conditions: readonly (Condition | RuleQuery)[]): RuleQuery {
  return { combinator: 'and', rules: conditions as RuleQuery['rules'] };
}

function either(...conditions: readonly (Condition | RuleQuery)[]): RuleQuery {
  return { ...rule(...conditions), combinator: 'or' };
}

function not(query: RuleQuery): RuleQuery {
  return { ...query, not: true };
}

const is = (field: string, operator: string, value: unknown): Condition => ({ field, operator, value });

const high: Filter = { query: rule(is('riskLevel', '=', 'high')) };

const searches: readonly (readonly [what: string, texts: readonly string[]])[] = [
  ['1 letter', 'a z 1 @ e 9 x . s i o 0'.split(' ')],
  ['2 letters', 'an zz wo 99 qx er o4 .c mi ul an co'.split(' ')],
  ['3 letters', 'ann com .co 777 wol @co ill zzz mer 123 ine sch'.split(' ')],
  [
    'more letters',
    'schneider anna.schneider1 hoffmann19 garcia fischer12 greta.h johnson9 richter jonas.miller koch@'.split(' '),
  ],
  ['no hit', 'zzzz nobody@ qqq0 xyxyxyxy anna.anna'.split(' ')],
  ['everybody hit', 'example.com contoso .example. @contoso o.ex example'.split(' ')],
];

const rules: readonly (readonly [what: string, filter: Filter])[] = [
  ['levels', { query: rule(is('riskLevel', 'in', ['high', 'medium'])) }],
  ['aggregate score, 30 days', { query: rule(is('aggregateScore', '<=', 500)), days: 30 }],
  ['within 7 days', { query: rule(is('lastUpdatedWithinDays', '<=', 7)) }],
  ['within 300 days', { query: rule(is('lastUpdatedWithinDays', '<=', 300)) }],
  [
    'first seen, last changed',
    { query: rule(is('firstSeen', '>', '2026-01-01'), is('lastChanged', '>', '2026-01-01')) },
  ],
  ['contains', { query: rule(is('userPrincipalName', 'contains', 'schneider')) }],
  ['contains 2 letters', { query: rule(is('displayName', 'contains', 'er')) }],
  ['contains, everybody', { query: rule(is('userPrincipalName', 'contains', 'contoso')) }],
  ['does not contain', { query: rule(is('userPrincipalName', 'doesNotContain', 'miller')) }],
  ['begins with', { query: rule(is('displayName', 'beginsWith', 'anna')) }],
  ['ends with', { query: rule(is('userPrincipalName', 'endsWith', 'contoso3.example.com')) }],
  ['name in a list', { query: rule(is('displayName', 'in', ['Anna Miller', 'Udo Wolf', 'Nobody'])) }],
  ['level or date', { query: either(is('riskLevel', '=', 'high'), is('riskLastUpdatedDateTime', '>', '2026-11-01')) }],
  [
    'negated group',
    { query: not(rule(is('riskState', '=', 'atRisk'), is('userPrincipalName', 'contains', 'miller'))) },
  ],
  [
    'groups in groups',
    {
      query: rule(
        either(is('grouping', 'in', ['Critical', 'High']), is('riskState', '=', 'confirmedCompromised')),
        not(either(is('isDeleted', '=', true), is('displayName', 'contains', 'wolf'))),
        is('riskLastUpdatedDateTime', 'between', ['2026-01-01', '2026-10-01']),
      ),
    },
  ],
  [
    'with exceptions',
    {
      rules: [
        {
          query: rule(is('aggregateScore', '<', 900)),
          exceptions: [
            rule(is('userPrincipalName', 'contains', 'anna')),
            rule(is('isGuest', '=', true)),
            rule(is('displayName', 'endsWith', 'koch')),
          ],
        },
      ],
    },
  ],
];

export async function askAll(bench: Bench): Promise<void> {
  await askSorts(bench);
  await askSearches(bench);
  await askRules(bench);
  await askCounters(bench);
}

async function askSorts({ meter, reader, users, now, budget, forget }: Bench): Promise<void> {
  const context = { now, thresholds: defaultThresholds };
  const shares = [0, 0.001, 0.1, 0.5, 0.75, 0.999];
  const filters: readonly (readonly [string, Filter, number])[] = [
    ['everybody', {}, users],
    ['level high', high, users * 0.19],
    ['a search', { search: 'er' }, users * 0.5],
  ];
  for (const [who, filter, matches] of filters) {
    for (const field of userSortFields) {
      const page = (round: number) => {
        const offset = Math.floor((shares[round % shares.length] ?? 0) * matches);
        const direction = round % 2 === 0 ? 'asc' : 'desc';
        return listUsers(reader, filter, { sort: { field, direction }, limit: 100, offset }, context);
      };
      await meter.measure(`${who} by ${field}, any offset`, budget.page, 24, page);
      await meter.measure(`${who} by ${field}, first time`, budget.page, 12, page, forget);
    }
  }
  const walk = async () => {
    let after: string | null | undefined;
    for (let pages = 0; pages < 5 && after !== null; pages += 1) {
      const sort = { field: 'displayName', direction: 'desc' } as const;
      ({ next: after } = await listUsers(reader, high, { sort, limit: 100, after }, context));
    }
  };
  await meter.measure('five pages by cursor', budget.page, 10, walk);
}

async function askSearches({ meter, reader, now, budget, forget }: Bench): Promise<void> {
  const context = { now, thresholds: defaultThresholds };
  for (const [what, texts] of searches) {
    for (const [field, direction] of [
      ['riskLastUpdatedDateTime', 'desc'],
      ['userPrincipalName', 'asc'],
      ['riskLevel', 'desc'],
    ] as const) {
      const find = (round: number) =>
        listUsers(reader, { search: texts[round % texts.length] }, { sort: { field, direction }, limit: 100 }, context);
      await meter.measure(`search, ${what}, by ${field}`, budget.page, texts.length * 2, find, forget);
    }
    await meter.measure(
      `histogram of a search, ${what}`,
      budget.counters,
      texts.length * 2,
      (round) => histogram(reader, { search: texts[round % texts.length] }, context),
      forget,
    );
  }
}

async function askRules({ meter, reader, now, budget, forget }: Bench): Promise<void> {
  const at = (round: number) => ({ now: now - round * 1000, thresholds: defaultThresholds });
  const sort = { field: 'userPrincipalName', direction: 'asc' } as const;
  for (const [what, filter] of rules) {
    await meter.measure(
      `rule count: ${what}`,
      budget.page,
      12,
      (round) => countUsers(reader, filter, at(round)),
      forget,
    );
    await meter.measure(
      `rule page: ${what}`,
      budget.page,
      12,
      (round) => listUsers(reader, filter, { sort, limit: 100 }, at(round)),
      forget,
    );
    await meter.measure(
      `rule histogram: ${what}`,
      budget.counters,
      12,
      (round) => histogram(reader, filter, at(round)),
      forget,
    );
  }
}

async function askCounters({ meter, reader, now, budget, forget }: Bench): Promise<void> {
  const context = { now, thresholds: defaultThresholds };
  await meter.measure('histogram, everybody', budget.counters, 20, () => histogram(reader, {}, context), forget);
  await meter.measure('histogram, level high', budget.counters, 20, () => histogram(reader, high, context), forget);
  await meter.measure(
    'histogram, last N days',
    budget.counters,
    20,
    (round) => histogram(reader, { days: 10 + round * 15 }, context),
    forget,
  );
  await meter.measure('counters (overview)', budget.counters, 20, () => overview(reader, null, now), forget);
  const ids = people(0, 50, now).map(({ objectId }) => objectId);
  await meter.measure('one user', budget.page, 50, (round) => getUser(reader, 'Bench', ids[round] ?? '', context));
}
