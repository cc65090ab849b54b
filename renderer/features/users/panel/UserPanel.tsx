/**
 * One user beside the list: who, how risky and why, what happened, what was noted, and the way to an action. The cache
 * answers at once; what only Entra knows is asked for by hand.
 */
import { Badge, Button, Link, makeStyles, mergeClasses, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { DismissRegular, FlashRegular } from '@fluentui/react-icons';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserDetail } from '../../../../shared/contract/users.ts';
import { useAsk } from '../../../host/ask.ts';
import { go, hrefOf } from '../../../host/navigation.ts';
import { setSelection } from '../../../host/selection.ts';
import { CopyText } from '../../../ui/CopyText.tsx';
import { ErrorState, Loading } from '../../../ui/States.tsx';
import { Detections, EntraHistory, Memberships } from './EntraParts.tsx';
import { Notes } from './Notes.tsx';
import { RiskNow } from './RiskNow.tsx';
import { ScoreExplained } from './ScoreExplained.tsx';
import { Timeline } from './Timeline.tsx';

export const panelId = 'user-panel';

const useStyles = makeStyles({
  panel: {
    width: '400px',
    flexShrink: 0,
    height: '100%',
    boxSizing: 'border-box',
    overflowY: 'auto',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    outlineStyle: 'none',
    '@media (max-width: 1100px)': { width: '340px' },
    '@media (max-width: 720px)': { width: '100%', borderLeft: 'none' },
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  who: { display: 'grid', gap: tokens.spacingVerticalXXS, minWidth: 0, flexGrow: 1 },
  name: { overflowWrap: 'anywhere', margin: 0 },
  line: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minWidth: 0,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  badges: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  body: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  why: { color: tokens.colorNeutralForeground3, width: '100%' },
});

export function UserPanel(props: {
  readonly id: string;
  readonly connection: string;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const panel = useRef<HTMLElement>(null);
  const { id, connection, onClose } = props;
  const detail = useAsk(['users', 'one', connection, id], (api, signal) =>
    api.users.get({ connection, id }, { signal }),
  );
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    // Where the panel hides the list, the focus would be lost with it.
    if (matchMedia('(max-width: 720px)').matches) panel.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target instanceof HTMLInputElement && target.value !== '';
      const ours = target === document.body || target?.closest('main') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && ours && !typing) latest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const user = detail.data?.user;
  const name = user?.displayName ?? user?.userPrincipalName ?? id;

  return (
    <aside ref={panel} id={panelId} tabIndex={-1} className={styles.panel} aria-label={t('panel.label', { name })}>
      <header className={styles.head}>
        <div className={styles.who}>
          <Subtitle1 as="h3" className={styles.name}>
            {name}
          </Subtitle1>
          {user?.userPrincipalName != null && (
            <span className={styles.line}>
              {user.userPrincipalName}
              <CopyText text={user.userPrincipalName} what={t('panel.upn')} />
            </span>
          )}
          <span className={mergeClasses(styles.line, styles.id)}>
            {id}
            <CopyText text={id} what={t('panel.id')} />
          </span>
          <span className={styles.badges}>
            <Badge appearance="outline">{connection}</Badge>
            {user?.isDeleted && (
              <Badge appearance="tint" color="warning">
                {t('badge.deleted')}
              </Badge>
            )}
            {user?.isGuest && (
              <Badge appearance="tint" color="informative">
                {t('badge.guest')}
              </Badge>
            )}
            {user?.isProcessing && (
              <Badge appearance="tint" color="informative">
                {t('badge.processing')}
              </Badge>
            )}
          </span>
        </div>
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={t('panel.close')}
          title={t('panel.closeKey')}
          onClick={onClose}
        />
      </header>
      {detail.data !== undefined ? (
        <Body detail={detail.data} onChanged={() => void detail.refetch()} />
      ) : detail.error !== null ? (
        <ErrorState failure={detail.error} again={() => void detail.refetch()} />
      ) : (
        <Loading lines={8} label={name} />
      )}
    </aside>
  );
}

function Body(props: { readonly detail: UserDetail; readonly onChanged: () => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const { detail } = props;
  const { user } = detail;
  const host = useAsk(['host'], (api) => api.host.info());
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const readOnly =
    host.data?.readOnly ?? (settings.data?.guardrails.readOnly === true ? t('panel.readOnlySetting') : null);
  const plan = () => {
    setSelection(user.connection, [user.id]);
    go('actions', { new: '1' });
  };
  return (
    <div className={styles.body}>
      <div className={styles.actions}>
        <Button appearance="primary" icon={<FlashRegular />} onClick={plan}>
          {t('panel.plan')}
        </Button>
        <Link href={hrefOf('journal', { object: user.id })}>{t('panel.journal')}</Link>
        {readOnly !== null && (
          <Text size={200} className={styles.why}>
            {t('panel.readOnly', { why: readOnly })}
          </Text>
        )}
        {user.isDeleted && (
          <Text size={200} className={styles.why}>
            {t('panel.deleted')}
          </Text>
        )}
      </div>
      <PanelSection title={t('panel.score')}>
        <ScoreExplained detail={detail} />
      </PanelSection>
      <PanelSection title={t('panel.risk')}>
        <RiskNow user={user} />
      </PanelSection>
      <PanelSection title={t('panel.notes')}>
        <Notes user={user} notes={detail.notes} onChanged={props.onChanged} />
      </PanelSection>
      <PanelSection title={t('panel.timeline')}>
        <Timeline detail={detail} />
        <EntraHistory user={user} />
        <Detections user={user} />
      </PanelSection>
      <PanelSection title={t('panel.memberships')}>
        <Memberships user={user} />
      </PanelSection>
    </div>
  );
}

const useSectionStyles = makeStyles({
  section: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
});

function PanelSection(props: { readonly title: string; readonly children: ReactNode }): ReactElement {
  const styles = useSectionStyles();
  return (
    <section className={styles.section} aria-label={props.title}>
      <Text as="h4" weight="semibold" style={{ margin: 0 }}>
        {props.title}
      </Text>
      {props.children}
    </section>
  );
}
