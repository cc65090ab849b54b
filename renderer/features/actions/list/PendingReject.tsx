/** Rejecting a plan: nothing is sent, and the reason, if one is given, is in the action log. */
import { Button, Field, Text, Textarea } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomaticPlan } from '../../../../shared/model/schedule.ts';
import { useTell } from '../../../host/ask.ts';
import { Modal, ModalActions } from '../../../ui/Modal.tsx';
import { Problem } from '../parts/Problem.tsx';
import { useWords } from '../words.ts';

const longest = 500;

export function RejectDialog(props: { readonly plan: AutomaticPlan; readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation('actions');
  const words = useWords();
  const { plan, onClose } = props;
  const [reason, setReason] = useState('');
  const reject = useTell(
    async (api, planId: string) => {
      const rejected = await api.schedule.reject({ planId, reason: reason.trim() || undefined });
      onClose();
      return rejected;
    },
    ['schedule', 'plans', 'journal'],
  );
  return (
    <Modal title={t('pending.rejectTitle')} onClose={onClose}>
      <Text>{t('pending.rejectText', { what: words.doing(plan, plan.counts.act), action: plan.action })}</Text>
      <Field label={t('pending.reason')} hint={t('pending.reasonHint')}>
        <Textarea value={reason} maxLength={longest} onChange={(_, { value }) => setReason(value)} />
      </Field>
      <Problem failure={reject.error} />
      <ModalActions>
        <Button onClick={onClose}>{t('pending.keep')}</Button>
        <Button appearance="primary" disabledFocusable={reject.isPending} onClick={() => reject.mutate(plan.planId)}>
          {t('pending.rejectDo')}
        </Button>
      </ModalActions>
    </Modal>
  );
}
