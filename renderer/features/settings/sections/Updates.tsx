/** Newer versions: which one runs, what was found, its notes as plain text, and the two settings. Saved at once. */
import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  ProgressBar,
  Radio,
  RadioGroup,
  Switch,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../../shared/model/settings.ts';
import { type UpdateState, updateChannels } from '../../../../shared/model/update.ts';
import { useAsk, useTell } from '../../../host/ask.ts';
import type { Failure } from '../../../host/failure.ts';
import { ErrorState, Loading } from '../../../ui/States.tsx';
import { SectionHead } from '../form/Section.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '720px' },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, flexWrap: 'wrap' },
  notes: { '& textarea': { minHeight: '220px', maxHeight: 'none' } },
});

/** How often the state is asked for while this section is open, milliseconds. */
const lookEvery = 1_500;

export function Updates(props: { readonly settings: Settings }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const host = useAsk(['host'], (api) => api.host.info());
  const state = useAsk(['updates'], (api) => api.updates.state(), { refetchInterval: lookEvery });
  if (state.data === undefined || host.data === undefined) {
    const failure = state.error ?? host.error;
    return failure === null ? (
      <Loading label={t('updates.title')} />
    ) : (
      <ErrorState failure={failure} again={() => void Promise.all([state.refetch(), host.refetch()])} />
    );
  }
  const { version, build } = host.data;
  return (
    <div className={styles.box}>
      <SectionHead title={t('updates.title')} text={t('updates.text')} />
      <Text>
        {build === null
          ? t('updates.runsFromSource', { version })
          : t(build.modified ? 'updates.runsChanged' : 'updates.runs', {
              version,
              commit: build.commit.slice(0, 12),
              date: build.date.slice(0, 10),
            })}
      </Text>
      {state.data.unsupported === null ? (
        <>
          <Found state={state.data} />
          <Choices settings={props.settings} />
        </>
      ) : (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t(`updates.why.${state.data.unsupported}`)}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}

/** What is known about a newer version, and what can be done now. */
function Found({ state }: { readonly state: UpdateState }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const check = useTell((api) => api.updates.check(), ['updates']);
  const install = useTell((api) => api.updates.install(), ['updates']);
  const postpone = useTell((api) => api.updates.postpone(), ['updates']);
  const { phase, version, waitingFor, percent, notes } = state;
  const canCheck = phase === 'idle' || phase === 'current' || phase === 'failed';
  return (
    <>
      <div className={styles.row} role="status">
        <Text weight="semibold">
          {phase === 'waiting' && waitingFor !== null
            ? t('updates.phase.waiting', {
                version,
                runs: t('updates.runsLeft', { count: waitingFor.runs }),
                syncs: t('updates.syncsLeft', { count: waitingFor.syncs }),
              })
            : t(`updates.phase.${phase}`, { version })}
        </Text>
        {canCheck && (
          <Button disabled={check.isPending} onClick={() => check.mutate(undefined)}>
            {t('updates.check')}
          </Button>
        )}
        {phase === 'ready' && (
          <Button appearance="primary" disabled={install.isPending} onClick={() => install.mutate(undefined)}>
            {t('updates.install', { version })}
          </Button>
        )}
        {phase === 'waiting' && <Button onClick={() => postpone.mutate(undefined)}>{t('updates.postpone')}</Button>}
      </div>
      {phase === 'downloading' && (
        <Field validationState="none" validationMessage={t('updates.percent', { percent: percent ?? 0 })}>
          <ProgressBar value={(percent ?? 0) / 100} />
        </Field>
      )}
      <Refused failure={check.error ?? install.error ?? postpone.error} />
      {notes !== null && (
        <Field label={t('updates.notes', { version })}>
          <Textarea className={styles.notes} readOnly value={notes} />
        </Field>
      )}
    </>
  );
}

function Choices({ settings }: { readonly settings: Settings }): ReactElement {
  const { t } = useTranslation('settings');
  const tell = useTell(
    (api, input: { key: string; value: string | boolean }) => api.settings.set(input),
    ['settings', 'journal'],
  );
  const { automatic, channel } = settings.updates;
  return (
    <>
      <Field hint={t('updates.automaticHint')}>
        <Switch
          checked={automatic}
          label={t('updates.automatic')}
          onChange={(_, { checked }) => tell.mutate({ key: 'updates.automatic', value: checked })}
        />
      </Field>
      <Field label={t('updates.channel')}>
        <RadioGroup value={channel} onChange={(_, { value }) => tell.mutate({ key: 'updates.channel', value })}>
          {updateChannels.map((value) => (
            <Radio key={value} value={value} label={t(`updates.channels.${value}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Refused failure={tell.error} />
    </>
  );
}

function Refused({ failure }: { readonly failure: Failure | null }): ReactElement | null {
  if (failure === null) return null;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        {failure.message} {failure.cure}
      </MessageBarBody>
    </MessageBar>
  );
}
