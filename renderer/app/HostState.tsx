/**
 * What the process that holds the data goes through, in words: it could not start, it died and is started again, it
 * closes. Lies over the window and moves nothing in it. In a browser there is nothing to say here.
 */
import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCoreState, wish } from '../host/desktop.ts';
import { coreWords } from '../host/failure.ts';
import { Modal, ModalActions } from '../ui/Modal.tsx';

const useStyles = makeStyles({
  bar: {
    position: 'fixed',
    zIndex: 1_000,
    top: tokens.spacingVerticalM,
    left: '50%',
    transform: 'translateX(-50%)',
    maxWidth: 'min(720px, 90vw)',
    boxShadow: tokens.shadow16,
  },
  words: { overflowWrap: 'anywhere' },
});

export function HostState(): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const core = useCoreState((state) => state.core);
  switch (core.kind) {
    case 'starting':
    case 'up':
      return null;
    case 'restarting':
    case 'restarted':
      return (
        <MessageBar className={styles.bar} intent="warning" politeness="assertive" layout="multiline">
          <MessageBarBody>{t(`core.${core.kind}`)}</MessageBarBody>
          {core.kind === 'restarted' && (
            <MessageBarActions>
              <Button size="small" onClick={() => wish('read')}>
                {t('core.understood')}
              </Button>
            </MessageBarActions>
          )}
        </MessageBar>
      );
    case 'closing':
      return (
        <Modal alert title={t('core.closing')}>
          <Spinner labelPosition="after" label={t('core.closingText')} />
        </Modal>
      );
    case 'failed':
      return (
        <Modal alert title={t('core.failed')}>
          <Text className={styles.words}>{coreWords(core.code, core.message, core.cure)}</Text>
          <ModalActions>
            <Button onClick={() => wish('quit')}>{t('core.quit')}</Button>
            <Button onClick={() => wish('openDataFolder')}>{t('core.folder')}</Button>
            <Button appearance="primary" onClick={() => wish('retry')}>
              {t('error.again')}
            </Button>
          </ModalActions>
        </Modal>
      );
  }
}
