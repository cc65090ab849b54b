/** A failure beside the thing that failed: what happened, what to do, and the technical part one click away. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../host/failure.ts';
import { CopyText } from '../../../ui/CopyText.tsx';

const useStyles = makeStyles({
  details: {
    display: 'block',
    marginTop: tokens.spacingVerticalXS,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

export function Problem(props: {
  readonly failure: Failure | null;
  readonly again?: () => void;
  /** What puts it right, where one button can. */
  readonly action?: { readonly word: string; readonly run: () => void };
}): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation(['actions', 'app']);
  const [open, setOpen] = useState(false);
  const { failure } = props;
  if (failure === null) return null;
  const details = JSON.stringify({ code: failure.code, field: failure.field, ...failure.facts }, null, 1);
  return (
    <MessageBar intent={failure.code === 'offline' ? 'warning' : 'error'} layout="multiline" role="alert">
      <MessageBarBody>
        {failure.message} {failure.cure !== null && !failure.message.includes(failure.cure) && failure.cure}
        {open && <code className={styles.details}>{details}</code>}
      </MessageBarBody>
      <MessageBarActions>
        {props.action !== undefined && (
          <Button size="small" onClick={props.action.run}>
            {props.action.word}
          </Button>
        )}
        {props.again !== undefined && (
          <Button size="small" onClick={props.again}>
            {t('app:error.again')}
          </Button>
        )}
        <Button size="small" appearance="transparent" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'problem.hide' : 'problem.details')}
        </Button>
        {open && <CopyText text={`${failure.message}\n${details}`} what={t('problem.details')} />}
      </MessageBarActions>
    </MessageBar>
  );
}
