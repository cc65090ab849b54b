/** Protected groups: searched in Graph, in one connection at a time; the names that were seen stand beside the ids. */
import { Dropdown, Field, makeStyles, Option } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickableGroup } from '../../../../shared/contract/actions.ts';
import { useAsk } from '../../../host/ask.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { groupSort } from '../../../ui/words.ts';
import type { Form } from '../form/drafts.ts';
import { type Known, type ListFault, ProtectedList } from './ProtectedList.tsx';

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const fits = (line: string) => guid.test(line);

const useStyles = makeStyles({ connection: { maxWidth: '320px' } });

/** Names by lower-case id, as Graph gave them while this window was open. */
const seen = new Map<string, { readonly name: string; readonly note: string }>();

export function ProtectedGroups(props: {
  readonly form: Form;
  readonly lines: readonly string[];
  readonly fault: ListFault | null;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const [search, setSearch] = useState('');
  const [wanted, setWanted] = useState<string | null>(null);
  const asked = useSettled(search, 300);
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const names = (connections.data ?? []).map((one) => one.name);
  const connection = wanted !== null && names.includes(wanted) ? wanted : names[0];
  const named = props.lines.some((line) => fits(line) && !seen.has(line.toLowerCase()));
  // The first groups give most lines a name without anybody searching; a name that is not known is no fault.
  const all = useAsk(
    ['host', 'groups-first', connection],
    (api) => api.actions.groups({ connection: connection ?? '', limit: 100 }),
    { enabled: connection !== undefined && named },
  );
  const found = useAsk(
    ['host', 'groups', connection, asked],
    (api) => api.actions.groups({ connection: connection ?? '', search: asked, limit: 8 }),
    { enabled: connection !== undefined && asked.length >= 1 },
  );
  const noteOf = (group: PickableGroup) => [groupSort(group.type), connection, group.id].join(' · ');
  for (const group of [...(all.data ?? []), ...(found.data ?? [])]) {
    seen.set(group.id.toLowerCase(), { name: group.displayName ?? group.id, note: noteOf(group) });
  }
  const known: Known = new Map(
    props.lines.flatMap((line) => {
      const one = seen.get(line.toLowerCase());
      return one === undefined ? [] : [[line.toLowerCase(), one] as const];
    }),
  );
  const fresh = asked === search && asked.length >= 1 && !found.isPlaceholderData;
  return (
    <ProtectedList
      {...props}
      name="protectedGroups"
      known={known}
      fits={fits}
      found={
        fresh
          ? (found.data ?? []).map((group) => ({
              line: group.id,
              name: group.displayName ?? group.id,
              note: noteOf(group),
            }))
          : []
      }
      problem={found.error === null ? null : [found.error.message, found.error.cure].filter(Boolean).join(' ')}
      searching={found.error === null && (!fresh || found.data === undefined)}
      onSearch={setSearch}
      before={
        names.length < 2 ? null : (
          <Field className={styles.connection} label={t('guard.groupsConnection')}>
            <Dropdown
              value={connection ?? ''}
              selectedOptions={connection === undefined ? [] : [connection]}
              onOptionSelect={(_, { optionValue }) => setWanted(optionValue ?? null)}
            >
              {names.map((name) => (
                <Option key={name} value={name}>
                  {name}
                </Option>
              ))}
            </Dropdown>
          </Field>
        )
      }
    />
  );
}
