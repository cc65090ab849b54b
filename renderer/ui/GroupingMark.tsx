/** A grouping as hue, shape and word together: never colour alone. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  CircleFilled,
  ErrorCircleFilled,
  QuestionCircleRegular,
  WarningFilled,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Tone, tones } from './theme.ts';
import { useTheme } from './themeState.ts';

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, whiteSpace: 'nowrap' },
  icon: { flexShrink: 0 },
});

const icons = {
  Critical: ErrorCircleFilled,
  High: WarningFilled,
  Medium: CircleFilled,
  Low: CheckmarkCircleFilled,
  none: QuestionCircleRegular,
} as const;

export function GroupingMark(props: { readonly tone: Tone; readonly className?: string }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const theme = useTheme((state) => state.name);
  const Icon = icons[props.tone];
  return (
    <span className={mergeClasses(styles.mark, props.className)}>
      <Icon className={styles.icon} color={tones[theme][props.tone]} aria-hidden />
      {t(`grouping.${props.tone}`)}
    </span>
  );
}
