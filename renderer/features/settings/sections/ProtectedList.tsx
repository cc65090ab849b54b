/**
 * Whom a run never touches, one row each with the name that is known for it, a search box that adds, and the list as text
 * for whoever brings many. What is typed stays a list of lines: the setting itself.
 */
import { Button, Field, Input, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import { AddRegular, DismissRegular, SearchRegular, ShieldRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../../ui/format.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import type { Form } from '../form/drafts.ts';
import { linesOf } from '../form/numbers.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    maxHeight: '240px',
    overflowY: 'auto',
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    minHeight: '36px',
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, flexGrow: 1, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  doubt: { color: tokens.colorStatusWarningForeground3 },
  found: { display: 'flex', flexDirection: 'column', alignItems: 'stretch' },
  hit: { justifyContent: 'flex-start', textAlign: 'left', fontWeight: 'normal' },
  mono: {
    '& textarea': { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, minHeight: '96px' },
  },
  own: { alignSelf: 'flex-start' },
});

/** `line`: what is stored. */
export type Found = { readonly line: string; readonly name: string; readonly note: string };
/** What is known of a line. `null`: looked for and not found; undefined: not looked for yet. */
export type Known = ReadonlyMap<string, { readonly name: string; readonly note: string } | null>;
export type ListFault = { readonly key: 'lineTooLong' | 'tooManyLines'; readonly most: string; readonly line?: string };

/** Rows that are drawn; the rest is in the text. */
const mostRows = 50;

export function ProtectedList(props: {
  readonly form: Form;
  readonly name: 'protectedUsers' | 'protectedGroups';
  readonly lines: readonly string[];
  readonly fault: ListFault | null;
  readonly known: Known;
  /** Whether a line can mean anything at all. */
  readonly fits: (line: string) => boolean;
  readonly found: readonly Found[];
  readonly searching: boolean;
  /** Why nothing could be searched. */
  readonly problem?: string | null;
  readonly onSearch: (text: string) => void;
  /** Stands before the search box. */
  readonly before?: ReactElement | null;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const { form, name, lines, fault, known, fits } = props;
  const [text, setText] = useState('');
  const [raw, setRaw] = useState(false);
  const asked = useSettled(text.trim());
  const kind = name === 'protectedUsers' ? 'users' : 'groups';
  const has = (line: string) => lines.some((one) => one.toLowerCase() === line.toLowerCase());
  const put = (next: readonly string[]) => form.set(name, next.join('\n'));
  const add = (line: string) => {
    if (!has(line)) put([...lines, line]);
    setText('');
    props.onSearch('');
  };
  const hits = props.found.filter((hit) => !has(hit.line));
  const wrong = fault === null ? null : t(`fault.${fault.key}`, fault);
  return (
    <div className={styles.box}>
      <Text weight="semibold" id={`${name}-title`}>
        {t(`guard.${kind}Count`, { count: lines.length, number: count(lines.length) })}
      </Text>
      <Text size={200} className={styles.quiet}>
        {t(`guard.${name}Hint`)}
      </Text>
      {lines.length > 0 && (
        <ul className={styles.list} aria-labelledby={`${name}-title`}>
          {lines.slice(0, mostRows).map((line) => {
            const one = known.get(line.toLowerCase());
            const doubt = !fits(line)
              ? t(`guard.${name}Odd`, { line })
              : one === null
                ? t(`guard.${kind}Unknown`)
                : null;
            return (
              <li key={line} className={styles.row}>
                <ShieldRegular aria-hidden />
                <span className={styles.words}>
                  <Text>{one?.name ?? line}</Text>
                  {one != null && (
                    <Text size={200} className={styles.quiet}>
                      {one.note}
                    </Text>
                  )}
                  {doubt !== null && (
                    <Text size={200} className={styles.doubt}>
                      {doubt}
                    </Text>
                  )}
                </span>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<DismissRegular />}
                  aria-label={t('guard.drop', { name: one?.name ?? line })}
                  onClick={() => put(lines.filter((other) => other !== line))}
                />
              </li>
            );
          })}
          {lines.length > mostRows && (
            <li className={styles.row}>
              <Text className={styles.quiet}>
                {t('guard.moreLines', { count: lines.length - mostRows, number: count(lines.length - mostRows) })}
              </Text>
            </li>
          )}
        </ul>
      )}
      {props.before}
      <Field label={t(`guard.${kind}Search`)} {...(wrong === null || raw ? {} : { validationMessage: wrong })}>
        <Input
          value={text}
          type="search"
          contentBefore={<SearchRegular aria-hidden />}
          placeholder={t(`guard.${name}Example`)}
          onChange={(_, { value }) => {
            setText(value);
            props.onSearch(value.trim());
          }}
          onKeyDown={(event) => {
            // Enter adds; it never saves the section by the way.
            if (event.key !== 'Enter') return;
            event.preventDefault();
            const [first] = hits;
            const line = text.trim();
            if (fits(line)) add(line);
            else if (first !== undefined && asked === line) add(first.line);
          }}
        />
      </Field>
      <div className={styles.found} role="status">
        {text.trim() !== '' && (
          <>
            {fits(text.trim()) &&
              !has(text.trim()) &&
              !hits.some((hit) => hit.line.toLowerCase() === text.trim().toLowerCase()) && (
                <Button
                  className={styles.hit}
                  appearance="subtle"
                  icon={<AddRegular />}
                  onClick={() => add(text.trim())}
                >
                  {t('guard.addLine', { line: text.trim() })}
                </Button>
              )}
            {hits.map((hit) => (
              <Button
                key={hit.line}
                className={styles.hit}
                appearance="subtle"
                icon={<AddRegular />}
                onClick={() => add(hit.line)}
              >
                <span className={styles.words}>
                  {hit.name}
                  <Text size={200} className={styles.quiet}>
                    {hit.note}
                  </Text>
                </span>
              </Button>
            ))}
            {hits.length === 0 && (
              <Text size={200} className={styles.quiet}>
                {props.problem ?? t(props.searching ? 'guard.searching' : `guard.${kind}None`)}
              </Text>
            )}
          </>
        )}
      </div>
      <Button className={styles.own} size="small" appearance="subtle" aria-expanded={raw} onClick={() => setRaw(!raw)}>
        {t(raw ? 'guard.hideText' : 'guard.showText')}
      </Button>
      {raw && (
        <Field label={t(`guard.${kind}Text`)} {...(wrong === null ? {} : { validationMessage: wrong })}>
          <Textarea
            className={styles.mono}
            resize="vertical"
            spellCheck={false}
            value={form.text(name)}
            onChange={(_, { value }) => form.set(name, value)}
          />
        </Field>
      )}
    </div>
  );
}

export function faultOf(text: string, longest: number, most: number): ListFault | null {
  const lines = linesOf(text);
  const long = lines.find((line) => line.length > longest);
  if (long !== undefined) return { key: 'lineTooLong', most: count(longest), line: `${long.slice(0, 40)}…` };
  return lines.length > most ? { key: 'tooManyLines', most: count(most) } : null;
}
