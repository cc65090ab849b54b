/** What the analyst wants to do, ticked. Reading is always part of it. */
import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Ability, abilities, alwaysOn } from './features.ts';

const useStyles = makeStyles({
  ticks: {
    border: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(300px, 100%), 1fr))',
  },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalXS },
});

export function Abilities(props: {
  readonly wanted: readonly Ability[];
  readonly onChange: (wanted: readonly Ability[]) => void;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { wanted } = props;
  return (
    <fieldset className={styles.ticks}>
      <legend className={styles.legend}>
        <Text weight="semibold">{t('permissions.want')}</Text>
      </legend>
      {abilities.map((ability) => {
        const fixed = alwaysOn.includes(ability);
        return (
          <Checkbox
            key={ability}
            checked={fixed || wanted.includes(ability)}
            disabled={fixed}
            label={t(`ability.${ability}`)}
            onChange={(_, { checked }) =>
              props.onChange(checked === true ? [...wanted, ability] : wanted.filter((one) => one !== ability))
            }
          />
        );
      })}
    </fieldset>
  );
}
