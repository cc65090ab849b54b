/** Where the data lies, and how to forget it. Forgetting is typed, not clicked. */
import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useTell } from '../../../host/ask.ts';
import { writeClipboard } from '../../../ui/clipboard.ts';
import { count } from '../../../ui/format.ts';
import { Modal, ModalActions } from '../../../ui/Modal.tsx';
import { ErrorState, Loading } from '../../../ui/States.tsx';
import { SectionHead } from '../form/Section.tsx';
import { useCounts } from './useCounts.ts';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '720px' },
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, alignItems: 'flex-start' },
  path: {
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
  },
  title: { margin: '0' },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

export function DataSection(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const host = useAsk(['host'], (api) => api.host.info());
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  const [wiped, setWiped] = useState<number | null>(null);
  if (host.data === undefined) {
    return host.error === null ? (
      <Loading label={t('data.title')} />
    ) : (
      <ErrorState failure={host.error} again={() => void host.refetch()} />
    );
  }
  const { dataDir, keychain } = host.data;
  return (
    <div className={styles.box}>
      <SectionHead title={t('data.title')} text={t('data.text')} />
      <section className={styles.part}>
        <Subtitle2 as="h3" className={styles.title}>
          {t('data.folder')}
        </Subtitle2>
        <code className={styles.path}>{dataDir}</code>
        <Button
          icon={<CopyRegular />}
          onClick={() => {
            void writeClipboard(dataDir).then(() => setCopied(true));
          }}
        >
          {t(copied ? 'data.copied' : 'data.copyPath')}
        </Button>
      </section>
      <section className={styles.part}>
        <Subtitle2 as="h3" className={styles.title}>
          {t('data.secrets')}
        </Subtitle2>
        <Text>{keychain.available ? t('data.keychain') : t('data.noKeychain', { why: keychain.why ?? '' })}</Text>
      </section>
      <section className={styles.part}>
        <Subtitle2 as="h3" className={styles.title}>
          {t('data.wipe')}
        </Subtitle2>
        <Text>{t('data.wipeText')}</Text>
        <Button onClick={() => setAsking(true)}>{t('data.wipeAsk')}</Button>
        <div aria-live="polite">
          {wiped !== null && (
            <MessageBar intent="success">
              <MessageBarBody>{t('data.wiped', { count: wiped, number: count(wiped) })}</MessageBarBody>
            </MessageBar>
          )}
        </div>
      </section>
      {asking && <WipeDialog onClose={() => setAsking(false)} onWiped={setWiped} />}
    </div>
  );
}

function WipeDialog(props: { readonly onClose: () => void; readonly onWiped: (users: number) => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const { users } = useCounts();
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState(false);
  const word = t('data.word');
  const fits = typed.trim().toLowerCase() === word;
  const wipe = useTell((api, _: null) => api.settings.wipeCache(), ['users', 'scores', 'sync', 'journal', 'rules']);
  const submit = async () => {
    setRefused(!fits);
    if (!fits) return;
    try {
      const done = await wipe.mutateAsync(null);
      props.onWiped(done.users);
      props.onClose();
    } catch {
      // The failure is in `wipe.error` and shown below.
    }
  };
  const number = users === null ? t('data.all') : count(users);
  return (
    <Modal alert title={t('data.wipeTitle', { count: users ?? 2, number })} onClose={props.onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Text>{t('data.goes')}</Text>
        <Text>{t('data.stays')}</Text>
        <Field
          label={t('data.type', { word })}
          {...(refused && !fits ? { validationMessage: t('data.typeFault', { word }) } : {})}
        >
          <Input autoFocus value={typed} autoComplete="off" onChange={(_, { value }) => setTyped(value)} />
        </Field>
        {wipe.error !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              {wipe.error.message} {wipe.error.cure}
            </MessageBarBody>
          </MessageBar>
        )}
        <ModalActions>
          <Button onClick={props.onClose}>{t('data.cancel')}</Button>
          <Button appearance="primary" type="submit" disabledFocusable={wipe.isPending}>
            {t('data.wipeAction', { count: users ?? 2, number })}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
