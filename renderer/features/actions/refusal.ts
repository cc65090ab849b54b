/** Why nothing may be sent here: the host forbids it, or the setting does. Planning and reviewing stay possible. */
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../host/ask.ts';

/** A sentence, or null when actions may run. `setting`: a person can switch it off in the settings. */
export function useRefusal(): { readonly text: string; readonly setting: boolean } | null {
  const { t } = useTranslation('actions');
  const host = useAsk(['host'], (api) => api.host.info());
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const byHost = host.data?.readOnly ?? null;
  if (byHost !== null) return { text: byHost, setting: false };
  if (settings.data?.guardrails.readOnly) return { text: t('readOnly.setting'), setting: true };
  return null;
}
