/** Rules by folder. Folders fold away; a long one shows its first rules until asked for the rest. */
import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular, FolderRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { count } from '../../../ui/format.ts';
import { foldersOf } from '../model/names.ts';
import { type RuleDeed, RuleRow } from './RuleRow.tsx';

const shownAtFirst = 100;

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%' },
  head: {
    textAlign: 'left',
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    position: 'sticky',
    top: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    zIndex: 1,
  },
  /** For screen readers; the column needs no word for the eye. */
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  number: { textAlign: 'right' },
  folder: {
    textAlign: 'left',
    padding: `${tokens.spacingVerticalM} 0 ${tokens.spacingVerticalXS}`,
    fontWeight: 'normal',
  },
});

type Props = {
  readonly rules: readonly Rule[];
  readonly onDeed: (deed: RuleDeed, rule: Rule) => void;
};

export function RuleTable(props: Props): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const folders = foldersOf(props.rules);
  const inFolder = (folder: string | null) => props.rules.filter((rule) => rule.folder === folder);
  return (
    <table className={styles.table} aria-label={t('list.title')}>
      <thead>
        <tr>
          <th className={styles.head} scope="col">
            {t('list.rule')}
          </th>
          <th className={mergeClasses(styles.head, styles.number)} scope="col">
            {t('list.users')}
          </th>
          <th className={styles.head} scope="col">
            {t('list.modified')}
          </th>
          <th className={styles.head} scope="col">
            <span className={styles.unseen}>{t('list.deeds')}</span>
          </th>
        </tr>
      </thead>
      {folders.map((folder) => (
        <Folder key={folder} name={folder} rules={inFolder(folder)} onDeed={props.onDeed} />
      ))}
      <Folder name={folders.length === 0 ? null : t('folder.none')} rules={inFolder(null)} onDeed={props.onDeed} />
    </table>
  );
}

function Folder(props: Props & { readonly name: string | null }): ReactElement | null {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  const { name, rules } = props;
  if (rules.length === 0) return null;
  const shown = all ? rules : rules.slice(0, shownAtFirst);
  return (
    <tbody>
      {name !== null && (
        <tr>
          <th className={styles.folder} colSpan={4} scope="rowgroup">
            <Button
              appearance="transparent"
              size="small"
              icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              <FolderRegular aria-hidden />
              &nbsp;{name}&nbsp;<Text size={200}>({count(rules.length)})</Text>
            </Button>
          </th>
        </tr>
      )}
      {open && shown.map((rule) => <RuleRow key={rule.id} rule={rule} onDeed={props.onDeed} />)}
      {open && shown.length < rules.length && (
        <tr>
          <td colSpan={4}>
            <Button onClick={() => setAll(true)}>
              {t('list.rest', { number: count(rules.length - shown.length) })}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  );
}
