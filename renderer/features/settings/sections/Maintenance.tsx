/** Hours in which no run starts, by this machine's clock. */
import { Checkbox, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../../shared/model/settings.ts';
import { weekdayName } from '../../../ui/format.ts';
import { useForm } from '../form/drafts.ts';
import { SwitchField } from '../form/fields.tsx';
import { Section } from '../form/Section.tsx';
import { useSave } from '../form/useSave.ts';

type Window = Settings['guardrails']['maintenanceWindow'];

const useStyles = makeStyles({
  row: { display: 'flex', gap: tokens.spacingHorizontalL, flexWrap: 'wrap', alignItems: 'flex-start' },
  days: { display: 'flex', flexWrap: 'wrap' },
  note: { color: tokens.colorNeutralForeground2 },
});

/** Monday first; the numbers are those of the setting, 0 is Sunday. */
const week = [1, 2, 3, 4, 5, 6, 0] as const;
const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

export function Maintenance(props: { readonly settings: Settings }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const stored = props.settings.guardrails.maintenanceWindow;
  const save = useSave();
  const form = useForm('maintenance', {
    on: stored !== null,
    from: stored?.from ?? '22:00',
    to: stored?.to ?? '06:00',
    ...Object.fromEntries(week.map((day) => [`day${day}`, stored === null ? true : stored.days.includes(day)])),
  });
  const on = form.on('on');
  const from = form.text('from');
  const to = form.text('to');
  const days = week.filter((day) => form.on(`day${day}`));
  const timeFault = (text: string) => (on && !clock.test(text) ? t('maintenance.noTime') : null);
  const dayFault = on && days.length === 0 ? t('maintenance.noDay') : null;
  const faults = [timeFault(from), timeFault(to), dayFault].filter((fault) => fault !== null).length;
  const words = (window: Window) =>
    window === null
      ? t('form.off')
      : `${[...week]
          .filter((day) => window.days.includes(day))
          .map(weekdayName)
          .join(', ')} ${window.from}–${window.to}`;
  const wanted: Window = on ? { days: [...days].sort(), from, to } : null;
  return (
    <Section
      title={t('maintenance.title')}
      text={t('maintenance.text')}
      form={form}
      faults={faults}
      onSave={() =>
        save([
          {
            key: 'guardrails.maintenanceWindow',
            value: wanted,
            label: t('maintenance.title'),
            before: words(stored),
            after: words(wanted),
          },
        ])
      }
    >
      <SwitchField form={form} name="on" label={t('maintenance.on')} hint={t('maintenance.onHint')} />
      {on && (
        <>
          <Field label={t('maintenance.days')} {...(dayFault === null ? {} : { validationMessage: dayFault })}>
            {/* biome-ignore lint/a11y/useSemanticElements: Field labels this group */}
            <div role="group" aria-label={t('maintenance.days')} className={styles.days}>
              {week.map((day) => (
                <Checkbox
                  key={day}
                  label={weekdayName(day)}
                  checked={form.on(`day${day}`)}
                  onChange={(_, { checked }) => form.set(`day${day}`, checked === true)}
                />
              ))}
            </div>
          </Field>
          <div className={styles.row}>
            {(['from', 'to'] as const).map((name) => {
              const fault = timeFault(form.text(name));
              return (
                <Field
                  key={name}
                  label={t(`maintenance.${name}`)}
                  {...(fault === null ? {} : { validationMessage: fault })}
                >
                  <Input type="time" value={form.text(name)} onChange={(_, { value }) => form.set(name, value)} />
                </Field>
              );
            })}
          </div>
          {faults === 0 && (
            <Text size={200} className={styles.note}>
              {t(
                from === to ? 'maintenance.wholeDay' : from > to ? 'maintenance.overMidnight' : 'maintenance.sameDay',
                { from, to },
              )}
            </Text>
          )}
        </>
      )}
    </Section>
  );
}
