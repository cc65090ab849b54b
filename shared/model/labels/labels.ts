/** The shape of a language's labels: the values that Microsoft documents. */
type Words = Readonly<Record<string, string>>;
export type Labels = { readonly level: Words; readonly state: Words; readonly detail: Words };
