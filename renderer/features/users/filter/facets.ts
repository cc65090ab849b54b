/**
 * The filters that have a chip of their own. Each reads its values from the parts of the query and writes them back, so
 * that a filter written by hand, by a link or by the histogram shows as the same chips. What no facet knows is a chip
 * with its sentence.
 */
import { riskDetails, riskLevels, riskStates } from '../../../../shared/model/riskyUser.ts';
import { isGroup, type RuleCondition, type RuleQuery } from '../../../../shared/rules/schema.ts';

type Part = RuleCondition | RuleQuery;

export const facetNames = ['aggregate', 'grouping', 'level', 'state', 'detail', 'updated', 'score', 'guest'] as const;
export type FacetName = (typeof facetNames)[number];

export type Facet = {
  /** Several values at once, or one. */
  readonly many: boolean;
  /** Values offered; a value that the part holds besides them is shown too. */
  readonly options: readonly string[];
  /** The values that the part stands for; null when the part belongs to another facet. */
  readonly read: (part: Part) => readonly string[] | null;
  /** `values` is never empty. */
  readonly write: (values: readonly string[]) => Part;
};

const known = (names: readonly string[]) => names.filter((name) => name !== 'unknownFutureValue');

function listed(part: Part, field: RuleCondition['field']): readonly string[] | null {
  if (isGroup(part) || part.field !== field) return null;
  if (part.operator === '=' && typeof part.value === 'string') return [part.value];
  return part.operator === 'in' && Array.isArray(part.value) ? part.value.map(String) : null;
}

function choice(field: RuleCondition['field'], options: readonly string[]): Facet {
  return {
    many: true,
    options,
    read: (part) => listed(part, field),
    write: (values) => ({ field, operator: 'in', value: [...values] }),
  };
}

const noGrouping: RuleCondition = { field: 'grouping', operator: 'null', value: null };

const grouping: Facet = {
  many: true,
  options: ['Critical', 'High', 'Medium', 'Low', 'none'],
  read: (part) => {
    if (!isGroup(part)) {
      if (part.field === 'grouping' && part.operator === 'null') return ['none'];
      return listed(part, 'grouping');
    }
    const [some, none] = part.rules;
    const both = part.combinator === 'or' && part.not !== true && part.rules.length === 2;
    if (!both || some === undefined || none === undefined || isGroup(none)) return null;
    const values = listed(some, 'grouping');
    return values !== null && none.field === 'grouping' && none.operator === 'null' ? [...values, 'none'] : null;
  },
  write: (values) => {
    const named = values.filter((value) => value !== 'none');
    const some: RuleCondition = { field: 'grouping', operator: 'in', value: named };
    if (named.length === values.length) return some;
    return named.length === 0 ? noGrouping : { combinator: 'or', rules: [some, noGrouping] };
  },
};

const updated: Facet = {
  many: false,
  options: ['1', '7', '30', '90'],
  read: (part) =>
    !isGroup(part) && part.field === 'lastUpdatedWithinDays' && part.operator === '<=' ? [String(part.value)] : null,
  write: ([days]) => ({ field: 'lastUpdatedWithinDays', operator: '<=', value: Number(days) }),
};

/** `none`, `some`, or a range such as `351-400`. */
function scoreIn(field: 'score' | 'aggregateScore'): Facet {
  return {
    many: false,
    options: ['none', 'some'],
    read: (part) => {
      if (isGroup(part) || part.field !== field) return null;
      if (part.operator === 'null') return ['none'];
      if (part.operator === 'notNull') return ['some'];
      return part.operator === 'between' && Array.isArray(part.value) ? [part.value.join('-')] : null;
    },
    write: ([value = 'none']) => {
      if (value === 'none') return { field, operator: 'null', value: null };
      if (value === 'some') return { field, operator: 'notNull', value: null };
      return { field, operator: 'between', value: value.split('-').map(Number) };
    },
  };
}

const guest: Facet = {
  many: false,
  options: ['true', 'false'],
  read: (part) =>
    !isGroup(part) && part.field === 'isGuest' && part.operator === '=' ? [String(part.value === true)] : null,
  write: ([value]) => ({ field: 'isGuest', operator: '=', value: value === 'true' }),
};

export const facets: Readonly<Record<FacetName, Facet>> = {
  aggregate: scoreIn('aggregateScore'),
  grouping,
  level: choice('riskLevel', [...known(riskLevels)].reverse()),
  state: choice('riskState', [...known(riskStates)].reverse()),
  detail: choice('riskDetail', known(riskDetails)),
  updated,
  score: scoreIn('score'),
  guest,
};

/** Which facet a part belongs to, and its values there; null: it shows as its sentence. */
export function facetOf(part: Part): { readonly name: FacetName; readonly values: readonly string[] } | null {
  for (const name of facetNames) {
    const values = facets[name].read(part);
    if (values !== null) return { name, values };
  }
  return null;
}

/** The values of the first part of this facet. */
export function valuesOf(parts: readonly Part[], name: FacetName): readonly string[] {
  for (const part of parts) {
    const values = facets[name].read(part);
    if (values !== null) return values;
  }
  return [];
}

/** The parts with this facet set to `values`; an empty list takes it away. Its place among the chips stays. */
export function withFacet(parts: readonly Part[], name: FacetName, values: readonly string[]): readonly Part[] {
  const at = parts.findIndex((part) => facets[name].read(part) !== null);
  const part = values.length === 0 ? [] : [facets[name].write(values)];
  return at < 0 ? [...parts, ...part] : [...parts.slice(0, at), ...part, ...parts.slice(at + 1)];
}
