/** Says that nothing new can be read or sent, why, and what to do; what was read and what was typed stays on the screen. */
import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAbsence } from '../host/absence.ts';

const useStyles = makeStyles({
  bar: { gridArea: 'notice', margin: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalS}` },
});

export function LostLink(): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const why = useAbsence((state) => state.why);
  if (why === 'none') return null;
  return (
    <MessageBar
      className={styles.bar}
      intent={why === 'refused' ? 'error' : 'warning'}
      layout="multiline"
      role="alert"
      data-absence={why}
    >
      <MessageBarBody>
        <MessageBarTitle>{t(`absence.${why}.title`)}</MessageBarTitle> {t(`absence.${why}.text`)} {t('absence.kept')}
      </MessageBarBody>
    </MessageBar>
  );
}
