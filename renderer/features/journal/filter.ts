/** The filter of the log lives in the address, so that links from runs and users open the right part of it. */

import { useMemo } from 'react';
import type { JournalFilter } from '../../../shared/contract/journal.ts';
import { go, usePlace } from '../../host/navigation.ts';
import { useScope } from '../../host/scope.ts';

/** Beginnings of event names that can be chosen. */
export const eventGroups = [
  'run',
  'step',
  'step.failed',
  'group',
  'schedule',
  'action',
  'rule',
  'connection',
  'setting',
  'note',
  'cache',
  'journal',
] as const;

export const dayChoices = ['1', '7', '30', '90'] as const;

export type FilterParams = {
  readonly search?: string;
  readonly event?: string;
  readonly run?: string;
  readonly object?: string;
  /** Empty: all connections, whatever the window looks at. */
  readonly connection?: string;
  readonly days?: string;
};

const day = 86_400_000;
/** Ids come from the address too: what is none would be refused by the core. */
const isId = (text: string | undefined): text is string => text !== undefined && /^[0-9A-Za-z-]{1,64}$/.test(text);

export function useFilter(): {
  readonly params: FilterParams;
  readonly connection: string | null;
  readonly filter: JournalFilter;
  readonly narrowed: boolean;
  readonly change: (part: { readonly [Key in keyof FilterParams]: string | null }) => void;
} {
  const params: FilterParams = usePlace((place) => place.params);
  const scope = useScope((state) => state.connection);
  const connection = params.connection === undefined ? scope : params.connection === '' ? null : params.connection;
  const { search, event, run, object, days } = params;
  // Counted from when it was chosen: a start that moved on with the clock would read the log again all the time.
  const from = useMemo(
    () => (Number(days) > 0 ? new Date(Date.now() - Number(days) * day).toISOString() : null),
    [days],
  );
  const filter: JournalFilter = {
    ...(search ? { search: search.slice(0, 200) } : {}),
    ...(event ? { event: event.slice(0, 60) } : {}),
    ...(isId(run) ? { runId: run } : {}),
    ...(isId(object) ? { objectId: object } : {}),
    ...(connection === null ? {} : { connection }),
    ...(from === null ? {} : { from }),
  };
  return {
    params,
    connection,
    filter,
    narrowed: Object.keys(filter).length > 0,
    change: (part) => {
      const next = { ...params, ...part };
      const kept = Object.entries(next).filter(
        (entry): entry is [string, string] =>
          typeof entry[1] === 'string' && (entry[1] !== '' || entry[0] === 'connection'),
      );
      go('journal', Object.fromEntries(kept), { replace: true });
    },
  };
}
