/** Rejecting a plan: nothing is sent, and the reason, if one is given, is in the action log. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Textarea,
} from '@fluentui/react-components';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomaticPlan } from '../../../../shared/model/schedule.ts';
import { useTell } from '../../../host/ask.ts';
import { Problem } from '../parts/Problem.tsx';
import { useWords } from '../words.ts';

const longest = 500;

export function RejectDialog(props: {
  readonly plan: AutomaticPlan | null;
  readonly onClose: () => void;
}): ReactElement {
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
  const { reset } = reject;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another plan begins with an empty reason and no old failure.
  useEffect(() => {
    setReason('');
    reset();
  }, [plan?.planId]);
  return (
    <Dialog open={plan !== null} onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('pending.rejectTitle')}</DialogTitle>
          <DialogContent style={{ display: 'grid', gap: '12px' }}>
            <span>
              {plan !== null &&
                t('pending.rejectText', { what: words.doing(plan, plan.counts.act), action: plan.action })}
            </span>
            <Field label={t('pending.reason')} hint={t('pending.reasonHint')}>
              <Textarea value={reason} maxLength={longest} onChange={(_, { value }) => setReason(value)} />
            </Field>
            <Problem failure={reject.error} />
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('pending.keep')}</Button>
            <Button
              appearance="primary"
              disabledFocusable={reject.isPending}
              onClick={() => plan !== null && reject.mutate(plan.planId)}
            >
              {t('pending.rejectDo')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
