/** What to send along with a question: versions, counts and states. No names, ids, addresses, paths or secrets. */
import { Button, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostInfo } from '../../../../shared/contract/host.ts';
import type { Settings } from '../../../../shared/model/settings.ts';
import type { SyncState } from '../../../../shared/model/sync.ts';
import { useAsk } from '../../../host/ask.ts';
import { writeClipboard } from '../../../ui/clipboard.ts';
import { useTheme } from '../../../ui/themeState.ts';
import { SectionHead } from '../form/Section.tsx';
import { type Counts, useCounts } from './useCounts.ts';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    maxWidth: '720px',
    alignItems: 'flex-start',
  },
  text: {
    width: '100%',
    '& textarea': {
      fontFamily: tokens.fontFamilyMonospace,
      fontSize: tokens.fontSizeBase200,
      minHeight: '380px',
      maxHeight: 'none',
    },
  },
});

export function Diagnostics(props: { readonly settings: Settings }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const host = useAsk(['host'], (api) => api.host.info());
  const syncs = useAsk(['sync', 'all'], (api) => api.sync.state());
  const counts = useCounts();
  const theme = useTheme((state) => state.name);
  const [copied, setCopied] = useState(false);
  const text = JSON.stringify(bundle(host.data, syncs.data ?? [], counts, props.settings, theme), null, 2);
  return (
    <div className={styles.box}>
      <SectionHead title={t('diagnostics.title')} text={t('diagnostics.text')} />
      <Button
        appearance="primary"
        icon={<CopyRegular />}
        onClick={() => {
          void writeClipboard(text).then(() => setCopied(true));
        }}
      >
        {t(copied ? 'diagnostics.copied' : 'diagnostics.copy')}
      </Button>
      <Textarea className={styles.text} readOnly value={text} aria-label={t('diagnostics.title')} spellCheck={false} />
    </div>
  );
}

/** The data folder is left out: its path holds the name of who is signed in to this machine. */
function bundle(
  host: HostInfo | undefined,
  syncs: readonly SyncState[],
  counts: Counts,
  settings: Settings,
  theme: string,
): unknown {
  const { guardrails, window: shown, ...others } = settings;
  return {
    riskdesk:
      host === undefined
        ? null
        : {
            version: host.version,
            build: host.build ?? 'none: runs from source',
            host: host.host,
            platform: host.platform,
          },
    keychain: host?.keychain.available ?? null,
    readOnlyHost: host === undefined ? null : host.readOnly !== null,
    window: {
      ...shown,
      drawn: theme,
      width: innerWidth,
      height: innerHeight,
      scale: devicePixelRatio,
      browser: /(Electron|Edg|Chrome|Firefox)\/[\d.]+/.exec(navigator.userAgent)?.[0] ?? null,
    },
    counts,
    connections: syncs.map(({ running, last, dataAsOf }) => ({
      dataAsOf,
      running: running === null ? null : { kind: running.kind, pages: running.pages, users: running.users },
      last:
        last === null
          ? null
          : {
              kind: last.kind,
              complete: last.complete,
              users: last.users,
              requests: last.requests,
              throttled: last.throttled,
              skipped: last.skipped,
              repaired: last.repaired,
              durationMs: last.durationMs,
              errorCode: last.errorCode,
            },
    })),
    settings: {
      ...others,
      guardrails: {
        ...guardrails,
        protectedUsers: guardrails.protectedUsers.length,
        protectedGroups: guardrails.protectedGroups.length,
      },
    },
  };
}
