/** Small badges with one meaning each: where a group stands, how a run stands. Word and shape, never colour alone. */
import { Badge, makeStyles, Tooltip, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupTarget } from '../../../../shared/model/action.ts';
import type { Run, RunState, StepState, VerifyState } from '../../../../shared/model/run.ts';
import { count } from '../../../ui/format.ts';
import { groupName } from '../words.ts';

type Colour = 'informative' | 'success' | 'warning' | 'danger' | 'brand';

const useStyles = makeStyles({
  group: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minWidth: 0,
    flexWrap: 'wrap',
  },
  badge: { whiteSpace: 'nowrap' },
});

export function GroupMark(props: { readonly group: GroupTarget | null }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { group } = props;
  if (group === null) return <span>{t('group.none')}</span>;
  const fresh = group.mode === 'create';
  return (
    <span className={styles.group} title={group.mode === 'existing' ? group.id : undefined}>
      {groupName(group)}
      {(fresh || group.deleted) && (
        <Tooltip relationship="description" content={t(fresh ? 'group.newHelp' : 'group.deletedHelp')}>
          <Badge appearance="tint" color={fresh ? 'informative' : 'danger'}>
            {t(fresh ? 'group.new' : 'group.deleted')}
          </Badge>
        </Tooltip>
      )}
    </span>
  );
}

const runColours: Readonly<Record<RunState, Colour>> = {
  running: 'brand',
  paused: 'warning',
  interrupted: 'warning',
  stopped: 'danger',
  cancelled: 'informative',
  completed: 'success',
};

/** A run that ended with failures says so: "Completed" alone would be half of the truth. */
export function RunStateMark(props: { readonly run: Pick<Run, 'state' | 'counts' | 'total'> }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { state, counts } = props.run;
  const failed = state === 'completed' ? counts.failed : 0;
  const nobody = counts.succeeded + counts.already === 0;
  return (
    <Badge
      className={styles.badge}
      appearance="tint"
      color={failed === 0 ? runColours[state] : nobody ? 'danger' : 'warning'}
    >
      {failed === 0 ? t(`state.${state}`) : t('state.completedFailed', { count: failed, n: count(failed) })}
    </Badge>
  );
}

const outcomeColours: Readonly<Record<StepState, Colour>> = {
  planned: 'informative',
  started: 'brand',
  succeeded: 'success',
  already: 'informative',
  skipped: 'informative',
  failed: 'danger',
  unknown: 'warning',
};

export function OutcomeMark(props: { readonly state: StepState }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  return (
    <Badge className={styles.badge} appearance="tint" color={outcomeColours[props.state]}>
      {t(`outcome.${props.state}`)}
    </Badge>
  );
}

export function VerifyMark(props: { readonly state: VerifyState }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const word = t(`verify.state.${props.state}`);
  if (props.state === 'unverified') return <span>{word}</span>;
  const colour = props.state === 'verified' ? 'success' : props.state === 'pending' ? 'informative' : 'danger';
  return (
    <Badge className={styles.badge} appearance="outline" color={colour}>
      {word}
    </Badge>
  );
}
