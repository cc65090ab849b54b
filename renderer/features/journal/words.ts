/** Events in plain words. An event that this version does not know shows its own name. */
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../../shared/model/journalEntry.ts';
import { count } from '../../ui/format.ts';
import { eventGroups } from './filter.ts';
import { countsOf, gistOf, scopeOf } from './reading.ts';

/** For a whole event, as `run.started`. */
export function useEventWord(): (event: string) => string {
  const { t } = useTranslation('journal');
  return (event) => t(`events.${event}`, { defaultValue: event });
}

/** For what the filter asks: the beginning of events, as `run`, or a whole one from a link. */
export function useGroupWord(): (beginning: string) => string {
  const { t } = useTranslation('journal');
  return (beginning) => {
    const known = (eventGroups as readonly string[]).includes(beginning);
    return known ? t(`groups.${beginning.replace('.', '-')}`) : t(`events.${beginning}`, { defaultValue: beginning });
  };
}

/** The line beside the event: what kind, how many, why. */
export function useGist(): (entry: JournalEntry) => string {
  const { t } = useTranslation(['journal', 'actions']);
  return (entry) => {
    const { kind, users } = scopeOf(entry);
    return [
      gistOf(entry),
      kind === null ? null : t(`actions:kind.${kind}.name`, { defaultValue: kind }),
      users === null ? null : t('users', { count: users, n: count(users) }),
      ...countsOf(entry).map((part) => t(`counted.${part.what}`, { n: count(part.users) })),
    ]
      .filter((part) => part !== null)
      .join(' · ');
  };
}
