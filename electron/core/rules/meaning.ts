/**
 * What one condition means, settled once for SQL and predicate: which column, which values, and whether it is negated.
 * A missing value (null; for names also the empty text) matches no positive test and every negated one.
 */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { fold, type Grouping, groupings, type TermKind } from '../../../shared/model/riskyUser.ts';
import { type GroupingThresholds, groupingRange } from '../../../shared/model/score.ts';
import { dateSpan } from '../../../shared/rules/dates.ts';
import { splitOperator } from '../../../shared/rules/operators.ts';
import type { FieldName, Operator, RuleCondition } from '../../../shared/rules/schema.ts';

/** Epoch milliseconds of "now", for rules about the last N days, and the thresholds of the settings. */
export type RuleContext = { readonly now: number; readonly thresholds: GroupingThresholds };

export type NumberColumn = 'score' | 'aggregate' | 'updated' | 'lastChanged' | 'firstSeen';
export type TextColumn = 'upn' | 'name';
export type TextTest = 'equals' | 'contains' | 'begins' | 'ends';

/** Inclusive whole numbers; null is open. All numbers of the store are whole: scores and epoch milliseconds. */
export type Range = { readonly from: number | null; readonly to: number | null };

export type Test =
  /** Ranges ascend and neither overlap nor touch; none at all matches nothing. */
  | { readonly kind: 'ranges'; readonly column: NumberColumn; readonly ranges: readonly Range[] }
  | { readonly kind: 'missing'; readonly column: NumberColumn | TextColumn }
  | { readonly kind: 'term'; readonly term: TermKind; readonly values: readonly string[] }
  /** `texts` are folded; any one of them suffices. */
  | { readonly kind: 'text'; readonly column: TextColumn; readonly how: TextTest; readonly texts: readonly string[] }
  | { readonly kind: 'flag'; readonly column: 'deleted' | 'guest'; readonly value: boolean }
  /** Folded names. */
  | { readonly kind: 'connection'; readonly names: readonly string[] };

export type Meaning = { readonly test: Test; readonly negated: boolean };

const dayMs = 86_400_000;

const columns: Readonly<Partial<Record<FieldName, NumberColumn>>> = {
  score: 'score',
  aggregateScore: 'aggregate',
  grouping: 'aggregate',
  riskLastUpdatedDateTime: 'updated',
  lastChanged: 'lastChanged',
  firstSeen: 'firstSeen',
};

/** The condition must come from `checkQuery`; anything else is a defect and throws `internal`. */
export function meaningOf(condition: RuleCondition, context: RuleContext): Meaning {
  const { field, operator } = condition;
  const { positive, negated } = splitOperator(operator);
  const values = Array.isArray(condition.value) ? condition.value : [condition.value];
  switch (field) {
    case 'riskLevel':
      return { test: { kind: 'term', term: 'level', values: values.map(String) }, negated };
    case 'riskState':
      return { test: { kind: 'term', term: 'state', values: values.map(String) }, negated };
    case 'riskDetail':
      return { test: { kind: 'term', term: 'detail', values: values.map(String) }, negated };
    case 'connection':
      return { test: { kind: 'connection', names: values.map((value) => fold(String(value))) }, negated };
    case 'isDeleted':
      return { test: { kind: 'flag', column: 'deleted', value: condition.value === true }, negated };
    case 'isGuest':
      return { test: { kind: 'flag', column: 'guest', value: condition.value === true }, negated };
    case 'userPrincipalName':
    case 'displayName': {
      const column = field === 'displayName' ? 'name' : 'upn';
      if (positive === 'null') return { test: { kind: 'missing', column }, negated };
      const texts = values.map((value) => fold(String(value)));
      return { test: { kind: 'text', column, how: textTest(positive), texts }, negated };
    }
    case 'lastUpdatedWithinDays': {
      // A date ahead of this machine's clock counts as recent: the two clocks differ, the event has happened.
      const cutoff = Math.ceil(context.now - Number(condition.value) * dayMs);
      const longerAgo = operator === '>' || operator === '>=';
      const range = longerAgo ? { from: null, to: cutoff - 1 } : { from: cutoff, to: null };
      return { test: { kind: 'ranges', column: 'updated', ranges: [range] }, negated: operator === '!=' };
    }
    default: {
      const column = columns[field];
      if (column === undefined) throw unchecked(condition);
      if (positive === 'null') return { test: { kind: 'missing', column }, negated };
      const spans = values.map((value) => spanOf(condition, value, context.thresholds));
      return { test: { kind: 'ranges', column, ranges: merged(rangesOf(condition, positive, spans)) }, negated };
    }
  }
}

function unchecked({ field, operator }: RuleCondition): RiskdeskError {
  return new RiskdeskError('internal', `The condition ${field} ${operator} was compiled without having been checked.`);
}

function textTest(positive: Operator): TextTest {
  switch (positive) {
    case 'contains':
      return 'contains';
    case 'beginsWith':
      return 'begins';
    case 'endsWith':
      return 'ends';
    default:
      return 'equals';
  }
}

/** What one value stands for: a day for a date alone, the bounds of a grouping, otherwise the number itself. */
function spanOf(condition: RuleCondition, value: unknown, thresholds: GroupingThresholds): Range {
  if (typeof value === 'number') return { from: value, to: value };
  if (typeof value !== 'string') throw unchecked(condition);
  if (condition.field !== 'grouping') return dateSpan(value);
  const grouping: Grouping | undefined = groupings.find((known) => known === value);
  if (grouping === undefined) throw unchecked(condition);
  const { from, to } = groupingRange(grouping, thresholds);
  return { from: grouping === 'Critical' ? null : from, to: grouping === 'Low' ? null : to };
}

/** Whole-number ranges of a positive operator. Fractions round inwards: more than 375.5 is 376 or more. */
function rangesOf(condition: RuleCondition, positive: Operator, spans: readonly Range[]): readonly Range[] {
  const [first, last = first] = spans;
  if (first === undefined) throw unchecked(condition);
  switch (positive) {
    case '=':
    case 'in':
      return spans.map(({ from, to }) => whole(from, to));
    case '<':
      return [{ from: null, to: Math.ceil(first.from ?? 0) - 1 }];
    case '<=':
      return [whole(null, first.to)];
    case '>':
      return [{ from: Math.floor(first.to ?? 0) + 1, to: null }];
    case '>=':
      return [whole(first.from, null)];
    case 'between':
      return [whole(first.from, last?.to ?? null)];
    default:
      throw unchecked(condition);
  }
}

function whole(from: number | null, to: number | null): Range {
  return { from: from === null ? null : Math.ceil(from), to: to === null ? null : Math.floor(to) };
}

/** Ascending, without the empty ones (375.5 is no score), neighbours joined: 0-250 and 251-500 are 0-500. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const low = (range: Range) => range.from ?? Number.NEGATIVE_INFINITY;
  const high = (range: Range) => range.to ?? Number.POSITIVE_INFINITY;
  const result: Range[] = [];
  for (const range of ranges.filter((one) => low(one) <= high(one)).sort((a, b) => low(a) - low(b))) {
    const last = result.at(-1);
    if (last === undefined || high(last) + 1 < low(range)) result.push(range);
    else if (high(range) > high(last)) result[result.length - 1] = { from: last.from, to: range.to };
  }
  return result;
}
