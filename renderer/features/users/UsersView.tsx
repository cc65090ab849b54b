/** The users: numbers, filters, the grid, and a panel beside it. Everything it shows comes from the cache. */
import {
  Button,
  Link,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  Title3,
  tokens,
} from '@fluentui/react-components';
import { PlugConnectedRegular } from '@fluentui/react-icons';
import { type ReactElement, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskyUser } from '../../../shared/model/riskyUser.ts';
import type { UserSortField } from '../../../shared/model/userSort.ts';
import { useAsk } from '../../host/ask.ts';
import { useLink } from '../../host/client.ts';
import { go, hrefOf, usePlace } from '../../host/navigation.ts';
import { useScope } from '../../host/scope.ts';
import { writeClipboard } from '../../ui/clipboard.ts';
import { EmptyState, ErrorState, Loading } from '../../ui/States.tsx';
import { useLate } from '../../ui/useLate.ts';
import { VirtualGrid } from '../../ui/VirtualGrid.tsx';
import { usePages } from '../../ui/VirtualGridPages.ts';
import { FilterBar } from './filter/FilterBar.tsx';
import { SavedViews } from './filter/SavedViews.tsx';
import { filterOf, isNarrowed, readPlace, type UserPlace, writePlace } from './filter/userPlace.ts';
import { ColumnMenu } from './grid/ColumnMenu.tsx';
import { asTsv } from './grid/copy.ts';
import { ExportMenu } from './grid/ExportMenu.tsx';
import { Headline } from './grid/Headline.tsx';
import { isPicked, keyOf, listIs, usePicked } from './grid/picked.ts';
import { SelectionBar } from './grid/SelectionBar.tsx';
import { StatusLine } from './grid/StatusLine.tsx';
import { useNews } from './grid/useNews.ts';
import { usePicking } from './grid/usePicking.ts';
import { defaultColumns, userColumns } from './grid/userColumns.tsx';
import { useColumnChoice } from './local.ts';
import { Nothing } from './Nothing.tsx';
import { panelId, UserPanel } from './panel/UserPanel.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', height: '100%', minWidth: 0 },
  list: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalS}`,
  },
  title: { margin: 0 },
  end: { marginLeft: 'auto', display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  notice: { margin: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalS}`, width: 'auto', flexShrink: 0 },
  grid: {
    flexGrow: 1,
    minHeight: '120px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflow: 'hidden',
  },
  /** Rows of the list before, while those of this one are on their way. */
  old: { opacity: 0.55 },
  /** Where there is no room for both, the panel has it all; Esc or its button goes back to the list. */
  behind: { '@media (max-width: 720px)': { display: 'none' } },
});

export function UsersView(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const params = usePlace((state) => state.params);
  const scope = useScope((state) => state.connection);
  const place = useMemo(() => readPlace(params), [params]);
  const filter = useMemo(() => filterOf(place, scope), [place, scope]);
  const list = useMemo(() => ({ filter, sort: place.sort }), [filter, place.sort]);
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const pages = usePages<RiskyUser>(['users', 'list', filter, place.sort], (api, { signal, ...page }) =>
    api.users.list({ filter, sort: place.sort, ...page }, { signal }),
  );
  const { total, rowAt, shown, again } = pages;
  const news = useNews(place.connection ?? scope, pages.readAt, total ?? 0, again);
  const picked = usePicked((state) => state.picked);
  const lost = useLink((state) => state.state === 'lost');
  const late = useLate(pages.stale, 500);
  const filterText = JSON.stringify(filter);
  const picking = usePicking(list, filterText, total ?? 0, rowAt);
  useEffect(() => {
    if (total !== null && !pages.stale) listIs(filterText, total);
  }, [filterText, total, pages.stale]);

  const onPlace = useCallback((next: Partial<UserPlace>, typing = false) => {
    const before = readPlace(usePlace.getState().params);
    go('users', writePlace({ ...before, ...next }), { replace: typing });
  }, []);
  const several = (connections.data?.length ?? 0) > 1 && scope === null && place.connection === null;
  const columns = useMemo(() => {
    const titled = userColumns(t).map((column) => ({
      ...column,
      title: t(`column.${column.id}`),
      hint: t(`columnHint.${column.id}`),
    }));
    return titled;
  }, [t]);
  const [choice, setChoice] = useColumnChoice();
  const shownColumns = useMemo(() => {
    const ids: readonly string[] = choice.shown ?? defaultColumns(several);
    return columns.filter(({ id }) => ids.includes(id));
  }, [columns, choice.shown, several]);
  const density = settings.data?.window.density ?? 'comfortable';

  const copy = async (users: readonly RiskyUser[]) => writeClipboard(asTsv(shownColumns, users));
  const open = (user: RiskyUser, replace = false) => {
    if (place.user?.id === user.id && !replace) document.getElementById(panelId)?.focus();
    else onPlace({ user: { id: user.id, connection: user.connection } }, replace);
  };
  const follow = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const onActive = (user: RiskyUser) => {
    if (place.user === null) return;
    clearTimeout(follow.current);
    follow.current = setTimeout(() => open(user, true), 150);
  };
  useEffect(() => () => clearTimeout(follow.current), []);
  const panelOf = place.user === null ? null : (place.user.connection ?? scope ?? connections.data?.[0]?.name ?? null);
  const close = () => {
    clearTimeout(follow.current);
    onPlace({ user: null }, true);
    document.querySelector<HTMLElement>('main [role="grid"]')?.focus();
  };

  if (connections.data?.length === 0) {
    return (
      <EmptyState
        icon={<PlugConnectedRegular />}
        title={t('firstUse.title')}
        text={t('firstUse.text')}
        action={
          <Button as="a" appearance="primary" href={hrefOf('connections', { new: '1' })}>
            {t('firstUse.action')}
          </Button>
        }
      />
    );
  }
  if (pages.failure !== null && total === null && place.problems.length === 0) {
    return <ErrorState failure={pages.failure} again={again} />;
  }
  return (
    <div className={styles.view}>
      <div className={mergeClasses(styles.list, place.user !== null && styles.behind)}>
        <div className={styles.head}>
          <Title3 as="h2" className={styles.title}>
            {t('title')}
          </Title3>
          <Headline
            total={isNarrowed(place) && !pages.stale ? total : null}
            counting={isNarrowed(place) && late}
            connection={place.connection ?? scope}
            own={place.connection}
            mark={news.mark}
            syncing={news.states.some(({ running }) => running !== null)}
          />
          <div className={styles.end}>
            <SavedViews place={place} />
            <ColumnMenu
              all={columns}
              shown={shownColumns.map(({ id }) => id)}
              density={density}
              onShown={(ids) =>
                setChoice({ shown: ids === null ? null : [...ids], widths: ids === null ? {} : choice.widths })
              }
            />
            <ExportMenu list={list} total={total ?? 0} onSaid={picking.say} />
          </div>
        </div>
        <FilterBar place={place} onPlace={onPlace} />
        {place.problems.length > 0 && (
          <MessageBar className={styles.notice} intent="warning">
            <MessageBarBody>
              {t('broken.text', { why: place.problems[0]?.message, cure: place.problems[0]?.cure })}{' '}
              <Link as="button" onClick={() => onPlace({ parts: [], problems: [] })}>
                {t('broken.remove')}
              </Link>
            </MessageBarBody>
          </MessageBar>
        )}
        {pages.failure !== null && total !== null && (
          <MessageBar className={styles.notice} intent="error">
            <MessageBarBody>
              {t('kept', { message: pages.failure.message })}{' '}
              <Link as="button" onClick={again}>
                {t('again')}
              </Link>
            </MessageBarBody>
          </MessageBar>
        )}
        {lost && pages.stale && total !== null && (
          <MessageBar className={styles.notice} intent="warning">
            <MessageBarBody>{t('keptLost')}</MessageBarBody>
          </MessageBar>
        )}
        <div className={mergeClasses(styles.grid, late && styles.old)} aria-busy={late || undefined}>
          {total === null ? (
            <Loading lines={12} label={t('title')} />
          ) : total === 0 && !pages.stale ? (
            <Nothing place={place} syncing={news.states.some(({ running }) => running !== null)} onPlace={onPlace} />
          ) : (
            <VirtualGrid
              label={t('title')}
              columns={shownColumns}
              widths={choice.widths}
              total={total}
              rowAt={rowAt}
              rowHeight={density === 'compact' ? 30 : 40}
              list={shown}
              sort={{ column: place.sort.field, direction: place.sort.direction }}
              isPicked={(user) => isPicked(picked, user)}
              isOpen={(user) =>
                place.user !== null && keyOf(user) === keyOf({ id: place.user.id, connection: panelOf ?? '' })
              }
              selectAll={picking.selectAll}
              onSort={({ column, direction }) => onPlace({ sort: { field: column as UserSortField, direction } })}
              onWidth={(column, width) => setChoice({ ...choice, widths: { ...choice.widths, [column]: width } })}
              onPick={picking.onPick}
              onOpen={(user) => open(user)}
              onActive={onActive}
              onCopy={(user) => void picking.onCopy(user, copy)}
              onType={(text) => {
                onPlace({ search: text }, true);
                document.querySelector<HTMLElement>('main input[data-search]')?.focus();
              }}
              onSee={pages.see}
            />
          )}
        </div>
        <StatusLine changed={news.changed} again={again} said={picking.said} />
        <SelectionBar
          list={list}
          total={total ?? 0}
          allPicked={picked.mode === 'all' && picked.except.size === 0}
          onAll={() => picking.onPick({ kind: 'all' })}
          onCopy={copy}
        />
      </div>
      {place.user !== null && panelOf !== null && (
        <UserPanel
          key={keyOf({ id: place.user.id, connection: panelOf })}
          id={place.user.id}
          connection={panelOf}
          onClose={close}
        />
      )}
    </div>
  );
}
