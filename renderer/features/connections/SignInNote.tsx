/** On a connection of a person: that the person is wanted, and the one button for it. Nothing opens by itself. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import { SignInStatus } from './SignInStatus.tsx';
import type { SignIn } from './useSignIn.ts';

export function SignInNote(props: { readonly connection: Connection; readonly signIn: SignIn }): ReactElement | null {
  const { t } = useTranslation('connections');
  const { connection, signIn } = props;
  const needed = connection.signIn?.needed ?? null;
  const { state } = signIn.now;
  const underWay = state === 'starting' || state === 'waiting';
  const first = connection.signIn?.account === null;
  return (
    <>
      {needed !== null && !underWay && (
        <MessageBar intent={first ? 'info' : 'warning'} layout="auto">
          <MessageBarBody>
            <MessageBarTitle>{t(first ? 'signIn.firstTitle' : 'signIn.againTitle')}</MessageBarTitle>
            {needed} {t('signIn.waits')}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => void signIn.start(connection.name)}>
              {t(first ? 'signIn.first' : 'signIn.again')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <SignInStatus signIn={signIn} />
    </>
  );
}
