/** Values from a list: one by a plain select, several by a dropdown that stays open. A value nobody knows stays listed. */
import { Dropdown, makeStyles, Option, Select } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { GroupingMark } from '../../../ui/GroupingMark.tsx';
import { itemsOf } from '../model/values.ts';
import { useChoices } from './useChoices.ts';
import type { ValueProps } from './valueProps.ts';

const useStyles = makeStyles({ wide: { width: '100%', minWidth: '140px' } });

export function ChoiceOfOne(props: ValueProps): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const value = String(props.value ?? '');
  const choices = useChoices(props.spec.type, value === '' ? [] : [value]);
  return (
    <Select
      className={styles.wide}
      aria-label={t('value.label')}
      value={value}
      onChange={(_, data) => props.onChange(data.value)}
    >
      {value === '' && <option value="">{t('value.choose')}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </Select>
  );
}

export function ChoiceOfMany(props: ValueProps): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const chosen = itemsOf(props.value).map(String);
  const choices = useChoices(props.spec.type, chosen);
  const labels = choices.filter((choice) => chosen.includes(choice.value)).map((choice) => choice.label);
  return (
    <Dropdown
      className={styles.wide}
      multiselect
      inlinePopup
      aria-label={t('value.several')}
      placeholder={t('value.chooseMany')}
      value={labels.join(', ')}
      title={labels.join(', ')}
      selectedOptions={chosen}
      onOptionSelect={(_, { selectedOptions }) => props.onChange(selectedOptions)}
    >
      {choices.map((choice) => (
        <Option key={choice.value} value={choice.value} text={choice.label}>
          {choice.tone === null ? choice.label : <GroupingMark tone={choice.tone} />}
        </Option>
      ))}
    </Dropdown>
  );
}
