/**
 * A rule as a pure function of one user: what a plan checks again, and what the SQL is held against. It knows no
 * database; a property test shows that both pick the same users.
 */
import { fold, type RiskyUser } from '../../../shared/model/riskyUser.ts';
import { isGroup, type RuleCondition, type RuleQuery } from '../../../shared/rules/schema.ts';
import {
  meaningOf,
  type NumberColumn,
  type RuleContext,
  type Test,
  type TextColumn,
  type TextTest,
} from './meaning.ts';

export type RuleSubject = Pick<
  RiskyUser,
  | 'connection'
  | 'userPrincipalName'
  | 'displayName'
  | 'riskLevel'
  | 'riskState'
  | 'riskDetail'
  | 'riskLastUpdatedDateTime'
  | 'isDeleted'
  | 'isGuest'
  | 'score'
  | 'aggregateScore'
  | 'firstSeen'
  | 'lastChanged'
>;

export type Predicate = (user: RuleSubject) => boolean;

/** Compiles a query that `checkQuery` accepted. The predicate never throws. */
export function compilePredicate(query: RuleQuery, context: RuleContext): Predicate {
  const rules = query.rules.map((rule) => (isGroup(rule) ? compilePredicate(rule, context) : condition(rule, context)));
  const holds: Predicate =
    query.combinator === 'and'
      ? (user) => rules.every((rule) => rule(user))
      : (user) => rules.some((rule) => rule(user));
  return query.not === true ? (user) => !holds(user) : holds;
}

function condition(rule: RuleCondition, context: RuleContext): Predicate {
  const { test, negated } = meaningOf(rule, context);
  const holds = positive(test);
  return (user) => holds(user) !== negated;
}

function positive(test: Test): Predicate {
  switch (test.kind) {
    case 'ranges':
      return (user) => {
        const value = numberOf(user, test.column);
        return value !== null && test.ranges.some(({ from, to }) => (from ?? value) <= value && value <= (to ?? value));
      };
    case 'missing': {
      const { column } = test;
      if (column === 'upn' || column === 'name') return (user) => textOf(user, column) === '';
      return (user) => numberOf(user, column) === null;
    }
    case 'term': {
      const values = new Set(test.values);
      const property = { level: 'riskLevel', state: 'riskState', detail: 'riskDetail' } as const;
      return (user) => values.has(user[property[test.term]]);
    }
    case 'text':
      return (user) => {
        const text = textOf(user, test.column);
        return test.texts.some((wanted) => compare(text, test.how, wanted));
      };
    case 'flag':
      return (user) => (test.column === 'deleted' ? user.isDeleted : user.isGuest) === test.value;
    case 'connection':
      return (user) => test.names.includes(fold(user.connection));
  }
}

function numberOf(user: RuleSubject, column: NumberColumn): number | null {
  switch (column) {
    case 'score':
      return user.score;
    case 'aggregate':
      return user.aggregateScore;
    case 'updated':
      return user.riskLastUpdatedDateTime === null ? null : Date.parse(user.riskLastUpdatedDateTime);
    case 'lastChanged':
      return Date.parse(user.lastChanged);
    case 'firstSeen':
      return Date.parse(user.firstSeen);
  }
}

/** Folded; empty when missing, which no wanted text matches, for none is empty. */
function textOf(user: RuleSubject, column: TextColumn): string {
  return fold((column === 'upn' ? user.userPrincipalName : user.displayName) ?? '');
}

function compare(text: string, how: TextTest, wanted: string): boolean {
  switch (how) {
    case 'equals':
      return text === wanted;
    case 'contains':
      return text.includes(wanted);
    case 'begins':
      return text.startsWith(wanted);
    case 'ends':
      return text.endsWith(wanted);
  }
}
