/** What is picked and what can be done with it. Stands below the grid, so that no row moves when it comes. */
import {
  Button,
  Link,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownloadRegular, CopyRegular, DismissRegular, FlashRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostByHand } from '../../../../shared/contract/base.ts';
import { asCsv } from '../../../../shared/model/exportText.ts';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { userSortFields } from '../../../../shared/model/userSort.ts';
import { toFailure } from '../../../host/failure.ts';
import { saveText } from '../../../host/files.ts';
import { go } from '../../../host/navigation.ts';
import { setSelection } from '../../../host/selection.ts';
import { count } from '../../../ui/format.ts';
import { InView } from '../../../ui/InView.tsx';
import { exportName } from './exportName.ts';
import { type IdsByConnection, type List, readAllRows, readIds, readRows } from './gather.ts';
import { countPicked, pickNone, usePicked } from './picked.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  said: { color: tokens.colorNeutralForeground2 },
  end: { marginLeft: 'auto' },
});

export function SelectionBar(props: {
  readonly list: List;
  readonly total: number;
  readonly allPicked: boolean;
  readonly onAll: () => void;
  readonly onCopy: (users: readonly RiskyUser[]) => Promise<void>;
}): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const picked = usePicked((state) => state.picked);
  const [said, setSaid] = useState<string | null>(null);
  const [several, setSeveral] = useState<IdsByConnection | null>(null);
  const running = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  const users = countPicked(picked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said belongs to what was picked then.
  useEffect(() => {
    setSaid(null);
    setSeveral(null);
  }, [picked]);
  useEffect(() => () => running.current?.abort(), []);
  if (users === 0) return null;

  const work = async (job: (signal: AbortSignal, onRead: (read: number) => void) => Promise<string | null>) => {
    const stop = new AbortController();
    running.current = stop;
    setBusy(true);
    try {
      setSaid(await job(stop.signal, (read) => setSaid(t('pick.reading', { read: count(read), users: count(users) }))));
    } catch (error) {
      if (stop.signal.aborted) return setSaid(t('pick.stopped'));
      const { message, cure } = toFailure(error);
      setSaid([message, cure].filter(Boolean).join(' '));
    } finally {
      setBusy(false);
    }
  };
  const plan = (connection: string, ids: readonly string[]) => {
    setSelection(connection, ids);
    go('actions', { new: '1' });
  };
  const onPlan = () =>
    work(async (signal) => {
      const groups = await readIds(picked, props.list, signal);
      const [only, another] = groups;
      if (only === undefined) return t('pick.gone');
      if (another === undefined) plan(...only);
      else setSeveral(groups);
      return another === undefined ? null : t('pick.several');
    });
  const onCopy = () =>
    work(async (signal, onRead) => {
      const rows = await readAllRows(picked, props.list, { signal, onRead });
      await props.onCopy(rows);
      return t('pick.copied', { count: rows.length, users: count(rows.length) });
    });
  const onExport = () =>
    work(async (signal, onRead) => {
      const rows = readRows(picked, props.list, { signal, onRead });
      const records = await saveText(exportName('csv'), 'text/csv', asCsv(userSortFields, rows));
      return t('export.done', { count: records, users: count(records) });
    });

  return (
    <section className={styles.bar} aria-label={t('pick.label')}>
      <Text weight="semibold">{t('pick.count', { count: users, users: count(users) })}</Text>
      {!props.allPicked && props.total > users && (
        <Link as="button" onClick={props.onAll}>
          {t('pick.all', { users: count(props.total) })}
        </Link>
      )}
      {users > mostByHand ? (
        <Text className={styles.said}>{t('pick.tooMany', { most: count(mostByHand) })}</Text>
      ) : several === null ? (
        <Button
          size="small"
          appearance="primary"
          icon={<FlashRegular />}
          disabledFocusable={busy}
          onClick={() => void onPlan()}
        >
          {t('pick.plan')}
        </Button>
      ) : (
        <InView>
          <Menu defaultOpen>
            <MenuTrigger disableButtonEnhancement>
              <Button size="small" appearance="primary" icon={<FlashRegular />}>
                {t('pick.planWhere')}
              </Button>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {[...several].map(([connection, ids]) => (
                  <MenuItem key={connection} onClick={() => plan(connection, ids)}>
                    {t('pick.where', { connection, users: count(ids.length) })}
                  </MenuItem>
                ))}
              </MenuList>
            </MenuPopover>
          </Menu>
        </InView>
      )}
      <Button size="small" icon={<CopyRegular />} disabledFocusable={busy} onClick={() => void onCopy()}>
        {t('pick.copy')}
      </Button>
      <Button size="small" icon={<ArrowDownloadRegular />} disabledFocusable={busy} onClick={() => void onExport()}>
        {t('pick.export')}
      </Button>
      <Text className={styles.said} role="status">
        {said}
      </Text>
      {busy && (
        <Button size="small" onClick={() => running.current?.abort()}>
          {t('pick.stop')}
        </Button>
      )}
      <Button className={styles.end} size="small" appearance="subtle" icon={<DismissRegular />} onClick={pickNone}>
        {t('pick.none')}
      </Button>
    </section>
  );
}
