/** Until when automatic runs leave the rule alone. Local time, as the analyst's clock shows it. */
import { Field, Input, Radio, RadioGroup, Text } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { exactTime } from '../../../ui/format.ts';
import { FormDialog } from './FormDialog.tsx';

const hour = 3_600_000;
const choices = ['hour', 'tomorrow', 'week', 'month', 'other'] as const;
type Choice = (typeof choices)[number];

/** `datetime-local` speaks local time without an offset. */
function forInput(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function timeOf(choice: Choice, typed: string, now: number): number | null {
  switch (choice) {
    case 'hour':
      return now + hour;
    case 'tomorrow': {
      const day = new Date(now + 24 * hour);
      return day.setHours(9, 0, 0, 0);
    }
    case 'week':
      return now + 7 * 24 * hour;
    case 'month':
      return now + 30 * 24 * hour;
    case 'other': {
      const at = Date.parse(typed);
      return Number.isNaN(at) ? null : at;
    }
  }
}

export function MuteDialog(props: {
  readonly rule: Rule;
  readonly onMute: (until: string) => Promise<void>;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('rules');
  const [choice, setChoice] = useState<Choice>('tomorrow');
  const [typed, setTyped] = useState(() => forInput(Date.now() + 48 * hour));
  const until = timeOf(choice, typed, Date.now());
  const fault = until === null ? t('mute.noTime') : until <= Date.now() ? t('mute.past') : null;
  return (
    <FormDialog
      title={t('mute.title', { name: props.rule.name })}
      action={t('mute.action')}
      blocked={fault}
      onSubmit={() => props.onMute(new Date(until ?? Date.now()).toISOString())}
      onClose={props.onClose}
    >
      <Text>{t('mute.text')}</Text>
      <Field label={t('mute.until')}>
        <RadioGroup
          value={choice}
          onChange={(_, { value }) => setChoice(choices.find((one) => one === value) ?? 'hour')}
        >
          {choices.map((one) => (
            <Radio key={one} value={one} label={t(`mute.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      {choice === 'other' && (
        <Field label={t('mute.time')} {...(fault === null ? {} : { validationMessage: fault })}>
          <Input
            type="datetime-local"
            value={typed}
            min={forInput(Date.now())}
            onChange={(_, { value }) => setTyped(value)}
          />
        </Field>
      )}
      {until !== null && fault === null && <Text size={200}>{exactTime(new Date(until).toISOString())}</Text>}
    </FormDialog>
  );
}
