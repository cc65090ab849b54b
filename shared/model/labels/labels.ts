import type { Grouping } from '../riskyUser.ts';

/** The shape of a language's labels: the values that Microsoft documents. */
type Words = Readonly<Record<string, string>>;
export type Labels = {
  readonly grouping: Readonly<Record<Grouping, string>>;
  readonly level: Words;
  readonly state: Words;
  readonly detail: Words;
};
