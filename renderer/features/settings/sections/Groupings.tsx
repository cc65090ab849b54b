/** Where the groupings end. Who moves is shown before it is saved. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultThresholds, type GroupingThresholds } from '../../../../shared/model/score.ts';
import type { Settings } from '../../../../shared/model/settings.ts';
import { useAsk } from '../../../host/ask.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { useForm } from '../form/drafts.ts';
import { NumberField } from '../form/fields.tsx';
import { numberOf } from '../form/numbers.ts';
import { Section } from '../form/Section.tsx';
import { useSave } from '../form/useSave.ts';
import { Bands } from './Bands.tsx';
import { Movers } from './Movers.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', gap: tokens.spacingHorizontalL, flexWrap: 'wrap', alignItems: 'flex-start' },
});

const names = ['critical', 'high', 'medium'] as const;
const bounds = { min: 0, max: 1_000, whole: true };

export function Groupings(props: { readonly settings: Settings }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const stored = props.settings.thresholds;
  const form = useForm('groupings', Object.fromEntries(names.map((name) => [name, String(stored[name])])));
  const save = useSave();
  const [critical, high, medium] = names.map((name) => numberOf(form.text(name), bounds));
  // Against the nearest threshold below that reads as a number, so that one mistake does not hide another.
  const above = (value: number | null | undefined, below: 'critical' | 'high', floor: number | null | undefined) =>
    value != null && floor != null && value <= floor
      ? t('scores.above', { other: t(`scores.${below}`), value: floor })
      : null;
  const order = {
    critical: null,
    high: above(high, 'critical', critical),
    medium:
      (high == null ? above(medium, 'critical', critical) : above(medium, 'high', high)) ??
      (medium === 1_000 ? t('scores.lowNeeds') : null),
  };
  const faults = names.filter((name) => numberOf(form.text(name), bounds) === null || order[name] !== null).length;
  const wanted: GroupingThresholds | null =
    faults === 0 && critical != null && high != null && medium != null ? { critical, high, medium } : null;
  const asked = useSettled(JSON.stringify(wanted ?? stored));
  const preview = useAsk(['scores', 'preview', 'thresholds', asked], (api) =>
    api.scores.preview({ thresholds: JSON.parse(asked) as GroupingThresholds }),
  );
  const toDefaults = () => {
    for (const name of names) form.set(name, String(defaultThresholds[name]));
  };
  const onSave = async () => {
    if (wanted === null) return [];
    // One key, since each threshold alone might pass its neighbour on the way.
    const change = { key: 'thresholds', value: wanted, label: '', before: JSON.stringify(stored), after: '' };
    await save([change]);
    return names
      .map((name) => ({ label: t(`scores.${name}To`), before: String(stored[name]), after: String(wanted[name]) }))
      .filter((row) => row.before !== row.after);
  };
  return (
    <Section
      title={t('scores.title')}
      text={t('scores.text')}
      form={form}
      faults={faults}
      onSave={onSave}
      extra={
        <Button appearance="subtle" onClick={toDefaults}>
          {t('scores.defaults')}
        </Button>
      }
    >
      <Bands thresholds={wanted ?? stored} />
      <div className={styles.row}>
        {names.map((name) => (
          <NumberField
            key={name}
            form={form}
            name={name}
            label={t(`scores.${name}To`)}
            bounds={bounds}
            fault={order[name]}
          />
        ))}
      </div>
      <Movers
        preview={preview.data}
        changed={form.changed}
        faulty={wanted === null}
        stale={preview.isPlaceholderData || asked !== JSON.stringify(wanted ?? stored)}
      />
    </Section>
  );
}
