/**
 * The rule on the desk. It lives beside the view and not in it, so that a view that crashes or is left for a moment
 * loses nothing that was typed. Holds one draft; opening another rule replaces it, after the guard has asked.
 */
import { create } from 'zustand';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { change, type History, redo, startHistory, undo } from './history.ts';
import { type EditorGroup, fitQuery, newId, plain, readQuery, sameQuery } from './query.ts';
import { firstOperator, firstValue } from './values.ts';

export type Draft = {
  /** Name of the saved rule; null for one that was never saved. */
  readonly of: string | null;
  readonly name: string;
  readonly folder: string;
  readonly exceptions: readonly string[];
  readonly history: History;
  /** The rule as it was opened; null for a new one. */
  readonly saved: Pick<Rule, 'name' | 'folder' | 'exceptions' | 'query'> | null;
  /** A condition that was just added: it takes the focus. */
  readonly focus: string | null;
  /** Differs for every rule that was put on the desk; stays over a save. */
  readonly session: string;
  /** The name it started with: an example that nobody touched is nothing to lose. */
  readonly firstName: string;
  /** Put here for the editor to open; false once it has. */
  readonly fresh: boolean;
};

export const useDraft = create<{ readonly draft: Draft | null }>(() => ({ draft: null }));

function update(with_: (draft: Draft) => Partial<Draft>): void {
  useDraft.setState(({ draft }) => (draft === null ? {} : { draft: { ...draft, ...with_(draft) } }));
}

export function emptyQuery(): EditorGroup {
  const field = 'riskLevel';
  return {
    id: newId(),
    combinator: 'and',
    rules: [{ id: newId(), field, operator: firstOperator(field), value: firstValue(field) }],
  };
}

export function openRule(rule: Rule): void {
  const { name, folder, exceptions, query } = rule;
  useDraft.setState({
    draft: {
      of: name,
      name,
      folder: folder ?? '',
      exceptions,
      history: startHistory(readQuery(query) ?? emptyQuery()),
      saved: { name, folder, exceptions, query },
      focus: null,
      session: newId(),
      firstName: name,
      fresh: false,
    },
  });
}

/** A new rule, from an example, a filter or nothing. */
export function openNew(start: { readonly name?: string; readonly query?: unknown } = {}): void {
  const query = readQuery(start.query) ?? emptyQuery();
  useDraft.setState({
    draft: {
      of: null,
      name: start.name ?? '',
      folder: '',
      exceptions: [],
      history: startHistory(query),
      saved: null,
      focus: null,
      session: newId(),
      firstName: start.name ?? '',
      fresh: true,
    },
  });
}

export function closeDraft(): void {
  useDraft.setState({ draft: null });
}

export const markOpened = (): void => update(() => ({ fresh: false }));
export const setName = (name: string): void => update(() => ({ name }));
export const setFolder = (folder: string): void => update(() => ({ folder }));
export const setExceptions = (exceptions: readonly string[]): void => update(() => ({ exceptions }));
export const setFocus = (focus: string | null): void => update(() => ({ focus }));
export const setQuery = (query: EditorGroup): void =>
  update(({ history }) => ({ history: change(history, fitQuery(query), Date.now()) }));
export const undoQuery = (): void => update(({ history }) => ({ history: undo(history) }));
export const redoQuery = (): void => update(({ history }) => ({ history: redo(history) }));

/** After a save: what is on the desk is what is kept, and undo still goes back. */
export function markSaved(rule: Rule): void {
  const { name, folder, exceptions, query } = rule;
  update(() => ({ of: name, name, folder: folder ?? '', exceptions, saved: { name, folder, exceptions, query } }));
}

/** Whether leaving would lose something. A new rule that nobody touched is nothing to lose. */
export function isChanged(draft: Draft): boolean {
  const { saved } = draft;
  if (saved === null)
    return draft.name.trim() !== draft.firstName || draft.history.past.length > 0 || draft.exceptions.length > 0;
  return (
    draft.name.trim() !== saved.name ||
    draft.folder.trim() !== (saved.folder ?? '') ||
    JSON.stringify([...draft.exceptions].sort()) !== JSON.stringify([...saved.exceptions].sort()) ||
    !sameQuery(plain(draft.history.present), saved.query)
  );
}

/** Whether the rule on the desk was opened from, or saved as, what is stored now. */
export function isAsSaved({ saved }: Draft, rule: Rule): boolean {
  const text = (one: NonNullable<Draft['saved']>) => JSON.stringify([one.name, one.folder, one.exceptions, one.query]);
  return saved !== null && text(saved) === text(rule);
}
