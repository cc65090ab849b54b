/** Saves settings key by key, so that the action log names each that changed. Stops at the first that is refused. */
import type { Settings } from '../../../../shared/model/settings.ts';
import { useTell } from '../../../host/ask.ts';
import type { Saved } from './Section.tsx';

export type Change = {
  readonly key: string;
  readonly value: unknown;
  readonly label: string;
  readonly before: string;
  readonly after: string;
};

export function useSave(): (changes: readonly Change[]) => Promise<readonly Saved[]> {
  const tell = useTell<readonly Change[], Settings | null>(
    async (api, changes) => {
      let settings: Settings | null = null;
      for (const { key, value } of changes) settings = await api.settings.set({ key, value });
      return settings;
    },
    ['settings', 'users', 'scores', 'journal'],
  );
  return async (changes) => {
    const real = changes.filter((change) => change.before !== change.after);
    await tell.mutateAsync(real);
    return real.map(({ label, before, after }) => ({ label, before, after }));
  };
}
