/**
 * Operators: the spellings that are understood, and which one is the exact opposite of which. What an operator means
 * for a field stands with the compilers; here are only its names.
 */
import { type Operator, operators } from './schema.ts';

/** Each negated operator is the exact complement of its positive one, so a missing value matches it. */
const opposites: Readonly<Partial<Record<Operator, Operator>>> = {
  '!=': '=',
  notBetween: 'between',
  doesNotContain: 'contains',
  doesNotBeginWith: 'beginsWith',
  doesNotEndWith: 'endsWith',
  notIn: 'in',
  notNull: 'null',
};

/** Splits an operator into its positive form and whether it is negated: `notIn` is `in`, negated. */
export function splitOperator(operator: Operator): { readonly positive: Operator; readonly negated: boolean } {
  const positive = opposites[operator];
  return positive === undefined ? { positive: operator, negated: false } : { positive, negated: true };
}

const synonyms: Readonly<Record<string, Operator>> = {
  '==': '=',
  '<>': '!=',
  anyin: 'in',
  anyof: 'in',
  notanyin: 'notIn',
  isempty: 'null',
  isnull: 'null',
  isnotempty: 'notNull',
  isnotnull: 'notNull',
};

/** The operator that a text names, in any case, with or without spaces: "Any in", "does not contain", "notIn". */
export function readOperator(text: string): Operator | null {
  const plain = text.toLowerCase().replace(/[\s_]+/g, '');
  const exact = operators.find((operator) => operator.toLowerCase() === plain);
  if (exact !== undefined) return exact;
  return Object.hasOwn(synonyms, plain) ? (synonyms[plain] ?? null) : null;
}
