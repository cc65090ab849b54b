/**
 * Several texts or numbers. Enter, comma or a new line ends one; a pasted column of names becomes as many. Backspace in
 * the empty box takes the last one back. Long lists show their first values and how many follow.
 */
import {
  Button,
  Input,
  InteractionTag,
  InteractionTagPrimary,
  InteractionTagSecondary,
  makeStyles,
  TagGroup,
  tokens,
} from '@fluentui/react-components';
import { type KeyboardEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { maxListed } from '../../../../shared/rules/schema.ts';
import { count } from '../../../ui/format.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, minWidth: 0 },
  tags: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, minWidth: 0 },
});

const shownAtFirst = 12;

export function ListInput(props: {
  readonly items: readonly (string | number)[];
  readonly label: string;
  readonly numeric: boolean;
  readonly onChange: (items: readonly (string | number)[]) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const { items, onChange } = props;
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const add = (typed: string) => {
    const pieces = typed.split(/[\n\r\t,;]+/).map((piece) => piece.trim());
    const known = new Set(items.map(String));
    const fresh = [...new Set(pieces)].filter((piece) => piece !== '' && !known.has(piece));
    if (fresh.length > 0) onChange([...items, ...fresh].slice(0, maxListed));
    setText('');
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && text.trim() !== '') {
      event.preventDefault();
      add(text);
    }
    if (event.key === 'Backspace' && text === '' && items.length > 0) onChange(items.slice(0, -1));
  };
  const visible = all ? items : items.slice(0, shownAtFirst);
  return (
    <div className={styles.box}>
      <Input
        aria-label={props.label}
        value={text}
        inputMode={props.numeric ? 'decimal' : 'text'}
        placeholder={t('value.list')}
        spellCheck={false}
        onChange={(_, { value }) => (/[\n\r\t,;]/.test(value) ? add(value) : setText(value))}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text');
          if (!/[\n\r\t,;]/.test(pasted)) return;
          event.preventDefault();
          add(text + pasted);
        }}
        onKeyDown={onKey}
        onBlur={() => text.trim() !== '' && add(text)}
      />
      {items.length > 0 && (
        <TagGroup
          className={styles.tags}
          size="small"
          aria-label={t('value.listed', { count: items.length })}
          onDismiss={(_, { value }) => onChange(items.filter((item) => String(item) !== value))}
        >
          {visible.map((item) => (
            <InteractionTag key={String(item)} value={String(item)}>
              <InteractionTagPrimary hasSecondaryAction>{String(item)}</InteractionTagPrimary>
              <InteractionTagSecondary aria-label={t('value.remove', { value: String(item) })} />
            </InteractionTag>
          ))}
          {visible.length < items.length && (
            <Button size="small" appearance="subtle" onClick={() => setAll(true)}>
              {t('value.more', { number: count(items.length - visible.length) })}
            </Button>
          )}
        </TagGroup>
      )}
    </div>
  );
}
