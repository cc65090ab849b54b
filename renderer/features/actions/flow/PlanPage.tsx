/** First step of a saved action: for which days, then the plan. */
import {
  Button,
  Field,
  Input,
  Link,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Radio,
  RadioGroup,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../../../shared/model/action.ts';
import { useAsk, useTell } from '../../../host/ask.ts';
import { go, hrefOf } from '../../../host/navigation.ts';
import { count } from '../../../ui/format.ts';
import { EmptyState, ErrorState, Loading } from '../../../ui/States.tsx';
import { isVerdict, Verdicts } from '../form/Verdicts.tsx';
import { Crumbs } from '../parts/Crumbs.tsx';
import { GroupMark } from '../parts/marks.tsx';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';
import { ReadOnlyNote } from '../parts/ReadOnlyNote.tsx';
import { groupName } from '../words.ts';
import { StepRow } from './StepRow.tsx';
import { usersOfRule } from './usersOfRule.ts';

export function PlanPage(props: { readonly name: string }): ReactElement {
  const { t } = useTranslation('actions');
  const actions = useAsk(['actions'], (api) => api.actions.list());
  if (actions.data === undefined) {
    return actions.error === null ? <Loading label={t('plan.title')} /> : <ErrorState failure={actions.error} />;
  }
  const action = actions.data.find((one) => one.name.toLowerCase() === props.name.toLowerCase());
  if (action === undefined) {
    return (
      <EmptyState
        title={t('form.gone', { name: props.name })}
        text=""
        action={<Button onClick={() => go('actions')}>{t('form.goneDo')}</Button>}
      />
    );
  }
  return <Choose action={action} />;
}

const useStyles = makeStyles({
  box: { maxWidth: '640px' },
  days: { maxWidth: '140px', marginLeft: tokens.spacingHorizontalXXL },
});

const ranges = ['all', '1', '7', '30'] as const;

function Choose(props: { readonly action: Action }): ReactElement {
  const page = usePage();
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { action } = props;
  const [range, setRange] = useState<string>('all');
  const [typed, setTyped] = useState('14');
  const text = range === 'custom' ? typed.trim() : range;
  const wanted = Number(text);
  const bad = range !== 'all' && !(text !== '' && wanted > 0 && wanted <= 36_500);
  const days = range === 'all' || bad ? null : wanted;
  const { rule, connection } = action;
  const matching = useAsk(
    ['users', 'count', connection, rule, days],
    (api) => api.users.count({ filter: { rule, connection, days } }),
    { enabled: rule !== '' && !bad },
  );
  const make = useTell((api, name: string) => api.actions.plan({ name, days }), ['plans', 'journal', 'actions']);
  const edit = () => go('actions', { action: action.name, edit: '1' });
  const groupGone = action.group?.mode === 'existing' && action.group.deleted;
  return (
    <div className={page.page}>
      <Crumbs title={action.name}>
        <Text className={page.quiet}>
          {t(`kind.${action.kind}.name`)}
          {action.group !== null && (
            <>
              {': '}
              <GroupMark group={action.group} />
            </>
          )}{' '}
          · {t('review.rule', { rule })} · {connection} ·{' '}
          <Link href={hrefOf('actions', { action: action.name, edit: '1' })}>{t('plan.edit')}</Link>
        </Text>
      </Crumbs>
      <StepRow now="plan" />
      <ReadOnlyNote />
      {isVerdict(action.kind) && <Verdicts kind={action.kind} />}
      <section className={`${page.card} ${styles.box}`} aria-label={t('plan.title')}>
        <Text as="h3" weight="semibold" size={400} className={page.title}>
          {t('plan.title')}
        </Text>
        <Text className={page.quiet}>{t('plan.text')}</Text>
        <Field label={t('plan.range')}>
          <RadioGroup value={range} onChange={(_, { value }) => setRange(value)}>
            {ranges.map((one) => (
              <Radio
                key={one}
                value={one}
                label={one === 'all' ? t('plan.all') : t('plan.days', { count: Number(one), n: one })}
              />
            ))}
            <Radio value="custom" label={t('plan.custom')} />
          </RadioGroup>
        </Field>
        {range === 'custom' && (
          <Field
            className={styles.days}
            label={t('plan.customLabel')}
            validationMessage={bad ? t('plan.bad') : null}
            validationState={bad ? 'error' : 'none'}
          >
            <Input value={typed} inputMode="decimal" onChange={(_, { value }) => setTyped(value)} />
          </Field>
        )}
        <Text role="status">
          {matching.data !== undefined && !bad && (
            <>
              {t('plan.matching', { count: matching.data.total, n: count(matching.data.total) })} ·{' '}
              <Link href={usersOfRule({ rule, connection, days })}>{t('plan.open')}</Link>
            </>
          )}
        </Text>
        {groupGone && make.error === null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{t('plan.groupDeleted', { name: groupName(action.group) })}</MessageBarBody>
            <MessageBarActions>
              <Button size="small" onClick={edit}>
                {t('plan.chooseGroup')}
              </Button>
            </MessageBarActions>
          </MessageBar>
        )}
        <Problem
          failure={make.error}
          {...(make.error?.field === 'group' ? { action: { word: t('plan.chooseGroup'), run: edit } } : {})}
        />
        <div className={page.row}>
          <Button
            appearance="primary"
            disabledFocusable={bad || make.isPending}
            onClick={() => make.mutate(action.name, { onSuccess: (head) => go('actions', { plan: head.planId }) })}
          >
            {t('plan.make')}
          </Button>
          {make.isPending && <Spinner size="tiny" label={t('plan.making')} />}
        </div>
      </section>
    </div>
  );
}
