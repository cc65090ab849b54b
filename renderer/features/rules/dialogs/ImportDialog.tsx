/**
 * What a file would bring, before it is brought. Names that are taken already are left out by themselves, since the
 * core takes a file whole or not at all.
 */
import { Badge, Checkbox, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { checkQuery } from '../../../../shared/rules/check.ts';
import type { RuleFileText } from '../../../host/openedRules.ts';
import { describeQuery } from '../../../ui/words.ts';
import { isTaken } from '../model/names.ts';
import { FormDialog } from './FormDialog.tsx';

const useStyles = makeStyles({
  list: { maxHeight: '45vh', overflowY: 'auto', display: 'flex', flexDirection: 'column' },
  rule: { display: 'flex', flexDirection: 'column' },
  sentence: { color: tokens.colorNeutralForeground3 },
});

type Incoming = { readonly index: number; readonly name: string; readonly sentence: string | null };

function readFile(
  text: string,
): { readonly file: Readonly<Record<string, unknown>>; readonly rules: readonly unknown[] } | null {
  try {
    const file: unknown = JSON.parse(text);
    if (typeof file !== 'object' || file === null || !('rules' in file) || !Array.isArray(file.rules)) return null;
    return { file: { ...file }, rules: file.rules };
  } catch {
    return null;
  }
}

function summarise(rules: readonly unknown[]): readonly Incoming[] {
  return rules.map((rule, index) => {
    const one = (typeof rule === 'object' && rule !== null ? rule : {}) as { name?: unknown; query?: unknown };
    const checked = checkQuery(one.query);
    return {
      index,
      name: typeof one.name === 'string' ? one.name : `#${index + 1}`,
      sentence: checked.ok ? describeQuery(checked.query) : null,
    };
  });
}

export function ImportDialog(props: {
  readonly source: RuleFileText;
  readonly rules: readonly Rule[];
  readonly onImport: (file: unknown) => Promise<void>;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const read = readFile(props.source.text);
  const incoming = read === null ? [] : summarise(read.rules);
  const taken = (rule: Incoming) => isTaken(props.rules, rule.name, null);
  const [left, setLeft] = useState<readonly number[]>(() => incoming.filter(taken).map((rule) => rule.index));
  const chosen = incoming.filter((rule) => !left.includes(rule.index));
  const blocked = read === null ? t('import.unreadable') : chosen.length === 0 ? t('import.nothing') : null;
  return (
    <FormDialog
      title={t('import.title', { file: props.source.name })}
      action={t('import.action', { count: chosen.length })}
      blocked={blocked}
      onSubmit={() => props.onImport({ ...read?.file, rules: read?.rules.filter((_, index) => !left.includes(index)) })}
      onClose={props.onClose}
    >
      {read === null ? (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{t('import.unreadable')}</MessageBarBody>
        </MessageBar>
      ) : (
        <Text>{t('import.text', { count: incoming.length })}</Text>
      )}
      <div className={styles.list}>
        {incoming.slice(0, 500).map((rule) => (
          <Checkbox
            key={rule.index}
            checked={!left.includes(rule.index)}
            disabled={taken(rule)}
            onChange={(_, { checked }) =>
              setLeft(checked ? left.filter((index) => index !== rule.index) : [...left, rule.index])
            }
            label={
              <span className={styles.rule}>
                <span>
                  {rule.name}{' '}
                  {taken(rule) && (
                    <Badge appearance="tint" color="informative">
                      {t('import.exists')}
                    </Badge>
                  )}
                </span>
                <Text size={200} className={styles.sentence}>
                  {rule.sentence ?? t('import.unclear')}
                </Text>
              </span>
            }
          />
        ))}
      </div>
    </FormDialog>
  );
}
