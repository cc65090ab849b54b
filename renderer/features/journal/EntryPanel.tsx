/** All that one entry holds: exact times, whom, before and after field by field, Graph's request id, the hash. */
import { Button, Link, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../../shared/model/journalEntry.ts';
import { hrefOf } from '../../host/navigation.ts';
import { CopyText } from '../../ui/CopyText.tsx';
import { Changes } from './Changes.tsx';
import { planOf, pretty } from './reading.ts';
import { useEventWord } from './words.ts';

const useStyles = makeStyles({
  panel: {
    width: '440px',
    maxWidth: '50%',
    flexShrink: 0,
    overflowY: 'auto',
    boxSizing: 'border-box',
    borderLeft: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    padding: tokens.spacingHorizontalL,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  head: { display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: tokens.spacingHorizontalS },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    overflowWrap: 'anywhere',
    fontVariantNumeric: 'tabular-nums',
  },
  term: { color: tokens.colorNeutralForeground3 },
  fact: { margin: 0, display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  raw: {
    margin: 0,
    padding: tokens.spacingHorizontalS,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  own: { alignSelf: 'flex-start' },
});

export function EntryPanel(props: { readonly entry: JournalEntry; readonly onClose: () => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('journal');
  const word = useEventWord();
  const [raw, setRaw] = useState(false);
  const { entry } = props;
  const { runId, objectId, connection } = entry;
  const planId = planOf(entry);
  const fact = (name: string, value: ReactNode) => [
    <dt key={`${name}-name`} className={styles.term}>
      {t(`panel.${name}`)}
    </dt>,
    <dd key={name} className={styles.fact}>
      {value}
    </dd>,
  ];
  const id = (name: string, text: string) => (
    <>
      <span className={styles.mono}>{text}</span>
      <CopyText text={text} what={t(`panel.${name}`)} />
    </>
  );
  return (
    <aside className={styles.panel} aria-label={t('panel.label', { seq: entry.seq })}>
      <div className={styles.head}>
        <div>
          <Subtitle2 as="h3" block className={styles.title}>
            {word(entry.event)}
          </Subtitle2>
          <Text size={200} className={styles.quiet}>
            {t('panel.title', { seq: entry.seq })} · <span className={styles.mono}>{entry.event}</span>
          </Text>
        </div>
        <Button appearance="subtle" icon={<DismissRegular />} aria-label={t('panel.close')} onClick={props.onClose} />
      </div>
      <dl className={styles.facts}>
        {fact('utc', entry.at.replace('T', ' ').replace('Z', ''))}
        {fact('local', entry.localTime.replace('T', ' '))}
        {fact('who', entry.who)}
        {connection !== null && fact('connection', connection)}
        {entry.whom !== null && fact('whom', entry.whom)}
        {objectId !== null &&
          fact(
            'objectId',
            <>
              {id('objectId', objectId)}
              {connection !== null && (
                <Link href={hrefOf('users', { user: objectId, connection })}>{t('panel.openUser')}</Link>
              )}
              <Link href={hrefOf('journal', { object: objectId })}>{t('panel.onlyUser')}</Link>
            </>,
          )}
        {runId !== null &&
          fact(
            'run',
            <>
              {id('run', runId)}
              <Link href={hrefOf('actions', { run: runId })}>{t('panel.openRun')}</Link>
              <Link href={hrefOf('journal', { run: runId })}>{t('panel.onlyRun')}</Link>
            </>,
          )}
        {planId !== null && fact('plan', <Link href={hrefOf('actions', { plan: planId })}>{t('panel.openPlan')}</Link>)}
        {entry.requestId !== null && fact('requestId', id('requestId', entry.requestId))}
        {entry.httpStatus !== null && fact('status', entry.httpStatus)}
      </dl>
      <Changes entry={entry} />
      {entry.detail !== null && (
        <>
          <Text weight="semibold">{t('panel.detail')}</Text>
          <pre className={styles.raw}>{pretty(entry.detail)}</pre>
        </>
      )}
      <dl className={styles.facts}>{fact('hash', id('hash', entry.hash))}</dl>
      {(entry.before !== null || entry.after !== null) && (
        <Button className={styles.own} size="small" aria-expanded={raw} onClick={() => setRaw(!raw)}>
          {t(raw ? 'panel.hideRaw' : 'panel.showRaw')}
        </Button>
      )}
      {raw &&
        (['before', 'after'] as const).map((side) => {
          const text = entry[side];
          return text === null ? null : (
            <div key={side}>
              <Text size={200} className={styles.quiet}>
                {t(`panel.${side}`)}
              </Text>
              <pre className={styles.raw}>{pretty(text)}</pre>
            </div>
          );
        })}
    </aside>
  );
}
