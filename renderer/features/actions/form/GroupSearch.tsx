/** Groups of the tenant as radio rows under a search box. Groups of the same name are told apart by type and id. */
import { Badge, Field, Input, makeStyles, Radio, RadioGroup, Spinner, Text, tokens } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickableGroup } from '../../../../shared/contract/actions.ts';
import { useAsk } from '../../../host/ask.ts';
import { groupSort, groupWhy } from '../../../ui/words.ts';
import { Problem } from '../parts/Problem.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, maxWidth: '640px' },
  list: {
    display: 'flex',
    flexDirection: 'column',
    maxHeight: '260px',
    overflowY: 'auto',
    padding: tokens.spacingHorizontalXS,
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  row: { alignItems: 'flex-start' },
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  name: { color: tokens.colorNeutralForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
  note: { padding: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2 },
});

type Chosen = { readonly id: string; readonly name: string | null };

export function GroupSearch(props: {
  readonly connection: string;
  readonly chosen: Chosen | null;
  readonly missing: boolean;
  readonly onChoose: (group: Chosen) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const [text, setText] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), 200);
    return () => clearTimeout(timer);
  }, [text]);
  const { connection, chosen } = props;
  const groups = useAsk(['actions', 'groups', connection, search], (api, signal) =>
    api.actions.groups({ connection, limit: 50, ...(search === '' ? {} : { search }) }, { signal }),
  );
  const rows = groups.data ?? [];
  return (
    <div className={styles.box}>
      <Field
        label={t('picker.search')}
        required
        hint={chosen === null ? t('picker.first') : `${t('picker.chosen')}: ${chosen.name ?? chosen.id}`}
        validationMessage={props.missing ? t('picker.missing') : null}
        validationState={props.missing ? 'error' : 'none'}
      >
        <Input
          value={text}
          contentBefore={<SearchRegular />}
          contentAfter={groups.isFetching ? <Spinner size="extra-tiny" aria-label={t('picker.searching')} /> : null}
          onChange={(_, { value }) => setText(value)}
        />
      </Field>
      <Problem failure={groups.error} again={() => void groups.refetch()} />
      {groups.error === null && (
        <div className={styles.list}>
          {rows.length === 0 ? (
            <Text className={styles.note} role="status">
              {t(groups.isFetching ? 'picker.searching' : 'picker.nothing')}
            </Text>
          ) : (
            <RadioGroup
              aria-label={t('picker.list')}
              value={chosen?.id ?? ''}
              onChange={(_, { value }) => {
                const group = rows.find((one) => one.id === value);
                if (group !== undefined) props.onChoose({ id: group.id, name: group.displayName });
              }}
            >
              {rows.map((group) => (
                <Radio
                  key={group.id}
                  className={styles.row}
                  value={group.id}
                  disabled={!group.writable}
                  label={<Row group={group} namesake={hasNamesake(group, rows)} />}
                />
              ))}
            </RadioGroup>
          )}
        </div>
      )}
    </div>
  );
}

const hasNamesake = (group: PickableGroup, rows: readonly PickableGroup[]): boolean =>
  rows.some((other) => other.id !== group.id && other.displayName === group.displayName);

function Row(props: { readonly group: PickableGroup; readonly namesake: boolean }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { group } = props;
  return (
    <>
      <span className={styles.head}>
        <span className={group.writable ? styles.name : undefined}>{group.displayName ?? group.id}</span>
        {group.badge !== group.type && (
          <Text size={200} className={styles.quiet}>
            {groupSort(group.type)}
          </Text>
        )}
        {group.badge !== null && (
          <Badge appearance="outline" color="warning">
            {groupSort(group.badge)}
          </Badge>
        )}
      </span>
      {group.reason !== null && (
        <Text block size={200} className={styles.quiet}>
          {groupWhy(group.badge, group.reason)}
        </Text>
      )}
      {props.namesake && (
        <Text block size={200} className={styles.quiet}>
          {t('picker.id', { id: group.id })}
        </Text>
      )}
    </>
  );
}
