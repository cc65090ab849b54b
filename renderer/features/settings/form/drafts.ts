/**
 * What was typed and not yet saved, by section. It lives beside the views, so that looking something up elsewhere in the
 * window loses nothing. A section without a draft shows what is stored.
 */
import { create } from 'zustand';

export type Typed = Readonly<Record<string, string | boolean>>;

export const useDrafts = create<{ readonly drafts: Readonly<Record<string, Typed>> }>(() => ({ drafts: {} }));

export function keepDraft(section: string, typed: Typed | null): void {
  useDrafts.setState(({ drafts }) => {
    const { [section]: _, ...others } = drafts;
    return { drafts: typed === null ? others : { ...others, [section]: typed } };
  });
}

export type Form = {
  readonly typed: Typed;
  readonly text: (key: string) => string;
  readonly on: (key: string) => boolean;
  readonly set: (key: string, value: string | boolean) => void;
  readonly changed: boolean;
  readonly discard: () => void;
};

/** The form of a section: what is stored, overlaid with what was typed. Typing back what is stored ends the draft. */
export function useForm(section: string, stored: Typed): Form {
  const draft = useDrafts((state) => state.drafts[section]);
  const typed: Typed = { ...stored, ...draft };
  return {
    typed,
    text: (key) => String(typed[key] ?? ''),
    on: (key) => typed[key] === true,
    set: (key, value) => {
      const next = { ...draft, [key]: value };
      const kept = Object.fromEntries(Object.entries(next).filter(([name, one]) => stored[name] !== one));
      keepDraft(section, Object.keys(kept).length === 0 ? null : kept);
    },
    changed: draft !== undefined && Object.keys(draft).some((key) => draft[key] !== stored[key]),
    discard: () => keepDraft(section, null),
  };
}
