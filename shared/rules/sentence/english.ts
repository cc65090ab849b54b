/** The rule language in English: names of fields, and the pieces of a sentence. */
import type { SentenceWords } from './words.ts';

const scoreHelp = 'a number from 0 to 1000; higher is safer';
const dateHelp = 'a date such as 2026-11-01 (the whole day, UTC) or a time such as 2026-11-01T10:00Z';

export const english: SentenceWords = {
  fields: {
    aggregateScore: { label: 'Aggregate Score', words: 'aggregate score', help: scoreHelp },
    grouping: {
      label: 'Aggregate Score Grouping',
      words: 'aggregate score grouping',
      help: 'Critical, High, Medium or Low',
    },
    score: { label: 'Score', words: 'score', help: scoreHelp },
    riskLevel: { label: 'Risk level', words: 'risk level', help: 'a risk level such as high' },
    riskState: { label: 'Risk state', words: 'risk state', help: 'a risk state such as atRisk or "At risk"' },
    riskDetail: {
      label: 'Risk detail',
      words: 'risk detail',
      help: 'a risk detail such as userPassedMFADrivenByRiskBasedPolicy',
    },
    userPrincipalName: {
      label: 'User principal name',
      words: 'user principal name',
      help: 'text; upper and lower case are the same',
    },
    displayName: { label: 'Display name', words: 'display name', help: 'text; upper and lower case are the same' },
    riskLastUpdatedDateTime: { label: 'Risk last updated', words: 'last updated', help: dateHelp },
    lastUpdatedWithinDays: {
      label: 'Risk last updated within days',
      words: 'last updated',
      help: 'a number of days, more than 0 and at most 36500',
    },
    lastChanged: { label: 'Last changed here', words: 'last changed here', help: dateHelp },
    firstSeen: { label: 'First seen here', words: 'first seen here', help: dateHelp },
    isDeleted: { label: 'Deleted', words: 'deleted', help: 'true or false' },
    isGuest: { label: 'Guest', words: 'a guest', help: 'true or false' },
    connection: { label: 'Connection', words: 'connection', help: 'the name of a connection' },
  },
  combinator: { and: 'and', or: 'or' },
  not: (text) => `not (${text})`,
  userIs: (words, negated) => `user is ${negated ? 'not ' : ''}${words}`,
  isEmpty: (negated) => `is ${negated ? 'not ' : ''}empty`,
  days: (value) => `${value} ${value === 1 ? 'day' : 'days'}`,
  olderThan: (days) => `is more than ${days} ago`,
  within: (days, negated) => `is ${negated ? 'not ' : ''}within ${days}`,
  between: (low, high, negated) => `is ${negated ? 'not ' : ''}between ${low} and ${high}`,
  anyOf: (named, more, negated) => `is ${negated ? 'none' : 'any'} of ${named}${more > 0 ? ` and ${more} more` : ''}`,
  verb(operator, date) {
    switch (operator) {
      case '=':
        return 'is';
      case '!=':
        return 'is not';
      case '<':
        return date ? 'is before' : 'is less than';
      case '<=':
        return date ? 'is not later than' : 'is at most';
      case '>':
        return date ? 'is after' : 'is more than';
      case '>=':
        return date ? 'is not earlier than' : 'is at least';
      case 'contains':
        return 'contains';
      case 'doesNotContain':
        return 'does not contain';
      case 'beginsWith':
        return 'begins with';
      case 'doesNotBeginWith':
        return 'does not begin with';
      case 'endsWith':
        return 'ends with';
      case 'doesNotEndWith':
        return 'does not end with';
      case 'between':
      case 'notBetween':
      case 'in':
      case 'notIn':
      case 'null':
      case 'notNull':
        return 'is';
    }
  },
};
