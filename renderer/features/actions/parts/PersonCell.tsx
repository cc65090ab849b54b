/** A person as tables name them: display name over UPN, with a link that opens them among the users. */
import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../host/navigation.ts';
import { cutMiddle } from '../../../ui/format.ts';

const useStyles = makeStyles({
  cell: { display: 'flex', flexDirection: 'column', minWidth: 0, padding: `${tokens.spacingVerticalXS} 0` },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  upn: { color: tokens.colorNeutralForeground3, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

export function PersonCell(props: {
  readonly connection: string;
  readonly person: {
    readonly objectId: string;
    readonly displayName: string | null;
    readonly userPrincipalName: string | null;
  };
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('actions');
  const { objectId, displayName, userPrincipalName } = props.person;
  const upn = userPrincipalName ?? objectId;
  return (
    <span className={styles.cell}>
      <Link className={styles.name} href={hrefOf('users', { user: objectId, connection: props.connection })}>
        {displayName ?? t('unnamed')}
      </Link>
      <Text size={200} className={styles.upn} title={upn}>
        {cutMiddle(upn, 40)}
      </Text>
    </span>
  );
}
