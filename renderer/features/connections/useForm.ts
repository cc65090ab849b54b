/** A draft being typed: which problems are shown beside which field, and when. What was typed is never thrown away. */
import { useEffect, useMemo, useState } from 'react';
import { type Draft, type Field, type Problem, problemsOf, warningsOf } from './draft.ts';

/** A problem shows once the field was left, or when typing paused. */
const pauseMs = 400;

export type Form = {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly leave: (field: Field) => void;
  /** What to show beside the field now. */
  readonly problem: (field: Field) => Problem | undefined;
  readonly warning: (field: Field) => Problem | undefined;
  /** Shows every problem among these, focuses the first, and says whether there is none. */
  readonly passes: (fields: readonly Field[]) => boolean;
  /** What the core said about a field; forgotten when the field changes. */
  readonly blame: (field: Field, says: string) => void;
};

export const idOf = (field: Field): string => `connection-${field}`;

export function useForm(
  draft: Draft,
  onChange: (change: Partial<Draft>) => void,
  around: { readonly taken: readonly string[]; readonly kept: boolean },
): Form {
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const [blamed, setBlamed] = useState<Readonly<Partial<Record<Field, string>>>>({});
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), pauseMs);
    return () => clearTimeout(timer);
  }, [draft]);
  const { taken, kept } = around;
  const problems = useMemo(() => problemsOf(draft, { taken, kept }), [draft, taken, kept]);
  const warnings = useMemo(() => warningsOf(draft), [draft]);

  return {
    draft,
    change(change) {
      onChange(change);
      if (Object.keys(blamed).length > 0) setBlamed({});
    },
    leave: (field) => draft[field] !== '' && setLeft(new Set([...left, field])),
    problem(field) {
      const said = blamed[field];
      if (said !== undefined) return { ends: said };
      const paused = draft[field] !== '' && settled[field] === draft[field];
      return left.has(field) || paused ? problems[field] : undefined;
    },
    warning: (field) => warnings[field],
    passes(fields) {
      setLeft(new Set([...left, ...fields]));
      const first = fields.find((field) => problems[field] !== undefined);
      if (first !== undefined) document.getElementById(idOf(first))?.focus();
      return first === undefined;
    },
    blame: (field, says) => setBlamed({ [field]: says }),
  };
}
