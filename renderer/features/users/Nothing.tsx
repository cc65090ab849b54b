/** No rows: because of the filters, because the first sync is still running, or because there is nobody. */
import { Button } from '@fluentui/react-components';
import { PersonSearchRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../host/navigation.ts';
import { EmptyState } from '../../ui/States.tsx';
import { isNarrowed, type UserPlace } from './filter/userPlace.ts';

export function Nothing(props: {
  readonly place: UserPlace;
  readonly syncing: boolean;
  readonly onPlace: (next: Partial<UserPlace>) => void;
}): ReactElement {
  const { t } = useTranslation('users');
  if (isNarrowed(props.place)) {
    return (
      <EmptyState
        icon={<PersonSearchRegular />}
        title={t('nothing.title')}
        text={t('nothing.text')}
        action={
          <Button
            onClick={() => props.onPlace({ parts: [], rule: null, connection: null, deleted: 'include', search: '' })}
          >
            {t('nothing.action')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<PersonSearchRegular />}
      title={t(props.syncing ? 'empty.syncing' : 'empty.title')}
      text={t(props.syncing ? 'empty.syncingText' : 'empty.text')}
      action={
        <Button as="a" href={hrefOf('connections')}>
          {t('empty.action')}
        </Button>
      }
    />
  );
}
