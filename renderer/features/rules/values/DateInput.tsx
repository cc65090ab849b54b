/** A day, or a day and a time. Both are UTC, as the rule language reads them on every desk. */
import { Input, makeStyles, Text, ToggleButton, Tooltip, tokens } from '@fluentui/react-components';
import { ClockRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  hint: { color: tokens.colorNeutralForeground3 },
});

export function DateInput(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const { value, onChange } = props;
  const timed = value.length > 10;
  return (
    <span className={styles.row}>
      {timed ? (
        <Input
          type="datetime-local"
          aria-label={props.label}
          value={value.slice(0, 16)}
          onChange={(_, data) => onChange(data.value === '' ? '' : `${data.value.slice(0, 16)}Z`)}
        />
      ) : (
        <Input type="date" aria-label={props.label} value={value} onChange={(_, data) => onChange(data.value)} />
      )}
      <Tooltip relationship="label" content={t(timed ? 'value.dropTime' : 'value.addTime')}>
        <ToggleButton
          appearance="subtle"
          size="small"
          icon={<ClockRegular />}
          checked={timed}
          disabledFocusable={value === ''}
          onClick={() => value !== '' && onChange(timed ? value.slice(0, 10) : `${value}T00:00Z`)}
        />
      </Tooltip>
      <Text size={200} className={styles.hint}>
        {t('value.utc')}
      </Text>
    </span>
  );
}
