/** What only Entra knows about a user: its history, its detections, and the groups. Each is asked for by hand. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { detailLabel, levelLabel, stateLabel } from '../../../ui/words.ts';
import { OnDemand } from './OnDemand.tsx';
import { TimelineItem, TimelineList } from './Timeline.tsx';

const useStyles = makeStyles({
  groups: { margin: 0, paddingInlineStart: '18px', display: 'grid', gap: tokens.spacingVerticalXXS },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

type Props = { readonly user: RiskyUser };

/** Microsoft's label of a detection's type; one that this version does not know shows as it came. */
function eventLabel(t: TFunction<'users'>, type: string): string {
  return t(`event.${type}` as 'event.generic', { defaultValue: type });
}

const joined = (parts: readonly (string | null)[]) =>
  parts.filter((part) => part !== null && part !== '' && part !== '-').join(' · ');

export function EntraHistory({ user: { connection, id } }: Props): ReactElement {
  const { t } = useTranslation('users');
  return (
    <OnDemand
      name={['users', 'entraHistory', connection, id]}
      button={t('ask.history')}
      nothing={t('ask.historyNone')}
      ask={(api, signal) => api.users.entraHistory({ connection, id }, { signal })}
    >
      {(entries) => (
        <TimelineList label={t('ask.history')}>
          {entries.map((entry) => (
            <TimelineItem
              key={JSON.stringify(entry)}
              at={entry.riskLastUpdatedDateTime}
              note={entry.initiatedBy === null ? undefined : t('ask.by', { who: entry.initiatedBy })}
            >
              {joined([
                levelLabel(entry.riskLevel),
                stateLabel(entry.riskState),
                detailLabel(entry.riskDetail),
                ...entry.riskEventTypes.map((type) => eventLabel(t, type)),
              ])}
            </TimelineItem>
          ))}
        </TimelineList>
      )}
    </OnDemand>
  );
}

export function Detections({ user: { connection, id } }: Props): ReactElement {
  const { t } = useTranslation('users');
  return (
    <OnDemand
      name={['users', 'detections', connection, id]}
      button={t('ask.detections')}
      nothing={t('ask.detectionsNone')}
      ask={(api, signal) => api.users.detections({ connection, id }, { signal })}
    >
      {(found) => (
        <TimelineList label={t('ask.detections')}>
          {found.map((one) => (
            <TimelineItem
              key={one.id}
              at={one.detectedDateTime}
              note={joined([one.ipAddress, joined([one.city, one.countryOrRegion]), one.source])}
            >
              <Text weight="semibold">{eventLabel(t, one.riskEventType)}</Text>{' '}
              {joined([levelLabel(one.riskLevel), stateLabel(one.riskState)])}
            </TimelineItem>
          ))}
        </TimelineList>
      )}
    </OnDemand>
  );
}

export function Memberships({ user: { connection, id } }: Props): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  return (
    <OnDemand
      name={['users', 'memberships', connection, id]}
      button={t('ask.memberships')}
      nothing={t('ask.membershipsNone')}
      ask={(api, signal) => api.users.memberships({ connection, id }, { signal })}
    >
      {(groups) => (
        <ul className={styles.groups}>
          {groups.map((group) => (
            <li key={group.id} title={group.id}>
              {group.displayName ?? <span className={styles.id}>{group.id}</span>}
            </li>
          ))}
        </ul>
      )}
    </OnDemand>
  );
}
