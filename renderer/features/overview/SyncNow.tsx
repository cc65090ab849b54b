/** Starts a sync of every connection in view that is not syncing already. */
import { Button } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '../../../shared/model/sync.ts';
import { useTell } from '../../host/ask.ts';

export function SyncNow(props: { readonly states: readonly SyncState[] }): ReactElement {
  const { t } = useTranslation('overview');
  const idle = props.states.filter(({ running }) => running === null).map(({ connection }) => connection);
  const start = useTell(
    async (api, names: readonly string[]) => Promise.all(names.map((connection) => api.sync.start({ connection }))),
    ['sync'],
  );
  return (
    <Button
      size="small"
      icon={<ArrowSyncRegular />}
      disabledFocusable={idle.length === 0}
      title={idle.length === 0 ? t('sync.running') : (start.error?.message ?? undefined)}
      onClick={() => start.mutate(idle)}
    >
      {t(idle.length === 0 && props.states.length > 0 ? 'sync.running' : 'sync.now')}
    </Button>
  );
}
