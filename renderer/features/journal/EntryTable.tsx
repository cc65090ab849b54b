/** The log, newest first, page under page. New entries announce themselves and wait; arrows move, Enter opens. */
import {
  Button,
  makeStyles,
  mergeClasses,
  Table,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type KeyboardEvent, type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalFilter } from '../../../shared/contract/journal.ts';
import type { JournalEntry } from '../../../shared/model/journalEntry.ts';
import { count } from '../../ui/format.ts';
import { EntryRows } from './EntryRows.tsx';
import { useTick } from './useTick.ts';

type Page = { readonly next: number | null; readonly rows: readonly JournalEntry[] };

const useStyles = makeStyles({
  box: { flexGrow: 1, minWidth: 0, minHeight: 0, overflow: 'auto' },
  table: { tableLayout: 'fixed', minWidth: '720px' },
  narrow: { minWidth: '360px' },
  head: { position: 'sticky', top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground1 },
  end: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, padding: tokens.spacingVerticalM },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** On a small window, and beside the details, there is room for less. */
const small = '@media (max-width: 1100px)';
const useColumns = makeStyles({
  seq: { width: '76px', [small]: { width: '58px' } },
  at: { width: '186px', [small]: { width: '112px' } },
  what: { width: '170px', [small]: { width: '124px' } },
  whom: { width: '24%' },
  why: {},
  who: { width: '110px', [small]: { width: '76px' } },
});
const useNarrowColumns = makeStyles({
  seq: {},
  at: { width: '132px' },
  what: { width: '124px', [small]: { width: '96px' } },
  whom: {},
  why: {},
  who: {},
});

export function EntryTable(props: {
  readonly filter: JournalFilter;
  /** Number after the newest entry that is shown. */
  readonly top: number;
  readonly total: number;
  readonly chosen: JournalEntry | null;
  readonly onChoose: (entry: JournalEntry) => void;
}): ReactElement {
  const styles = useStyles();
  const columns = useColumns();
  useTick(30_000);
  const narrowColumns = useNarrowColumns();
  const { t } = useTranslation('journal');
  const { filter, top, chosen } = props;
  const [starts, setStarts] = useState<readonly number[]>([top]);
  const [pages, setPages] = useState<Readonly<Record<number, Page>>>({});
  const [focused, setFocused] = useState<number | null>(null);
  const onPage = useCallback((before: number, page: Page) => setPages((known) => ({ ...known, [before]: page })), []);
  const rows = starts.flatMap((start) => pages[start]?.rows ?? []);
  const last = pages[starts.at(-1) ?? top];
  const narrow = chosen !== null;
  const heads = narrow ? (['at', 'what', 'whom'] as const) : (['seq', 'at', 'what', 'whom', 'why', 'who'] as const);

  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const seq = Number((event.target as HTMLElement).closest('[data-seq]')?.getAttribute('data-seq'));
    const at = rows.findIndex((row) => row.seq === seq);
    if (at < 0) return;
    const target = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      const row = rows[at];
      if (row !== undefined) props.onChoose(row);
    } else if (target !== undefined) {
      const row = rows[Math.max(0, Math.min(target, rows.length - 1))];
      if (row === undefined) return;
      event.currentTarget.querySelector<HTMLElement>(`[data-seq="${row.seq}"]`)?.focus();
      // Once the details are open they follow the row.
      if (chosen !== null) props.onChoose(row);
    } else return;
    event.preventDefault();
  };
  const reachable = rows.some((row) => row.seq === focused) ? focused : (rows[0]?.seq ?? null);

  return (
    <div className={styles.box}>
      <Table
        role="grid"
        size="small"
        className={mergeClasses(styles.table, narrow && styles.narrow)}
        aria-label={t('table')}
        onKeyDown={onKey}
        onFocus={(event) => {
          const seq = (event.target as HTMLElement).closest('[data-seq]')?.getAttribute('data-seq');
          if (seq !== null && seq !== undefined) setFocused(Number(seq));
        }}
      >
        <TableHeader className={styles.head}>
          <TableRow>
            {heads.map((head) => (
              <TableHeaderCell key={head} className={(narrow ? narrowColumns : columns)[head]}>
                {t(`column.${head}`)}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        {starts.map((start) => (
          <EntryRows
            key={start}
            filter={filter}
            before={start}
            chosen={chosen?.seq ?? null}
            reachable={reachable}
            narrow={narrow}
            onChoose={props.onChoose}
            onPage={onPage}
          />
        ))}
      </Table>
      <div className={styles.end}>
        {last?.next != null && (
          <Button
            onClick={() => {
              const { next } = last;
              if (next !== null) setStarts([...starts, next]);
            }}
          >
            {t('older')}
          </Button>
        )}
        <Text size={200} className={styles.quiet} role="status">
          {last !== undefined && last.next === null && Object.keys(filter).length === 0
            ? t('start')
            : t('shown', { shown: count(rows.length), total: count(props.total) })}
        </Text>
      </div>
    </div>
  );
}
