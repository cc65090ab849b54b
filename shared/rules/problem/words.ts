/** What a language must say about a rule that cannot be used: each a message and its cure. Values come in already quoted. */
export type Told = { readonly message: string; readonly cure: string };

export type ProblemWords = {
  /** Stand for a value that is not quoted: `undefined`, a list, anything else by its JavaScript type. */
  readonly nothing: string;
  readonly list: string;
  readonly ofType: (type: string) => string;
  readonly notARule: (value: string) => Told;
  readonly tooDeep: (most: number) => Told;
  readonly combinator: (value: string) => Told;
  readonly not: (value: string) => Told;
  readonly rulesNoList: (value: string) => Told;
  /** `off`: it holds rules, but all are switched off. */
  readonly emptyGroup: (off: boolean) => Told;
  readonly tooManyConditions: (most: number) => Told;
  readonly betweenRules: (value: string) => Told;
  readonly notACondition: (value: string) => Told;
  readonly fieldWithField: Told;
  readonly noOperator: (value: string, choices: string) => Told;
  readonly operatorOfField: (label: string, value: string, choices: string) => Told;
  /** `near`: the field that may have been meant. */
  readonly noField: (value: string, near: string | null) => Told;
  readonly stranger: (key: string) => Told;
  readonly noValues: (label: string, help: string) => Told;
  readonly tooManyValues: (label: string, count: number, most: number) => Told;
  readonly notAPair: (label: string, count: number) => Told;
  readonly backwards: (label: string, low: string, high: string) => Told;
  readonly wrongValue: (label: string, value: string, help: string) => Told;
  readonly noTerm: (label: string, value: string, choices: string) => Told;
  readonly notAConnection: (value: string) => Told;
  /** `choices` is empty while there is no connection at all. */
  readonly noConnection: (value: string, choices: string) => Told;
};
