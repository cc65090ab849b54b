/** What analysts wrote about a user. Kept here, never sent to Entra; each note and its removal stand in the action log. */
import { Button, Field, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserNote } from '../../../../shared/contract/users.ts';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { useTell } from '../../../host/ask.ts';
import { Moment } from '../Moment.tsx';

const longest = 10_000;

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  note: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  by: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function Notes(props: {
  readonly user: RiskyUser;
  readonly notes: readonly UserNote[];
  /** The notes have changed, and nothing else has: no list of users is read again for it. */
  readonly onChanged: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const { connection, id } = props.user;
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [leaving, setLeaving] = useState<number | null>(null);
  const add = useTell((api, note: string) => api.users.addNote({ connection, id, text: note }), ['journal']);
  const remove = useTell((api, noteId: number) => api.users.deleteNote({ connection, id, noteId }), ['journal']);
  const failure = add.error ?? remove.error;
  const save = () => {
    const note = text.trim();
    if (note === '' || note.length > longest) return field.current?.focus();
    add.mutate(note, {
      onSuccess: () => {
        setText('');
        props.onChanged();
      },
    });
  };
  const wrong =
    text.length > longest
      ? t('note.tooLong')
      : failure === null
        ? undefined
        : [failure.message, failure.cure].filter(Boolean).join(' ');
  return (
    <>
      <ul className={styles.list}>
        {props.notes.map((note) => (
          <li key={note.id} className={styles.note}>
            <span className={styles.text}>{note.text}</span>
            {leaving === note.id ? (
              <Button
                size="small"
                onClick={() => remove.mutate(note.id, { onSuccess: props.onChanged })}
                onBlur={() => setLeaving(null)}
                autoFocus
              >
                {t('note.reallyDelete')}
              </Button>
            ) : (
              <Button
                size="small"
                appearance="subtle"
                icon={<DeleteRegular />}
                aria-label={t('note.delete')}
                title={t('note.delete')}
                onClick={() => setLeaving(note.id)}
              />
            )}
            <span className={styles.by}>
              {note.who} · <Moment at={note.at} />
            </span>
          </li>
        ))}
      </ul>
      <Field label={t('note.label')} hint={t('note.hint')} validationMessage={wrong}>
        <Textarea
          ref={field}
          value={text}
          resize="vertical"
          onChange={(_, { value }) => setText(value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
            if (event.key === 'Escape' && text !== '') event.preventDefault();
          }}
        />
      </Field>
      <div className={styles.buttons}>
        <Button size="small" disabledFocusable={add.isPending} onClick={save}>
          {t('note.add')}
        </Button>
        {text.trim() === '' && props.notes.length === 0 && (
          <Text size={200} className={styles.quiet}>
            {t('note.none')}
          </Text>
        )}
      </div>
    </>
  );
}
