/** The checklist of an action: which steps are behind, where one stands, what comes. The same row on every page of it. */
import { Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular, RadioButtonFilled, SubtractCircleRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

export const flowSteps = ['plan', 'review', 'confirm', 'watch', 'verified', 'undo'] as const;
export type FlowStep = (typeof flowSteps)[number];

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  step: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground3,
  },
  now: { color: tokens.colorBrandForeground1 },
  done: { color: tokens.colorNeutralForeground1 },
  doneIcon: { color: tokens.colorStatusSuccessForeground1 },
  icon: { fontSize: '18px', flexShrink: 0 },
  line: { width: '24px', height: '1px', backgroundColor: tokens.colorNeutralStroke1 },
});

export function StepRow(props: {
  readonly now: FlowStep;
  /** Steps that this action does not have, such as undoing what cannot be undone. */
  readonly without?: readonly FlowStep[];
  /** The present step is behind too; what comes is left to the person. */
  readonly settled?: boolean;
  readonly links?: Readonly<Partial<Record<FlowStep, string>>>;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const place = flowSteps.indexOf(props.now);
  return (
    <nav aria-label={t('steps.label')}>
      <ol className={styles.row}>
        {flowSteps.map((step, index) => {
          const without = props.without?.includes(step) === true;
          const now = index === place && props.settled !== true;
          const done = !without && (index < place || (index === place && props.settled === true));
          const Icon = without
            ? SubtractCircleRegular
            : now
              ? RadioButtonFilled
              : done
                ? CheckmarkCircleFilled
                : CircleRegular;
          const stand = without ? 'none' : now ? 'now' : done ? 'done' : 'todo';
          const word = t(`steps.${step}`);
          const href = props.links?.[step];
          return (
            <li
              key={step}
              className={mergeClasses(styles.step, now && styles.now, done && styles.done)}
              aria-current={now ? 'step' : undefined}
              aria-label={t(`steps.${stand}`, { step: word })}
            >
              {index > 0 && <span className={styles.line} aria-hidden />}
              <Icon className={mergeClasses(styles.icon, done && styles.doneIcon)} aria-hidden />
              {href !== undefined && !now ? (
                <Link href={href}>{word}</Link>
              ) : (
                <Text weight={now ? 'semibold' : 'regular'} strikethrough={without}>
                  {word}
                </Text>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
