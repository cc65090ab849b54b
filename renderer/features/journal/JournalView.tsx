/**
 * The action log. Entries are only appended, so the list stays as it was opened and says when newer ones came. The
 * details push the list aside and never cover it.
 */
import { Button, makeStyles, Subtitle1, tokens } from '@fluentui/react-components';
import { ClipboardTextLtrRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalFilter } from '../../../shared/contract/journal.ts';
import type { JournalEntry } from '../../../shared/model/journalEntry.ts';
import { queryClient, useAsk } from '../../host/ask.ts';
import { whenReady } from '../../host/client.ts';
import { go } from '../../host/navigation.ts';
import { count } from '../../ui/format.ts';
import { EmptyState, ErrorState, Loading } from '../../ui/States.tsx';
import { ChainBadge } from './ChainBadge.tsx';
import { EntryPanel } from './EntryPanel.tsx';
import { EntryTable } from './EntryTable.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { FilterRow } from './FilterRow.tsx';
import { useFilter } from './filter.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalS}`,
  },
  title: { margin: 0 },
  end: { marginLeft: 'auto', display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  filters: { padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalS}` },
  fresh: { padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalS}` },
  body: { display: 'flex', flexGrow: 1, minHeight: 0, paddingLeft: tokens.spacingHorizontalM },
});

export function JournalView(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('journal');
  const { filter, narrowed } = useFilter();
  const [chosen, setChosen] = useState<JournalEntry | null>(null);
  const newest = useAsk(['journal', 'newest', filter], (api) => api.journal.list({ filter, limit: 1 }), {
    refetchInterval: 2_000,
  });
  const { data } = newest;
  // While a new filter is being answered the old list stays, under the filter that it belongs to.
  const held = useRef<{ readonly filter: JournalFilter; readonly data: NonNullable<typeof data> } | null>(null);
  if (data !== undefined && !newest.isPlaceholderData) held.current = { filter, data };
  const list = held.current;
  const shownKey = JSON.stringify(list?.filter ?? {});
  // biome-ignore lint/correctness/useExhaustiveDependencies: the details belong to the list that they were opened from.
  useEffect(() => setChosen(null), [shownKey]);
  const close = () => {
    const seq = chosen?.seq;
    setChosen(null);
    if (seq !== undefined)
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-seq="${seq}"]`)?.focus());
  };
  const goTo = async (seq: number) => {
    const page = await (await whenReady()).journal.list({ before: seq + 1, limit: 1 });
    setChosen(page.rows[0] ?? null);
  };
  const total = list?.data.total ?? 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes the nearest thing, wherever the focus is
    <div
      className={styles.view}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && chosen !== null && !event.defaultPrevented) close();
      }}
    >
      <div className={styles.head}>
        <Subtitle1 as="h2" className={styles.title}>
          {list !== null && t(narrowed ? 'matching' : 'count', { count: total, n: count(total) })}
        </Subtitle1>
        <ChainBadge onGoTo={(seq) => void goTo(seq)} />
        <span className={styles.end}>
          <ExportMenu filter={filter} />
        </span>
      </div>
      <div className={styles.filters}>
        <FilterRow />
      </div>
      {list === null ? (
        newest.error === null ? (
          <Loading label={t('table')} />
        ) : (
          <ErrorState failure={newest.error} again={() => void newest.refetch()} />
        )
      ) : total === 0 && chosen === null ? (
        narrowed ? (
          <EmptyState
            icon={<ClipboardTextLtrRegular />}
            title={t('noneTitle')}
            text={t('noneText')}
            action={<Button onClick={() => go('journal', { connection: '' }, { replace: true })}>{t('clear')}</Button>}
          />
        ) : (
          <EmptyState
            icon={<ClipboardTextLtrRegular />}
            title={t('emptyTitle')}
            text={t('emptyText')}
            action={
              <Button appearance="primary" onClick={() => go('connections', { new: '1' })}>
                {t('emptyDo')}
              </Button>
            }
          />
        )
      ) : (
        <Entries
          key={shownKey}
          filter={list.filter}
          newest={list.data.rows[0]?.seq ?? 0}
          total={total}
          chosen={chosen}
          onChoose={setChosen}
          onClose={close}
        />
      )}
    </div>
  );
}

function Entries(props: {
  readonly filter: JournalFilter;
  readonly newest: number;
  readonly total: number;
  readonly chosen: JournalEntry | null;
  readonly onChoose: (entry: JournalEntry) => void;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('journal');
  const { newest, total, filter } = props;
  const [opened, setOpened] = useState({ newest, total });
  const fresh = newest > opened.newest ? Math.max(1, total - opened.total) : 0;
  return (
    <>
      <div className={styles.fresh} role="status" hidden={fresh === 0}>
        {fresh > 0 && (
          <>
            {t('fresh', { count: fresh, n: count(fresh) })}{' '}
            <Button
              size="small"
              onClick={() => {
                void queryClient.invalidateQueries({ queryKey: ['host', 'journal-chain'] });
                setOpened({ newest, total });
              }}
            >
              {t('show')}
            </Button>
          </>
        )}
      </div>
      <div className={styles.body}>
        <EntryTable
          key={opened.newest}
          filter={filter}
          top={opened.newest + 1}
          total={opened.total}
          chosen={props.chosen}
          onChoose={props.onChoose}
        />
        {props.chosen !== null && <EntryPanel entry={props.chosen} onClose={props.onClose} />}
      </div>
    </>
  );
}
