/** Whom the cache keeps, and how often it is brought up to date. */
import { Field, makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, DismissRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultMapping, type ScoreMapping } from '../../../shared/model/score.ts';
import { TextField, useFieldStyles } from './Fields.tsx';
import type { Form } from './useForm.ts';

const useStyles = makeStyles({
  levels: {
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: 0,
    listStyleType: 'none',
  },
  level: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  out: { color: tokens.colorNeutralForeground3, textDecorationLine: 'line-through' },
});

export function ScopeFields(props: { readonly form: Form; readonly mapping?: ScoreMapping }): ReactElement {
  const { t } = useTranslation('connections');
  const fieldStyles = useFieldStyles();
  const styles = useStyles();
  const { form, mapping = defaultMapping } = props;
  const { draft, change } = form;
  const typed = form.problem('min') === undefined && form.problem('max') === undefined;
  const inside = (score: number) => score >= Number(draft.min) && score <= Number(draft.max);
  const rows = [
    ...(['high', 'medium', 'low'] as const).map((level) => ({
      level,
      score: mapping[level],
      kept: inside(mapping[level]),
    })),
    { level: 'none' as const, score: null, kept: draft.unscored },
  ];
  return (
    <div className={fieldStyles.column}>
      <Text>{t('scope.scale')}</Text>
      <div className={fieldStyles.row}>
        <TextField
          form={form}
          name="min"
          label={t('field.min')}
          className={fieldStyles.number}
          input={{ inputMode: 'numeric' }}
        />
        <TextField
          form={form}
          name="max"
          label={t('field.max')}
          className={fieldStyles.number}
          input={{ inputMode: 'numeric' }}
        />
      </div>
      <Switch
        checked={draft.unscored}
        label={t('field.unscored')}
        onChange={(_, { checked }) => change({ unscored: checked })}
      />
      {typed && (
        <div>
          <Text size={200}>{t('scope.keeps')}</Text>
          <ul className={styles.levels} aria-live="polite">
            {rows.map(({ level, score, kept }) => (
              <li key={level} className={styles.level}>
                {kept ? <CheckmarkRegular aria-hidden /> : <DismissRegular aria-hidden />}
                <span className={kept ? undefined : styles.out}>{t(`level.${level}`, { score })}</span>
                <Text size={200}>{t(kept ? 'scope.kept' : 'scope.left')}</Text>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Field label={t('field.automatic')}>
        <Switch
          checked={draft.automatic}
          label={t(draft.automatic ? 'automatic.on' : 'automatic.off')}
          onChange={(_, { checked }) => change({ automatic: checked })}
        />
      </Field>
      {draft.automatic && (
        <TextField
          form={form}
          name="every"
          label={t('field.every')}
          hint={t('hint.every')}
          className={fieldStyles.short}
          input={{ inputMode: 'numeric' }}
        />
      )}
    </div>
  );
}
