/** What a risk level is worth, and how much a connection counts in the aggregate score: by connection. */
import { Button, Dropdown, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../shared/model/connection.ts';
import { defaultMapping } from '../../../../shared/model/score.ts';
import { useAsk, useTell } from '../../../host/ask.ts';
import { go } from '../../../host/navigation.ts';
import { EmptyState, ErrorState, Loading } from '../../../ui/States.tsx';
import { useSettled } from '../../../ui/useSettled.ts';
import { useForm } from '../form/drafts.ts';
import { NumberField } from '../form/fields.tsx';
import { type Bounds, numberOf } from '../form/numbers.ts';
import { Section } from '../form/Section.tsx';
import { Movers } from './Movers.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  row: { display: 'flex', gap: tokens.spacingHorizontalL, flexWrap: 'wrap', alignItems: 'flex-start' },
  picker: { maxWidth: '320px' },
  note: { color: tokens.colorNeutralForeground2 },
});

const levels = ['high', 'medium', 'low'] as const;
const score: Bounds = { min: 0, max: 1_000, whole: true };
const weight: Bounds = { min: 0, max: 100, whole: false };

export function Mapping(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const [name, setName] = useState<string | null>(null);
  if (connections.data === undefined) {
    return connections.error === null ? (
      <Loading label={t('mapping.title')} />
    ) : (
      <ErrorState failure={connections.error} again={() => void connections.refetch()} />
    );
  }
  const chosen = connections.data.find((one) => one.name === name) ?? connections.data[0];
  if (chosen === undefined) {
    return (
      <EmptyState
        title={t('mapping.none')}
        text={t('mapping.noneText')}
        action={
          <Button appearance="primary" onClick={() => go('connections', { new: '1' })}>
            {t('mapping.connect')}
          </Button>
        }
      />
    );
  }
  return (
    <div className={styles.box}>
      {connections.data.length > 1 && (
        <Field label={t('mapping.connection')} className={styles.picker}>
          <Dropdown
            inlinePopup
            value={chosen.name}
            selectedOptions={[chosen.name]}
            onOptionSelect={(_, { optionValue }) => setName(optionValue ?? null)}
          >
            {connections.data.map((one) => (
              <Option key={one.id} value={one.name}>
                {one.name}
              </Option>
            ))}
          </Dropdown>
        </Field>
      )}
      <OneMapping key={chosen.id} connection={chosen} />
    </div>
  );
}

function OneMapping(props: { readonly connection: Connection }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const { connection } = props;
  const { mapping } = connection;
  const form = useForm(`mapping ${connection.id}`, {
    high: String(mapping.high),
    medium: String(mapping.medium),
    low: String(mapping.low),
    weight: String(connection.weight),
  });
  const [high, medium, low] = levels.map((level) => numberOf(form.text(level), score));
  const heavy = numberOf(form.text('weight'), weight);
  const faults = [high, medium, low, heavy].filter((value) => value == null).length;
  const wanted =
    high == null || medium == null || low == null || heavy === null
      ? null
      : { mapping: { low, medium, high }, weight: heavy };
  const stored = {
    mapping: { low: mapping.low, medium: mapping.medium, high: mapping.high },
    weight: connection.weight,
  };
  const asked = useSettled(JSON.stringify(wanted ?? stored));
  const preview = useAsk(['scores', 'preview', connection.name, asked], (api) =>
    api.scores.preview({ connection: connection.name, ...(JSON.parse(asked) as typeof stored) }),
  );
  const save = useTell(
    (api, change: typeof stored) => api.connections.update({ name: connection.name, change }),
    ['connections', 'users', 'scores', 'journal'],
  );
  const upsideDown = high != null && medium != null && low != null && !(high <= medium && medium <= low);
  const onSave = async () => {
    if (wanted === null) return [];
    await save.mutateAsync(wanted);
    const rows = [
      ...levels.map((level) => ({
        label: t(`mapping.${level}`),
        before: String(mapping[level]),
        after: String(wanted.mapping[level]),
      })),
      { label: t('mapping.weight'), before: String(connection.weight), after: String(wanted.weight) },
    ];
    return rows.filter((row) => row.before !== row.after);
  };
  const toDefaults = () => {
    for (const level of levels) form.set(level, String(defaultMapping[level]));
  };
  return (
    <Section
      title={t('mapping.titleOf', { name: connection.name })}
      text={t('mapping.text')}
      form={form}
      faults={faults}
      onSave={onSave}
      extra={
        <Button appearance="subtle" onClick={toDefaults}>
          {t('mapping.defaults')}
        </Button>
      }
    >
      <div className={styles.row}>
        {levels.map((level) => (
          <NumberField key={level} form={form} name={level} label={t(`mapping.${level}`)} bounds={score} />
        ))}
        <NumberField
          form={form}
          name="weight"
          label={t('mapping.weight')}
          hint={t('mapping.weightHint')}
          bounds={weight}
        />
      </div>
      <Text size={200} className={styles.note}>
        {t(upsideDown ? 'mapping.upsideDown' : 'mapping.unscored')}
      </Text>
      <Movers
        preview={preview.data}
        changed={form.changed}
        faulty={wanted === null}
        stale={preview.isPlaceholderData || asked !== JSON.stringify(wanted ?? stored)}
      />
    </Section>
  );
}
