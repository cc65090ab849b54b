/** How often everything is read again, how long a change may take to show, how long history is kept. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../../shared/model/settings.ts';
import { useForm } from '../form/drafts.ts';
import { NumberField } from '../form/fields.tsx';
import { type Bounds, numberOf } from '../form/numbers.ts';
import { Section } from '../form/Section.tsx';
import { useSave } from '../form/useSave.ts';

type Row = {
  readonly key: string;
  readonly name: string;
  readonly unit: 'hours' | 'minutes' | 'days';
  readonly bounds: Bounds;
  readonly of: (settings: Settings) => number;
};

const rows: readonly Row[] = [
  {
    key: 'sync.reconcileHours',
    name: 'reconcile',
    unit: 'hours',
    bounds: { min: 1, max: 720, whole: false },
    of: (s) => s.sync.reconcileHours,
  },
  {
    key: 'verify.giveUpMinutes',
    name: 'giveUp',
    unit: 'minutes',
    bounds: { min: 1, max: 1_440, whole: false },
    of: (s) => s.verify.giveUpMinutes,
  },
  {
    key: 'retention.historyDays',
    name: 'history',
    unit: 'days',
    bounds: { min: 0, max: 3_650, whole: true },
    of: (s) => s.retention.historyDays,
  },
  {
    key: 'retention.journalDays',
    name: 'journal',
    unit: 'days',
    bounds: { min: 0, max: 3_650, whole: true },
    of: (s) => s.retention.journalDays,
  },
];

export function Timing(props: { readonly settings: Settings }): ReactElement {
  const { t } = useTranslation('settings');
  const { settings } = props;
  const save = useSave();
  const form = useForm('timing', Object.fromEntries(rows.map((row) => [row.name, String(row.of(settings))])));
  const values = rows.map((row) => numberOf(form.text(row.name), row.bounds));
  return (
    <Section
      title={t('timing.title')}
      text={t('timing.text')}
      form={form}
      faults={values.filter((value) => value === null).length}
      onSave={() =>
        save(
          rows.map((row, index) => ({
            key: row.key,
            value: values[index],
            label: t(`timing.${row.name}`),
            before: String(row.of(settings)),
            after: String(values[index]),
          })),
        )
      }
    >
      {rows.map((row) => (
        <NumberField
          key={row.key}
          form={form}
          name={row.name}
          label={t(`timing.${row.name}`)}
          hint={t(`timing.${row.name}Hint`)}
          unit={t(`unit.${row.unit}`)}
          bounds={row.bounds}
        />
      ))}
    </Section>
  );
}
