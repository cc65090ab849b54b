/** The wizard's answers, kept while the window is open so that looking something up elsewhere loses nothing. */
import { create } from 'zustand';
import { type Draft, emptyDraft } from '../draft.ts';
import { type Ability, suggested } from '../features.ts';

export const steps = ['register', 'secret', 'permissions', 'scope', 'connect'] as const;
export type Step = (typeof steps)[number];

type WizardState = {
  readonly draft: Draft;
  readonly wanted: readonly Ability[];
  readonly step: Step;
  /** Name under which the connection was stored; null before. */
  readonly saved: string | null;
};

const fresh: WizardState = { draft: emptyDraft, wanted: suggested, step: 'register', saved: null };

export const useWizard = create<WizardState>(() => fresh);

export function restartWizard(): void {
  useWizard.setState(fresh, true);
}

/** The secret does not outlive the page it was typed on. */
export function dropSecret(): void {
  useWizard.setState(({ draft }) => ({ draft: { ...draft, secret: '' } }));
}
