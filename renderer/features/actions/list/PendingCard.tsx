/** One automatic plan: what would be done to whom, the rule in words, its age, and the two decisions. */
import { Badge, Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomaticPlan } from '../../../../shared/model/schedule.ts';
import type { RuleQuery } from '../../../../shared/rules/schema.ts';
import { go } from '../../../host/navigation.ts';
import { ago, count, exactTime } from '../../../ui/format.ts';
import { describeQuery } from '../../../ui/words.ts';
import { usePage } from '../parts/page.ts';
import { useWords } from '../words.ts';

const useStyles = makeStyles({
  waiting: { borderLeft: `${tokens.strokeWidthThickest} solid ${tokens.colorBrandStroke1}` },
  text: { overflowWrap: 'anywhere' },
});

export function PendingCard(props: {
  readonly plan: AutomaticPlan;
  /** Of the plan's rule; null when it is gone. */
  readonly query: RuleQuery | null;
  readonly onReject: () => void;
}): ReactElement {
  const page = usePage();
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const words = useWords();
  const { plan } = props;
  const { act } = plan.counts;
  const waits = plan.state === 'waiting';
  const more = act - plan.first.length;
  const sentence = props.query === null ? plan.sentence : describeQuery(props.query);
  const id = `pending-${plan.planId}`;
  return (
    <article className={mergeClasses(page.card, waits && styles.waiting)} aria-labelledby={id} data-plan={plan.planId}>
      <div className={page.row}>
        <Text as="h4" id={id} weight="semibold" className={page.title}>
          {words.doing(plan, act)}
        </Text>
        <Badge appearance="tint" color={waits ? 'brand' : 'informative'}>
          {t(waits ? (plan.need === 'cap' ? 'pending.aboveCap' : 'pending.waits') : 'pending.queued')}
        </Badge>
      </div>
      <Text className={styles.text}>
        {t('pending.who', {
          names: plan.first
            .map(({ displayName, userPrincipalName }) => displayName ?? userPrincipalName ?? t('unnamed'))
            .join(', '),
        })}
        {more > 0 && ` ${t('pending.more', { count: more, n: count(more) })}`}
      </Text>
      <Text size={200} className={mergeClasses(page.quiet, styles.text)}>
        {[
          plan.action,
          plan.connection,
          sentence === null ? null : t('pending.rule', { rule: plan.rule ?? '', sentence }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </Text>
      <Text size={200} className={page.quiet}>
        <span title={exactTime(plan.plannedAt)}>{t('pending.planned', { when: ago(plan.plannedAt) })}</span>
        {plan.checkedAt !== plan.plannedAt && (
          <span title={exactTime(plan.checkedAt)}> · {t('pending.stillRight', { when: ago(plan.checkedAt) })}</span>
        )}
        <span title={exactTime(plan.expiresAt)}> · {t('pending.expires', { when: ago(plan.expiresAt) })}</span>
        {plan.state === 'queued' && plan.decidedBy !== null && ` · ${t('pending.approvedBy', { who: plan.decidedBy })}`}
        {plan.need === 'cap' && waits && ` · ${t('pending.capText', { cap: count(plan.cap) })}`}
      </Text>
      <div className={page.row}>
        <Button
          appearance={waits ? 'primary' : 'secondary'}
          aria-describedby={id}
          onClick={() => go('actions', { plan: plan.planId })}
        >
          {t('pending.review')}
        </Button>
        <Button aria-describedby={id} onClick={props.onReject}>
          {t('pending.reject')}
        </Button>
      </div>
    </article>
  );
}
