/**
 * Users picked by hand, on their way to an action: object ids of one connection, never rows. Too many for an address,
 * so they wait here while the window goes from the users to the actions. Replaced by the next pick, lost on reload.
 */
import { create } from 'zustand';

export type Selection = {
  /** Null: nothing is picked. A plan is for one tenant, so a selection is too. */
  readonly connection: string | null;
  /** Entra object ids. */
  readonly ids: readonly string[];
};

const nothing: Selection = { connection: null, ids: [] };

export const useSelection = create<Selection>(() => nothing);

export function setSelection(connection: string, ids: readonly string[]): void {
  useSelection.setState({ connection, ids }, true);
}

export function clearSelection(): void {
  useSelection.setState(nothing, true);
}
