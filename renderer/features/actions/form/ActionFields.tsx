/** The fields of a saved action, and saving it. */
import { Button, Dropdown, Field, Input, makeStyles, Option, Switch, Text, tokens } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Action, needsGroup } from '../../../../shared/model/action.ts';
import { useTell } from '../../../host/ask.ts';
import { go } from '../../../host/navigation.ts';
import { count } from '../../../ui/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';
import { type ActionDraft, capOf, type FieldProblems, problemsOf, sentencesOf, startDraft } from './draft.ts';
import { GroupPicker, targetOf } from './GroupPicker.tsx';
import { KindChooser } from './KindChooser.tsx';
import { useKeptDraft } from './kept.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '980px' },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
  },
  short: { maxWidth: '320px' },
});

export function ActionFields(props: {
  readonly present: Action | null;
  readonly rule: string | null;
  readonly actions: readonly Action[];
  readonly rules: readonly string[];
  readonly connections: readonly string[];
  readonly defaultCap: number;
}): ReactElement {
  const styles = useStyles();
  const page = usePage();
  const { t } = useTranslation('actions');
  const { present, actions } = props;
  const { draft, setDraft, forget } = useKeptDraft(present === null ? `new ${props.rule ?? ''}` : `${present.id}`, () =>
    startDraft(present, props.rule, props.rules, props.connections),
  );
  const [strict, setStrict] = useState(false);
  const change = (part: Partial<ActionDraft>) =>
    setDraft((before) => {
      const next = { ...before, ...part };
      if (next.named || next.kind === null) return next;
      return { ...next, name: [t(`kind.${next.kind}.name`), next.rule].filter(Boolean).join(': ').slice(0, 120) };
    });
  const problems = problemsOf(draft, present, actions);
  const wrong = Object.values(problems).some((problem) => problem !== null && problem !== false);
  const save = useTell(
    async (api, _then: 'list' | 'plan') => {
      const name = draft.name.trim();
      const cap = capOf(draft.cap) ?? null;
      const group = draft.kind !== null && needsGroup(draft.kind) ? targetOf(draft.group) : null;
      if (present !== null) {
        return api.actions.update({
          name: present.name,
          change: { name, rule: draft.rule, cap, automatic: draft.automatic, ...(group === null ? {} : { group }) },
        });
      }
      const { rule, connection, kind, automatic } = draft;
      return api.actions.add({ name, rule, connection, kind: kind ?? 'none', group, cap, automatic });
    },
    ['actions', 'schedule', 'journal'],
  );
  const submit = (then: 'list' | 'plan') => {
    setStrict(true);
    if (wrong || save.isPending) return;
    save.mutate(then, {
      onSuccess: (action) => {
        forget();
        go('actions', then === 'plan' ? { action: action.name } : {}, { replace: true });
      },
    });
  };
  // A name that is taken is said at once; what is only missing waits for the first attempt.
  const said = (problem: keyof FieldProblems) => {
    const key = problems[problem];
    return key !== null && (strict || key === 'nameTaken' || key === 'capBad') ? t(`form.${key}`) : null;
  };
  const field = (problem: keyof FieldProblems) => ({
    validationMessage: said(problem),
    validationState: said(problem) === null ? ('none' as const) : ('error' as const),
  });
  const goneRule = present !== null && present.rule !== '' && !props.rules.includes(present.rule);

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit('plan');
      }}
    >
      <div className={styles.fields}>
        <Field
          label={t('form.rule')}
          required
          hint={goneRule ? t('form.ruleUnknown', { name: present.rule }) : t('form.ruleHint')}
          {...field('rule')}
        >
          <Dropdown
            value={draft.rule}
            selectedOptions={draft.rule === '' ? [] : [draft.rule]}
            onOptionSelect={(_, { optionValue }) => change({ rule: optionValue ?? '' })}
          >
            {props.rules.map((rule) => (
              <Option key={rule} value={rule}>
                {rule}
              </Option>
            ))}
          </Dropdown>
        </Field>
        {present === null ? (
          <Field label={t('form.connection')} required {...field('connection')}>
            <Dropdown
              value={draft.connection}
              selectedOptions={draft.connection === '' ? [] : [draft.connection]}
              onOptionSelect={(_, { optionValue }) =>
                change({ connection: optionValue ?? '', group: { ...draft.group, chosen: null } })
              }
            >
              {props.connections.map((connection) => (
                <Option key={connection} value={connection}>
                  {connection}
                </Option>
              ))}
            </Dropdown>
          </Field>
        ) : (
          <Field label={t('form.connection')} hint={t('form.fixed')}>
            <Input readOnly value={draft.connection} />
          </Field>
        )}
      </div>
      {present === null ? (
        <KindChooser kind={draft.kind} onChoose={(kind) => change({ kind })} problem={said('kind')} />
      ) : (
        <Field className={styles.short} label={t('form.kind')} hint={t('form.fixed')}>
          <Input readOnly value={t(`kind.${present.kind}.name`)} />
        </Field>
      )}
      {draft.kind !== null &&
        needsGroup(draft.kind) &&
        (draft.connection === '' ? (
          <Text className={page.quiet}>{t('form.connectionMissing')}</Text>
        ) : (
          <GroupPicker
            connection={draft.connection}
            kind={draft.kind}
            draft={draft.group}
            onDraft={(group) => change({ group })}
            strict={strict}
          />
        ))}
      <div className={styles.fields}>
        <Field label={t('form.name')} required {...field('name')}>
          <Input value={draft.name} maxLength={120} onChange={(_, { value }) => change({ name: value, named: true })} />
        </Field>
        <Field label={t('form.cap')} hint={t('form.capHint', { n: count(props.defaultCap) })} {...field('cap')}>
          <Input value={draft.cap} inputMode="numeric" onChange={(_, { value }) => change({ cap: value })} />
        </Field>
      </div>
      <Field hint={t('automatic.help')}>
        <Switch
          checked={draft.automatic}
          label={t('list.automatic')}
          onChange={(_, { checked }) => change({ automatic: checked })}
        />
      </Field>
      <Problem failure={save.error} />
      {strict && wrong && (
        <Text role="alert">
          {t('form.missing')}{' '}
          {sentencesOf(problems)
            .map((key) => t(key))
            .join(' ')}
        </Text>
      )}
      <div className={page.row}>
        <Button type="submit" appearance="primary" disabledFocusable={save.isPending}>
          {t('form.savePlan')}
        </Button>
        <Button disabledFocusable={save.isPending} onClick={() => submit('list')}>
          {t('form.save')}
        </Button>
        <Button
          appearance="subtle"
          onClick={() => {
            forget();
            history.back();
          }}
        >
          {t('form.cancel')}
        </Button>
      </div>
    </form>
  );
}
