/** The same rule as text, to read, copy and paste. What is typed stays; as soon as it reads as a rule, the editor has it. */
import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleProblem } from '../../../../shared/rules/check.ts';
import { writeClipboard } from '../../../ui/clipboard.ts';
import { setQuery } from '../model/draft.ts';
import { type EditorGroup, plain, readQuery } from '../model/query.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minWidth: 0 },
  text: {
    '& textarea': { fontFamily: tokens.fontFamilyMonospace, minHeight: '320px', maxHeight: 'none', tabSize: 2 },
    width: '100%',
  },
  problems: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, color: tokens.colorPaletteRedForeground1 },
  start: { alignSelf: 'flex-start' },
});

function asText(query: EditorGroup): string {
  return JSON.stringify(plain(query), null, 2);
}

type Typed = { readonly text: string; readonly query: EditorGroup; readonly fault: 'syntax' | 'shape' | null };

export function JsonView(props: {
  readonly query: EditorGroup;
  readonly problems: readonly RuleProblem[];
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation(['rules', 'app']);
  const [typed, setTyped] = useState<Typed | null>(null);
  const [copied, setCopied] = useState<'yes' | 'refused' | null>(null);
  // Undo, or a change made elsewhere, replaces the text; own typing does not.
  const current = typed !== null && typed.query === props.query ? typed : null;
  const text = current?.text ?? asText(props.query);
  const onType = (next: string) => {
    setCopied(null);
    try {
      const query = readQuery(JSON.parse(next));
      if (query === null) return setTyped({ text: next, query: props.query, fault: 'shape' });
      // White space alone is no change, and no step to undo.
      const same = JSON.stringify(plain(query)) === JSON.stringify(plain(props.query));
      setTyped({ text: next, query: same ? props.query : query, fault: null });
      if (!same) setQuery(query);
    } catch {
      setTyped({ text: next, query: props.query, fault: 'syntax' });
    }
  };
  const fault = current?.fault ?? null;
  return (
    <div className={styles.box}>
      <Field
        label={t('json.label')}
        hint={t('json.hint')}
        {...(fault === null ? {} : { validationState: 'error' as const, validationMessage: t(`json.${fault}`) })}
      >
        <Textarea
          className={styles.text}
          resize="vertical"
          value={text}
          spellCheck={false}
          onChange={(_, { value }) => onType(value)}
        />
      </Field>
      {fault === null && props.problems.length > 0 && (
        <ul className={styles.problems}>
          {props.problems.slice(0, 20).map((problem) => (
            <li key={`${problem.path} ${problem.message}`}>
              <code>{problem.path}</code>: {problem.message} {problem.cure}
            </li>
          ))}
        </ul>
      )}
      <Button
        className={styles.start}
        onClick={() => {
          writeClipboard(text).then(
            () => setCopied('yes'),
            () => setCopied('refused'),
          );
        }}
      >
        {copied === 'refused' ? t('app:copy.refused') : t(copied === null ? 'json.copy' : 'json.copied')}
      </Button>
    </div>
  );
}
