/** What a language must say so that a rule can be read as a sentence. Each entry is a piece between two other pieces. */
import type { FieldName, Operator } from '../schema.ts';

export type FieldWords = {
  /** As a column or an editor shows it. */
  readonly label: string;
  /** As it stands in the middle of a sentence. */
  readonly words: string;
  /** What a value looks like. */
  readonly help: string;
};

export type SentenceWords = {
  readonly fields: Readonly<Record<FieldName, FieldWords>>;
  readonly combinator: Readonly<Record<'and' | 'or', string>>;
  readonly not: (text: string) => string;
  /** `words`: what a user is or is not: "a guest". */
  readonly userIs: (words: string, negated: boolean) => string;
  readonly isEmpty: (negated: boolean) => string;
  readonly days: (value: number) => string;
  readonly olderThan: (days: string) => string;
  readonly within: (days: string, negated: boolean) => string;
  readonly between: (low: string, high: string, negated: boolean) => string;
  /** `more`: values beyond those named. */
  readonly anyOf: (named: string, more: number, negated: boolean) => string;
  /** `date`: the field is a time, so that "less than" is "before". */
  readonly verb: (operator: Operator, date: boolean) => string;
};
