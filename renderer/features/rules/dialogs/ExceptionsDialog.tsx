/** Rules whose matches are left out of this one. */
import { Checkbox, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { describeQuery } from '../../../ui/words.ts';
import { FormDialog } from './FormDialog.tsx';

const most = 50;

const useStyles = makeStyles({
  list: { maxHeight: '40vh', overflowY: 'auto', display: 'flex', flexDirection: 'column' },
  rule: { display: 'flex', flexDirection: 'column' },
  sentence: { color: tokens.colorNeutralForeground3 },
});

export function ExceptionsDialog(props: {
  readonly of: string;
  readonly rules: readonly Rule[];
  readonly chosen: readonly string[];
  readonly onChoose: (names: readonly string[]) => Promise<void>;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const [chosen, setChosen] = useState(props.chosen);
  const [search, setSearch] = useState('');
  const others = props.rules.filter((rule) => rule.name !== props.of);
  const shown = others.filter((rule) => rule.name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <FormDialog
      title={props.of === '' ? t('exceptions.titleNew') : t('exceptions.title', { name: props.of })}
      action={t('exceptions.use', { count: chosen.length })}
      blocked={chosen.length > most ? t('exceptions.tooMany', { most }) : null}
      onSubmit={() => props.onChoose(chosen)}
      onClose={props.onClose}
    >
      <Text>{t('exceptions.text')}</Text>
      {others.length > 8 && (
        <SearchBox
          value={search}
          placeholder={t('list.search')}
          aria-label={t('list.search')}
          onChange={(_, { value }) => setSearch(value)}
        />
      )}
      {others.length === 0 && <Text>{t('exceptions.noOthers')}</Text>}
      <div className={styles.list}>
        {shown.slice(0, 200).map((rule) => (
          <Checkbox
            key={rule.id}
            checked={chosen.includes(rule.name)}
            onChange={(_, { checked }) =>
              setChosen(checked ? [...chosen, rule.name] : chosen.filter((name) => name !== rule.name))
            }
            label={
              <span className={styles.rule}>
                {rule.name}
                <Text size={200} className={styles.sentence}>
                  {describeQuery(rule.query)}
                </Text>
              </span>
            }
          />
        ))}
      </div>
    </FormDialog>
  );
}
