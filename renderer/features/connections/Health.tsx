/** One word, one icon and one hue for how a connection is. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkCircleFilled,
  CircleRegular,
  ErrorCircleFilled,
  PersonRegular,
  StopRegular,
  WarningFilled,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import type { SyncState } from '../../../shared/model/sync.ts';

export type HealthWord =
  | 'syncing'
  | 'stopped'
  | 'noSecret'
  | 'signIn'
  | 'signInAgain'
  | 'never'
  | 'complete'
  | 'incomplete'
  | 'failed';

export function healthOf(connection: Connection, state: SyncState | null): HealthWord {
  if (connection.credential.place === 'none') return 'noSecret';
  if (connection.signIn?.needed) return connection.signIn.account === null ? 'signIn' : 'signInAgain';
  if (state?.running) return 'syncing';
  if (!state?.last) return 'never';
  if (state.last.complete) return 'complete';
  if (state.last.errorCode === 'cancelled') return 'stopped';
  return ['auth-failed', 'permission-missing', 'licence-missing'].includes(state.last.errorCode ?? '')
    ? 'failed'
    : 'incomplete';
}

const icons = {
  syncing: ArrowSyncRegular,
  noSecret: ErrorCircleFilled,
  signIn: PersonRegular,
  signInAgain: WarningFilled,
  never: CircleRegular,
  complete: CheckmarkCircleFilled,
  incomplete: WarningFilled,
  failed: ErrorCircleFilled,
  stopped: StopRegular,
} as const;

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, whiteSpace: 'nowrap' },
  icon: { fontSize: '16px', flexShrink: 0 },
  syncing: { color: tokens.colorBrandForeground1 },
  noSecret: { color: tokens.colorStatusDangerForeground1 },
  signIn: { color: tokens.colorBrandForeground1 },
  signInAgain: { color: tokens.colorStatusWarningForeground3 },
  never: { color: tokens.colorNeutralForeground3 },
  complete: { color: tokens.colorStatusSuccessForeground1 },
  incomplete: { color: tokens.colorStatusWarningForeground3 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  stopped: { color: tokens.colorNeutralForeground3 },
});

export function Health(props: { readonly word: HealthWord }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const Icon = icons[props.word];
  return (
    <span className={styles.mark}>
      <Icon className={mergeClasses(styles.icon, styles[props.word])} aria-hidden />
      {t(`health.${props.word}`)}
    </span>
  );
}
