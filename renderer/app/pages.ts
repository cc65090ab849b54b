/**
 * One page a view, read when it is first shown and, once the window stands, all of them in the background: a view that
 * was never opened opens even while nothing answers.
 */
import { type ComponentType, lazy } from 'react';
import type { View } from '../host/navigation.ts';

const imports: Readonly<Record<View, () => Promise<{ readonly default: ComponentType }>>> = {
  overview: async () => ({ default: (await import('../features/overview/OverviewView.tsx')).OverviewView }),
  users: async () => ({ default: (await import('../features/users/UsersView.tsx')).UsersView }),
  rules: async () => ({ default: (await import('../features/rules/RulesView.tsx')).RulesView }),
  actions: async () => ({ default: (await import('../features/actions/ActionsView.tsx')).ActionsView }),
  journal: async () => ({ default: (await import('../features/journal/JournalView.tsx')).JournalView }),
  connections: async () => ({
    default: (await import('../features/connections/ConnectionsView.tsx')).ConnectionsView,
  }),
  settings: async () => ({ default: (await import('../features/settings/SettingsView.tsx')).SettingsView }),
};

export const pages: Readonly<Record<View, ComponentType>> = {
  overview: lazy(imports.overview),
  users: lazy(imports.users),
  rules: lazy(imports.rules),
  actions: lazy(imports.actions),
  journal: lazy(imports.journal),
  connections: lazy(imports.connections),
  settings: lazy(imports.settings),
};

/** Reads the code of every view, one after another. What cannot be read now is asked for when it is opened. */
export async function readAhead(): Promise<void> {
  for (const read of Object.values(imports)) await read().catch(() => undefined);
}
