/** Undo and redo of the query. Typing within one value is one step; every other change is a step of its own. */
import { type EditorGroup, isEditorGroup } from './query.ts';

export type History = {
  readonly past: readonly EditorGroup[];
  readonly present: EditorGroup;
  readonly future: readonly EditorGroup[];
  /** Epoch milliseconds of the last change; 0 when the next one starts a new step. */
  readonly changedAt: number;
};

const most = 200;
const together = 900;

export function startHistory(present: EditorGroup): History {
  return { past: [], present, future: [], changedAt: 0 };
}

/** The query without its values: equal when only a value was typed. */
function outline(group: EditorGroup): string {
  const parts = group.rules.map((rule) =>
    isEditorGroup(rule) ? outline(rule) : `${rule.id} ${rule.field} ${rule.operator}`,
  );
  return `${group.id} ${group.combinator} ${group.not === true} (${parts.join(', ')})`;
}

export function change(history: History, next: EditorGroup, now: number): History {
  if (next === history.present || JSON.stringify(next) === JSON.stringify(history.present)) return history;
  const typing = now - history.changedAt < together && outline(next) === outline(history.present);
  const past = typing && history.past.length > 0 ? history.past : [...history.past, history.present].slice(-most);
  return { past, present: next, future: [], changedAt: now };
}

export function undo(history: History): History {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    changedAt: 0,
  };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, changedAt: 0 };
}
