/** What to do, in plain words: what each kind does, whether it can be undone, which permission it needs. */
import { Badge, Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type ActionKind, actionKinds, inverseOf } from '../../../../shared/model/action.ts';
import { isVerdict, Verdicts } from './Verdicts.tsx';

const useStyles = makeStyles({
  group: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(300px, 1fr))',
    gap: tokens.spacingHorizontalS,
    alignItems: 'stretch',
  },
  card: {
    '& > label': { alignSelf: 'flex-start' },
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    ':has(:checked)': {
      border: `${tokens.strokeWidthThin} solid ${tokens.colorCompoundBrandStroke}`,
      boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    },
  },
  label: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  name: { color: tokens.colorNeutralForeground1 },
  text: { color: tokens.colorNeutralForeground2 },
  facts: { color: tokens.colorNeutralForeground3 },
});

export function KindChooser(props: {
  readonly kind: ActionKind | null;
  readonly onChoose: (kind: ActionKind) => void;
  readonly problem: string | null;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  return (
    <>
      <Field
        label={t('form.kind')}
        required
        validationMessage={props.problem}
        validationState={props.problem === null ? 'none' : 'error'}
      >
        <RadioGroup
          className={styles.group}
          value={props.kind ?? ''}
          onChange={(_, { value }) => {
            const kind = actionKinds.find((one) => one === value);
            if (kind !== undefined) props.onChoose(kind);
          }}
        >
          {actionKinds.map((kind) => (
            <Radio
              key={kind}
              className={styles.card}
              value={kind}
              label={
                <span className={styles.label}>
                  <span className={styles.head}>
                    <Text weight="semibold" className={styles.name}>
                      {t(`kind.${kind}.name`)}
                    </Text>
                    {isVerdict(kind) && (
                      <Badge appearance="outline" color="informative">
                        {t(`verdict.${kind}`)}
                      </Badge>
                    )}
                  </span>
                  <Text size={200} className={styles.text}>
                    {t(`kind.${kind}.text`)}
                  </Text>
                  <Text size={200} className={styles.facts}>
                    {kind === 'none'
                      ? t('needsNothing')
                      : `${t(inverseOf(kind) === null ? 'notUndoable' : 'undoable')} · ${t('needs', { permission: t(`permission.${kind}`) })}`}
                  </Text>
                </span>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      {props.kind !== null && isVerdict(props.kind) && <Verdicts kind={props.kind} />}
    </>
  );
}
