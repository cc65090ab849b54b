/**
 * One page of the log as a table body. Pages are keyed by where they begin and never change: entries are only ever
 * appended, so what was read stays true and nothing moves under the pointer.
 */
import { Badge, makeStyles, mergeClasses, TableBody, TableCell, TableRow, tokens } from '@fluentui/react-components';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalFilter } from '../../../shared/contract/journal.ts';
import type { JournalEntry } from '../../../shared/model/journalEntry.ts';
import { useAsk } from '../../host/ask.ts';
import { ago, count, cutMiddle, exactTime } from '../../ui/format.ts';
import { ErrorState, Loading } from '../../ui/States.tsx';
import { useEventWord, useGist } from './words.ts';

export const pageSize = 100;

const useStyles = makeStyles({
  row: {
    cursor: 'pointer',
    // Not Fluent's own hover, which in high contrast leaves quiet text unreadable.
    ':hover': { backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground1 },
    ':active': { backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground3,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
  },
  figures: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  clock: {
    marginLeft: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground2,
    '@media (max-width: 1100px)': { display: 'none' },
  },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

const alarming: Readonly<Record<string, 'danger' | 'warning'>> = {
  'step.failed': 'danger',
  'step.not-applied': 'danger',
  'run.stopped': 'danger',
  'step.unknown': 'warning',
  'run.interrupted': 'warning',
};

export function EntryRows(props: {
  readonly filter: JournalFilter;
  /** Entries older than this number. */
  readonly before: number;
  readonly chosen: number | null;
  /** The row that Tab reaches. */
  readonly reachable: number | null;
  readonly narrow: boolean;
  readonly onChoose: (entry: JournalEntry) => void;
  readonly onPage: (
    before: number,
    page: { readonly next: number | null; readonly total: number; readonly rows: readonly JournalEntry[] },
  ) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('journal');
  const word = useEventWord();
  const gist = useGist();
  const { filter, before, chosen, narrow, onPage } = props;
  const page = useAsk(['journal', 'page', filter, before], (api) =>
    api.journal.list({ filter, before, limit: pageSize }),
  );
  const { data } = page;
  useEffect(() => {
    if (data !== undefined) onPage(before, data);
  }, [data, before, onPage]);
  if (data === undefined) {
    return (
      <TableBody>
        <TableRow>
          <TableCell colSpan={6}>
            {page.error === null ? (
              <Loading label={t('loadingOlder')} lines={4} />
            ) : (
              <ErrorState failure={page.error} again={() => void page.refetch()} />
            )}
          </TableCell>
        </TableRow>
      </TableBody>
    );
  }
  return (
    <TableBody>
      {data.rows.map((entry) => {
        const alarm = alarming[entry.event];
        return (
          <TableRow
            key={entry.seq}
            data-seq={entry.seq}
            className={mergeClasses(styles.row, chosen === entry.seq && styles.chosen)}
            tabIndex={props.reachable === entry.seq ? 0 : -1}
            aria-selected={chosen === entry.seq}
            onClick={() => props.onChoose(entry)}
          >
            {!narrow && (
              <TableCell className={mergeClasses(styles.figures, styles.quiet)}>{count(entry.seq)}</TableCell>
            )}
            <TableCell className={styles.figures} title={exactTime(entry.at)}>
              {ago(entry.at)}
              {!narrow && <span className={styles.clock}>{entry.localTime.slice(11, 19)}</span>}
            </TableCell>
            <TableCell className={styles.cut} title={word(entry.event)}>
              {alarm === undefined ? (
                word(entry.event)
              ) : (
                <Badge appearance="tint" color={alarm}>
                  {word(entry.event)}
                </Badge>
              )}
            </TableCell>
            <TableCell className={styles.cut} title={entry.whom ?? (narrow ? gist(entry) : undefined)}>
              {entry.whom !== null
                ? cutMiddle(entry.whom, 34)
                : (entry.objectId?.slice(0, 8) ?? (narrow ? gist(entry) : ''))}
            </TableCell>
            {!narrow && (
              <>
                <TableCell className={styles.cut} title={gist(entry)}>
                  {gist(entry)}
                </TableCell>
                <TableCell className={mergeClasses(styles.cut, styles.quiet)}>{entry.who}</TableCell>
              </>
            )}
          </TableRow>
        );
      })}
    </TableBody>
  );
}
