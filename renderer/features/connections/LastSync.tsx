/** What the last sync came to, in full: numbers, times, and what could not be kept. */
import { Link, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import { coreWords } from '../../host/failure.ts';
import { hrefOf } from '../../host/navigation.ts';
import { ago, count, duration, exactTime } from '../../ui/format.ts';
import { SyncProgress } from './SyncProgress.tsx';
import { useSync } from './useSync.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, auto) 1fr',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    margin: 0,
    '& dt': { color: tokens.colorNeutralForeground3 },
    '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' },
  },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
});

export function LastSync(props: { readonly connection: Connection }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { state } = useSync(props.connection.name);
  const last = state?.last ?? null;
  const { scoreRange } = props.connection;
  const facts: readonly (readonly [string, string, string?])[] =
    last === null
      ? []
      : [
          ['ended', ago(last.finishedAt), exactTime(last.finishedAt)],
          ['kind', t(`kindOfSync.${last.kind}`)],
          ['took', duration(last.durationMs / 1_000)],
          ['added', count(last.added)],
          ['changed', count(last.changed)],
          ['gone', count(last.gone)],
          ['skipped', count(last.skipped)],
          ['repaired', count(last.repaired)],
          ['requests', count(last.requests)],
          ['throttled', count(last.throttled)],
          ['watermark', last.watermark === null ? '–' : ago(last.watermark), exactTime(last.watermark)],
        ];
  return (
    <div className={styles.box}>
      {state?.running && <SyncProgress progress={state.running} />}
      {last === null ? (
        <Text>{t('last.none')}</Text>
      ) : (
        <>
          {!last.complete && (
            <MessageBar intent={last.errorCode === 'cancelled' ? 'info' : 'warning'} layout="multiline">
              <MessageBarBody>
                {last.message === null
                  ? `${t('fact.incomplete')} ${t('fact.kept')}`
                  : coreWords(last.errorCode, last.message)}
              </MessageBarBody>
            </MessageBar>
          )}
          <dl className={styles.facts}>
            <dt>{t('last.users')}</dt>
            <dd>
              <Link href={hrefOf('users', { connection: props.connection.name })}>{count(last.users)}</Link>
            </dd>
            {facts.map(([key, value, exact]) => [
              <dt key={`${key}-name`}>{t(`last.${key}`)}</dt>,
              <dd key={key} title={exact}>
                {value}
              </dd>,
            ])}
            <dt>{t('last.keeps')}</dt>
            <dd>
              {t('last.range', { min: scoreRange.min, max: scoreRange.max })}
              {t(scoreRange.unscored ? 'last.andUnscored' : 'last.noUnscored')}
            </dd>
          </dl>
          {last.examples.length > 0 && (
            <div>
              <Text weight="semibold">{t('last.examples')}</Text>
              <ul className={styles.list}>
                {last.examples.map((example) => (
                  <li key={example}>{example}</li>
                ))}
              </ul>
            </div>
          )}
        </>
      )}
    </div>
  );
}
