/** What is wrong with a rule, in English. */
import type { ProblemWords } from './words.ts';

export const englishProblems: ProblemWords = {
  nothing: 'nothing',
  list: 'a list',
  ofType: (type) => `a value of type ${type}`,
  notARule: (value) => ({
    message: `A rule cannot be ${value}.`,
    cure: 'Give an object {combinator, rules: [{field, operator, value}]}.',
  }),
  tooDeep: (most) => ({
    message: `Groups are nested more than ${most} deep.`,
    cure: 'Move the inner group further out.',
  }),
  combinator: (value) => ({ message: `The combinator cannot be ${value}.`, cure: 'Give "and" or "or".' }),
  not: (value) => ({ message: `"not" cannot be ${value}.`, cure: 'Give true or false.' }),
  rulesNoList: (value) => ({ message: `"rules" cannot be ${value}.`, cure: 'Give a list of conditions and groups.' }),
  emptyGroup: (off) => ({
    message: `The group ${off ? 'holds only disabled or muted rules' : 'is empty'}, so it does not say whom it means.`,
    cure: 'Add a condition, or remove the group.',
  }),
  tooManyConditions: (most) => ({
    message: `The rule has more than ${most} conditions.`,
    cure: 'Use "any in" with a list, or two rules.',
  }),
  betweenRules: (value) => ({
    message: `${value} stands between two rules.`,
    cure: 'Give each group one combinator of its own.',
  }),
  notACondition: (value) => ({
    message: `A condition cannot be ${value}.`,
    cure: 'Give an object {field, operator, value}.',
  }),
  fieldWithField: {
    message: 'A field cannot be compared with another field.',
    cure: 'Compare it with a value.',
  },
  noOperator: (value, choices) => ({ message: `There is no operator ${value}.`, cure: `Give one of ${choices}.` }),
  operatorOfField: (label, value, choices) => ({
    message: `${label} has no operator ${value}.`,
    cure: `Give one of ${choices}.`,
  }),
  noField: (value, near) => ({
    message: `There is no field ${value}.`,
    cure: near === null ? 'Give the name of a field, such as riskLevel or score.' : `Did you mean ${near}?`,
  }),
  stranger: (key) => ({ message: `"${key}" has no meaning here.`, cure: 'Remove it.' }),
  noValues: (label, help) => ({
    message: `${label} needs at least one value.`,
    cure: `Give a list; each is ${help}.`,
  }),
  tooManyValues: (label, count, most) => ({
    message: `${label} lists ${count} values.`,
    cure: `List at most ${most}.`,
  }),
  notAPair: (label, count) => ({
    message: `${label} between needs two values, not ${count}.`,
    cure: 'Give the lower and the higher bound.',
  }),
  backwards: (label, low, high) => ({
    message: `${label} between ${low} and ${high} is back to front.`,
    cure: 'Give the lower bound first.',
  }),
  wrongValue: (label, value, help) => ({
    message: `${label} cannot be compared with ${value}.`,
    cure: `Give ${help}.`,
  }),
  noTerm: (label, value, choices) => ({ message: `${label} has no value ${value}.`, cure: `Give one of ${choices}.` }),
  notAConnection: (value) => ({ message: `Connection cannot be ${value}.`, cure: 'Give the name of a connection.' }),
  noConnection: (value, choices) => ({
    message: `There is no connection ${value}.`,
    cure: choices === '' ? 'Add a connection first.' : `Give one of ${choices}.`,
  }),
};
