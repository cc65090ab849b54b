/** Protected users: found in the cache by name, UPN or object id; each line is checked against it. */
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { useAsk } from '../../../host/ask.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import type { Form } from '../form/drafts.ts';
import { type Known, type ListFault, ProtectedList } from './ProtectedList.tsx';

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const fits = (line: string) => guid.test(line) || /^\S+@\S+$/.test(line);
/** Lines that are looked up; more would keep the core busy for a list that nobody reads here. */
const mostChecked = 50;

export function ProtectedUsers(props: {
  readonly form: Form;
  readonly lines: readonly string[];
  readonly fault: ListFault | null;
}): ReactElement {
  const { t } = useTranslation('settings');
  const { lines } = props;
  const [search, setSearch] = useState('');
  const asked = useSettled(search);
  const checked = useSettled(lines.filter(fits).slice(0, mostChecked).join('\n'), 400);
  const known = useAsk(['users', 'protected', checked], async (api) => {
    const entries: [string, RiskyUser | null][] = [];
    for (const line of checked === '' ? [] : checked.split('\n')) {
      const { rows } = await api.users.list({ filter: { search: line }, limit: 20 });
      const wanted = line.toLowerCase();
      const user = rows.find(
        (one) => one.id.toLowerCase() === wanted || one.userPrincipalName?.toLowerCase() === wanted,
      );
      entries.push([wanted, user ?? null]);
    }
    return entries;
  });
  const found = useAsk(
    ['users', 'protect', asked],
    (api) => api.users.list({ filter: { search: asked }, limit: 6, sort: { field: 'displayName' } }),
    { enabled: asked.length >= 2 },
  );
  const noteOf = (user: RiskyUser) =>
    [user.userPrincipalName, user.connection, user.isDeleted ? t('guard.deletedUser') : null]
      .filter(Boolean)
      .join(' · ');
  const nameOf = (user: RiskyUser) => user.displayName ?? user.userPrincipalName ?? user.id;
  const map: Known = new Map(
    (known.data ?? []).map(([line, user]) => [line, user === null ? null : { name: nameOf(user), note: noteOf(user) }]),
  );
  const fresh = asked === search && asked.length >= 2 && !found.isPlaceholderData;
  return (
    <ProtectedList
      {...props}
      name="protectedUsers"
      known={map}
      fits={fits}
      found={
        fresh ? (found.data?.rows ?? []).map((user) => ({ line: user.id, name: nameOf(user), note: noteOf(user) })) : []
      }
      searching={!fresh || found.data === undefined}
      onSearch={setSearch}
    />
  );
}
