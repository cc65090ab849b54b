/** The value of one condition, by the type of its field and the shape that its operator takes. */
import { Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldSpec } from '../../../../shared/rules/fields.ts';
import { itemsOf, shapeOf } from '../model/values.ts';
import { ChoiceOfMany, ChoiceOfOne } from './Choice.tsx';
import { DateInput } from './DateInput.tsx';
import { ListInput } from './ListInput.tsx';
import type { ValueProps } from './valueProps.ts';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  number: { width: '92px', fontVariantNumeric: 'tabular-nums' },
  wide: { width: '100%' },
  hint: { color: tokens.colorNeutralForeground3 },
});

const choices: readonly FieldSpec['type'][] = ['grouping', 'level', 'state', 'detail', 'connection'];

export function ValueEditor(props: ValueProps): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const { spec, operator, value, onChange } = props;
  const shape = shapeOf(operator);
  if (spec.type === 'flag') {
    return (
      <Select
        className={styles.number}
        aria-label={t('value.label')}
        value={value === false ? 'false' : 'true'}
        onChange={(_, data) => onChange(data.value === 'true')}
      >
        <option value="true">{t('value.yes')}</option>
        <option value="false">{t('value.no')}</option>
      </Select>
    );
  }
  if (shape === 'none') return null;
  if (choices.includes(spec.type)) {
    return shape === 'list' ? <ChoiceOfMany {...props} /> : <ChoiceOfOne {...props} />;
  }
  if (shape === 'list') {
    return (
      <ListInput items={itemsOf(value)} label={t('value.label')} numeric={spec.type === 'number'} onChange={onChange} />
    );
  }
  if (shape === 'pair') {
    const [low = '', high = ''] = (Array.isArray(value) ? value : []).map(String);
    return (
      <div className={styles.row}>
        <One spec={spec} label={t('value.from')} value={low} onChange={(next) => onChange([next, high])} />
        <Text size={200}>{t('value.and')}</Text>
        <One spec={spec} label={t('value.to')} value={high} onChange={(next) => onChange([low, next])} />
        {spec.type === 'number' && <Scale />}
      </div>
    );
  }
  return (
    <div className={styles.row}>
      <One spec={spec} label={t('value.label')} value={String(value ?? '')} onChange={onChange} />
      {spec.type === 'number' && <Scale />}
      {spec.type === 'days' && <Text size={200}>{t('value.days', { count: Number(value) || 0 })}</Text>}
    </div>
  );
}

function Scale(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  return (
    <Text size={200} className={styles.hint}>
      {t('value.scale')}
    </Text>
  );
}

function One(props: {
  readonly spec: FieldSpec;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const { spec, label, value, onChange } = props;
  if (spec.type === 'date') return <DateInput label={label} value={value} onChange={onChange} />;
  const numeric = spec.type === 'number' || spec.type === 'days';
  return (
    <Input
      className={numeric ? styles.number : styles.wide}
      aria-label={label}
      value={value}
      inputMode={numeric ? 'decimal' : 'text'}
      placeholder={numeric ? '' : t('value.text')}
      spellCheck={false}
      onChange={(_, data) => onChange(data.value)}
    />
  );
}
