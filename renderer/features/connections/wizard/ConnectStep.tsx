/** Step 5: store it, test it live, show what is allowed, read everything for the first time, and hand over. */
import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionTest } from '../../../../shared/contract/connections.ts';
import type { Connection } from '../../../../shared/model/connection.ts';
import { useTell } from '../../../host/ask.ts';
import type { Api } from '../../../host/client.ts';
import type { Failure } from '../../../host/failure.ts';
import { go } from '../../../host/navigation.ts';
import { credentialOf, type Field, fieldOf, toChange, toNew } from '../draft.ts';
import type { Ability } from '../features.ts';
import { SignInStatus } from '../SignInStatus.tsx';
import { TestResult } from '../TestResult.tsx';
import { type Form, idOf } from '../useForm.ts';
import { useSignIn } from '../useSignIn.ts';
import { FirstSync } from './FirstSync.tsx';
import { Summary } from './Summary.tsx';
import { restartWizard, useWizard } from './state.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  row: {
    position: 'sticky',
    bottom: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} 0`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  cancel: { marginLeft: 'auto' },
});

export function ConnectStep(props: {
  readonly form: Form;
  readonly stored: Connection | null;
  readonly wanted: readonly Ability[];
  readonly onField: (field: Field) => void;
  readonly onLeave: () => void;
}): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { form, stored } = props;
  const { draft } = form;
  const [test, setTest] = useState<ConnectionTest | null>(null);
  const [syncing, setSyncing] = useState(false);
  const signIn = useSignIn();
  const person = draft.kind === 'interactive';
  const result = useRef<HTMLDivElement>(null);
  const connect = useTell(
    async (api): Promise<ConnectionTest | null> => {
      const name = stored === null ? await add(api) : await change(api, stored);
      if (person && (await api.connections.get({ name })).signIn?.needed && !(await signIn.start(name))) return null;
      return api.connections.test({ name });
    },
    ['connections', 'sync', 'journal'],
  );
  useEffect(() => {
    if (test !== null) result.current?.focus();
  }, [test]);

  async function add(api: Api): Promise<string> {
    const { name } = await api.connections.add(toNew(draft));
    useWizard.setState({ saved: name });
    return name;
  }

  /** A second try changes what was stored by the first; a secret is sent again only when it was typed again. */
  async function change(api: Api, before: Connection): Promise<string> {
    const difference = toChange(draft, before);
    const credential = draft.kind === 'secret' && draft.secret === '' ? {} : { credential: credentialOf(draft) };
    const { name } = await api.connections.update({ name: before.name, change: { ...difference, ...credential } });
    useWizard.setState({ saved: name });
    return name;
  }

  const onConnect = () => {
    if (connect.isPending) return;
    setTest(null);
    connect.mutate(undefined, {
      onSuccess: setTest,
      onError: (failure: Failure) => {
        const field = fieldOf(failure.field, draft.kind);
        if (field !== null) form.blame(field, `${failure.message} ${failure.cure ?? ''}`);
      },
    });
  };
  const mend = (coreField: string | null | undefined, message: string) => {
    const field = fieldOf(coreField, draft.kind);
    if (field === null) return null;
    return {
      words: t('connect.goTo', { field: t(`field.${field}`) }),
      go: () => {
        form.blame(field, message);
        props.onField(field);
        setTimeout(() => document.getElementById(idOf(field))?.focus(), 100);
      },
    };
  };
  const failed = connect.error;
  const mendFailed = failed === null ? null : mend(failed.field, `${failed.message} ${failed.cure ?? ''}`);

  if (syncing && stored !== null) {
    return (
      <FirstSync
        connection={stored.name}
        onDone={(view) => {
          restartWizard();
          go(view);
        }}
        onLeave={props.onLeave}
      />
    );
  }
  return (
    <div className={styles.box}>
      {test === null && signIn.now.state !== 'waiting' && <Summary draft={draft} wanted={props.wanted} />}
      <SignInStatus signIn={signIn} />
      {failed !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t(stored === null ? 'connect.notSaved' : 'connect.notChanged')}</MessageBarTitle>
            {failed.message} {failed.cure}{' '}
            {mendFailed && (
              <Button size="small" onClick={mendFailed.go}>
                {mendFailed.words}
              </Button>
            )}
          </MessageBarBody>
        </MessageBar>
      )}
      {test !== null && (
        <section ref={result} tabIndex={-1} aria-label={t('connect.result')}>
          <TestResult
            test={test}
            wanted={props.wanted}
            mend={mend(test.problem?.field, `${test.problem?.message ?? ''} ${test.problem?.cure ?? ''}`)}
          >
            {test.ok && test.permissions.some((row) => !row.allowed) && (
              <Text size={200}>{t('connect.grantLater')}</Text>
            )}
          </TestResult>
        </section>
      )}
      <div className={styles.row}>
        <Button onClick={() => useWizard.setState({ step: 'scope' })}>{t('wizard.back')}</Button>
        {test?.ok ? (
          <Button appearance="primary" onClick={() => setSyncing(true)}>
            {t('connect.sync')}
          </Button>
        ) : null}
        <Button
          appearance={test?.ok ? 'secondary' : 'primary'}
          onClick={onConnect}
          disabledFocusable={connect.isPending}
        >
          {t(words(person, stored === null, test !== null))}
        </Button>
        <span role="status">
          {connect.isPending && signIn.now.state !== 'waiting' && <Spinner size="tiny" label={t('test.running')} />}
        </span>
        <Button className={styles.cancel} appearance="subtle" onClick={props.onLeave}>
          {t(stored === null ? 'wizard.cancel' : 'wizard.later')}
        </Button>
      </div>
    </div>
  );
}

/** What the main button does, by its own name. */
function words(
  person: boolean,
  first: boolean,
  tested: boolean,
): 'connect.saveSignIn' | 'connect.signIn' | 'connect.save' | 'connect.again' {
  if (person && !tested) return first ? 'connect.saveSignIn' : 'connect.signIn';
  return first ? 'connect.save' : 'connect.again';
}
