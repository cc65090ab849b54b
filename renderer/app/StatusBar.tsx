/** The status bar always tells the truth: how old the data is, whether it is whole, what runs, what is refused. */
import { Badge, Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../host/ask.ts';
import { useLink } from '../host/client.ts';
import { hrefOf } from '../host/navigation.ts';
import { useOnline } from '../host/online.ts';
import { useScope } from '../host/scope.ts';
import { BudgetPart } from './status/BudgetPart.tsx';
import { JournalPart } from './status/JournalPart.tsx';
import { usePart } from './status/parts.ts';
import { RunPart } from './status/RunPart.tsx';
import { WaitingPlans } from './status/SchedulePart.tsx';
import { SyncPart, useDataWords } from './status/SyncPart.tsx';
import { summarise } from './syncSummary.ts';

const useStyles = makeStyles({
  bar: {
    gridArea: 'status',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `0 ${tokens.spacingHorizontalL}`,
    minHeight: '32px',
    padding: `0 ${tokens.spacingHorizontalL}`,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
  },
  end: { marginLeft: 'auto' },
});

export function StatusBar(): ReactElement {
  const styles = useStyles();
  const part = usePart();
  const { t } = useTranslation('app');
  const link = useLink((state) => state.state);
  const online = useOnline((state) => state.online);
  const scope = useScope((state) => state.connection);
  const syncs = useAsk(['sync', 'all'], (api) => api.sync.state(), { refetchInterval: 1_000 });
  const words = useDataWords();
  const summary = summarise(syncs.data ?? [], scope);
  // What a screen reader hears: what began and what ended, never each page.
  const heard =
    link === 'lost'
      ? t('status.lost')
      : summary.running !== null
        ? t('status.syncBegan')
        : summary.asOf === null
          ? ''
          : words(summary);

  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: outside of any section a footer is the landmark contentinfo
    <footer className={styles.bar} aria-label={t('status.label')}>
      {link === 'lost' && (
        <Badge color="danger" appearance="tint">
          {t('status.lost')}
        </Badge>
      )}
      {syncs.data !== undefined && <SyncPart summary={summary} />}
      <span className={part.heard} role="status">
        {heard}
      </span>
      <RunPart />
      <WaitingPlans />
      {!online && (
        <Badge appearance="tint" color="warning" role="status">
          {t('status.noNetwork')}
        </Badge>
      )}
      <BudgetPart />
      <JournalPart />
      <ReadOnlyPart className={styles.end} />
    </footer>
  );
}

function ReadOnlyPart(props: { readonly className: string }): ReactElement | null {
  const { t } = useTranslation('app');
  const host = useAsk(['host'], (api) => api.host.info());
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const byHost = host.data?.readOnly ?? null;
  if (byHost !== null) {
    return (
      <Badge className={props.className} appearance="outline" title={byHost}>
        {t('status.readOnly')}
      </Badge>
    );
  }
  if (!settings.data?.guardrails.readOnly) return null;
  return (
    <Link
      className={props.className}
      href={hrefOf('settings', { section: 'guardrails' })}
      title={t('status.readOnlySetting')}
    >
      <Badge appearance="outline">{t('status.readOnly')}</Badge>
    </Link>
  );
}
