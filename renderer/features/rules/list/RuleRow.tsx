/** One saved rule in the list: what it says, whom it means, and all that can be done with it. */
import {
  Badge,
  Button,
  Link,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  mergeClasses,
  Text,
  tokens,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { go, hrefOf } from '../../../host/navigation.ts';
import { ago, exactTime } from '../../../ui/format.ts';
import { InView } from '../../../ui/InView.tsx';
import { describeQuery } from '../../../ui/words.ts';
import { RuleCount } from './RuleCount.tsx';

export type RuleDeed = 'rename' | 'clone' | 'mute' | 'unmute' | 'exceptions' | 'folder' | 'export' | 'remove';

const useStyles = makeStyles({
  cell: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`,
    verticalAlign: 'top',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  row: { ':hover': { backgroundColor: tokens.colorNeutralBackground2 } },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    flexWrap: 'wrap',
    fontWeight: tokens.fontWeightSemibold,
  },
  sentence: {
    color: tokens.colorNeutralForeground2,
    display: '-webkit-box',
    WebkitLineClamp: '2',
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    overflowWrap: 'anywhere',
  },
  number: { textAlign: 'right', whiteSpace: 'nowrap' },
  when: { whiteSpace: 'nowrap', color: tokens.colorNeutralForeground2 },
  menu: { width: '40px' },
});

export function isMuted(rule: Rule, now = Date.now()): boolean {
  return rule.mutedUntil !== null && Date.parse(rule.mutedUntil) > now;
}

export function RuleRow(props: {
  readonly rule: Rule;
  readonly onDeed: (deed: RuleDeed, rule: Rule) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const { rule, onDeed } = props;
  const muted = isMuted(rule);
  const sentence = describeQuery(rule.query);
  const item = (deed: RuleDeed) => <MenuItem onClick={() => onDeed(deed, rule)}>{t(`deed.${deed}`)}</MenuItem>;
  return (
    <tr className={styles.row}>
      <td className={styles.cell}>
        <span className={styles.name}>
          <Link href={hrefOf('rules', { rule: rule.name })}>{rule.name}</Link>
          {muted && (
            <Badge appearance="tint" color="informative" title={exactTime(rule.mutedUntil)}>
              {t('list.muted', { when: ago(rule.mutedUntil) })}
            </Badge>
          )}
          {rule.exceptions.length > 0 && (
            <Badge appearance="outline" color="informative" title={rule.exceptions.join(', ')}>
              {t('list.exceptions', { count: rule.exceptions.length })}
            </Badge>
          )}
        </span>
        <Text size={200} className={styles.sentence} title={sentence}>
          {sentence}.
        </Text>
      </td>
      <td className={mergeClasses(styles.cell, styles.number)}>
        <RuleCount rule={rule.name} />
      </td>
      <td className={mergeClasses(styles.cell, styles.when)} title={exactTime(rule.modifiedAt)}>
        {ago(rule.modifiedAt)}
      </td>
      <td className={mergeClasses(styles.cell, styles.menu)}>
        <InView>
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <Button
                appearance="subtle"
                size="small"
                icon={<MoreHorizontalRegular />}
                aria-label={t('list.more', { name: rule.name })}
                data-more={rule.id}
              />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem onClick={() => go('rules', { rule: rule.name })}>{t('deed.edit')}</MenuItem>
                <MenuItem onClick={() => go('users', { rule: rule.name })}>{t('deed.users')}</MenuItem>
                <MenuItem onClick={() => go('actions', { new: '1', rule: rule.name })}>{t('deed.action')}</MenuItem>
                <MenuDivider />
                {item('rename')}
                {item('clone')}
                {item('folder')}
                {item('exceptions')}
                {item(muted ? 'unmute' : 'mute')}
                {item('export')}
                <MenuDivider />
                {item('remove')}
              </MenuList>
            </MenuPopover>
          </Menu>
        </InView>
      </td>
    </tr>
  );
}
