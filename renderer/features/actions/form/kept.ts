/**
 * Actions that are being typed, kept beside the view: looking something up elsewhere, or a view that breaks, loses
 * nothing. A draft ends when it is saved or given up.
 */
import { useState } from 'react';
import type { ActionDraft } from './draft.ts';

const kept = new Map<string, ActionDraft>();

/** `name`: which form; `start` is asked when nothing is kept for it. */
export function useKeptDraft(
  name: string,
  start: () => ActionDraft,
): {
  readonly draft: ActionDraft;
  readonly setDraft: (change: (before: ActionDraft) => ActionDraft) => void;
  readonly forget: () => void;
} {
  const [draft, show] = useState(() => kept.get(name) ?? start());
  return {
    draft,
    setDraft: (change) =>
      show((before) => {
        const next = change(before);
        kept.set(name, next);
        return next;
      }),
    forget: () => void kept.delete(name),
  };
}
