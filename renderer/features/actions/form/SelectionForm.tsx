/** What to do with users picked by hand: the kind and the group, then straight to the plan. */
import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ActionKind, needsGroup } from '../../../../shared/model/action.ts';
import { useTell } from '../../../host/ask.ts';
import { go } from '../../../host/navigation.ts';
import { useSelection } from '../../../host/selection.ts';
import { count } from '../../../ui/format.ts';
import { StepRow } from '../flow/StepRow.tsx';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';
import { ReadOnlyNote } from '../parts/ReadOnlyNote.tsx';
import { draftOf, GroupPicker, targetOf } from './GroupPicker.tsx';
import { KindChooser } from './KindChooser.tsx';

const most = 100_000;

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '980px' },
});

export function SelectionForm(): ReactElement {
  const page = usePage();
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { connection, ids } = useSelection();
  const [kind, setKind] = useState<ActionKind | null>(null);
  const [draft, setDraft] = useState(() => draftOf(null));
  const [strict, setStrict] = useState(false);
  const grouped = kind !== null && needsGroup(kind);
  const group = grouped ? targetOf(kind === 'remove-from-group' ? { ...draft, mode: 'existing' } : draft) : null;
  const ready = kind !== null && (!grouped || group !== null) && ids.length <= most;
  const plan = useTell(
    (api, wanted: { readonly connection: string; readonly kind: ActionKind }) =>
      api.actions.planSelection({ ...wanted, group, ids: [...ids] }),
    ['plans', 'journal', 'actions'],
  );
  const submit = () => {
    setStrict(true);
    if (!ready || connection === null || plan.isPending) return;
    plan.mutate({ connection, kind }, { onSuccess: (head) => go('actions', { plan: head.planId }) });
  };
  const missing = kind === null ? 'form.kindMissing' : draft.mode === 'create' ? 'picker.newMissing' : 'picker.missing';
  return (
    <div className={page.page}>
      <Crumbs title={t('form.selectionTitle', { count: ids.length, n: count(ids.length) })}>
        <Text className={page.quiet}>
          {t('form.selectionText', { connection })}{' '}
          <Link as="button" onClick={() => history.back()}>
            {t('form.selectionUsers')}
          </Link>
          {' · '}
          <Link as="button" onClick={() => go('actions', { new: '1', from: 'rule' }, { replace: true })}>
            {t('form.insteadRuleDo')}
          </Link>
        </Text>
      </Crumbs>
      <StepRow now="plan" />
      <ReadOnlyNote />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <KindChooser kind={kind} onChoose={setKind} problem={strict && kind === null ? t('form.kindMissing') : null} />
        {grouped && connection !== null && (
          <GroupPicker connection={connection} kind={kind} draft={draft} onDraft={setDraft} strict={strict} />
        )}
        {ids.length > most && <Text role="alert">{t('form.selectionTooMany')}</Text>}
        <Problem failure={plan.error} />
        {strict && !ready && ids.length <= most && (
          <Text role="alert">
            {t('form.missing')} {t(missing)}
          </Text>
        )}
        <div className={page.row}>
          <Button type="submit" appearance="primary" disabledFocusable={plan.isPending}>
            {t(plan.isPending ? 'form.making' : 'form.makePlan')}
          </Button>
        </div>
      </form>
    </div>
  );
}
