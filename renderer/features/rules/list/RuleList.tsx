/** The saved rules: find one, do something with one, bring some in, take them along. */
import { Button, MessageBar, MessageBarBody, makeStyles, SearchBox, Title3, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowExportRegular, ArrowImportRegular } from '@fluentui/react-icons';
import { type ReactElement, useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { setOpenedRules, useOpenedRules } from '../../../host/openedRules.ts';
import { count } from '../../../ui/format.ts';
import { EmptyState } from '../../../ui/States.tsx';
import { describeQuery } from '../../../ui/words.ts';
import { ImportDialog } from '../dialogs/ImportDialog.tsx';
import { Examples, startNew } from './Examples.tsx';
import { RuleDeeds } from './RuleDeeds.tsx';
import type { RuleDeed } from './RuleRow.tsx';
import { RuleTable } from './RuleTable.tsx';
import { useRuleWrites } from './useRuleWrites.ts';

const useStyles = makeStyles({
  /** An empty live region takes no room, and stays in the tree so that its first words are heard. */
  live: { ':empty': { marginTop: `calc(-1 * ${tokens.spacingVerticalM})` } },
  /** Wider than this, the eye loses the row between a rule's name and its number. */
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXL,
    maxWidth: '1400px',
  },

  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  title: { margin: '0', marginRight: 'auto' },
  search: { maxWidth: '360px', width: '100%' },
  hidden: { display: 'none' },
});

export function RuleList(props: { readonly rules: readonly Rule[] }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const { rules } = props;
  const [search, setSearch] = useState('');
  const source = useOpenedRules((state) => state.file);
  const [deed, setDeed] = useState<{ readonly what: RuleDeed; readonly rule: Rule } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const writes = useRuleWrites();
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const shown = rules.filter((rule) =>
    `${rule.name}\n${rule.folder ?? ''}\n${describeQuery(rule.query)}`.toLowerCase().includes(wanted),
  );

  const pick = () => picker.current?.click();
  const onFile = async (file: File | undefined) => {
    if (file !== undefined) setOpenedRules({ name: file.name, text: await file.text() });
    if (picker.current !== null) picker.current.value = '';
  };
  const onDeed = (what: RuleDeed, rule: Rule) => {
    setSaid(null);
    if (what === 'export') void writes.exportRules([rule.name]);
    else if (what === 'unmute')
      void writes.update(rule.name, { mutedUntil: null }).then(() => setSaid(t('said.unmute', { name: rule.name })));
    else setDeed({ what, rule });
  };

  return (
    <div className={rules.length === 0 ? undefined : styles.page}>
      <input
        ref={picker}
        className={styles.hidden}
        type="file"
        accept="application/json,.json,.riskdesk-rules"
        aria-label={t('list.import')}
        onChange={(event) => void onFile(event.target.files?.[0])}
      />
      {rules.length === 0 ? (
        <Examples onImport={pick} />
      ) : (
        <>
          <div className={styles.head}>
            <Title3 as="h2" className={styles.title}>
              {t('list.heading', { count: rules.length, number: count(rules.length) })}
            </Title3>
            <Button icon={<ArrowImportRegular />} onClick={pick}>
              {t('list.import')}
            </Button>
            <Button icon={<ArrowExportRegular />} onClick={() => void writes.exportRules(null)}>
              {t('list.export')}
            </Button>
            <Button appearance="primary" icon={<AddRegular />} onClick={() => startNew()}>
              {t('list.new')}
            </Button>
          </div>
          <div data-search>
            <SearchBox
              className={styles.search}
              value={search}
              placeholder={t('list.search')}
              aria-label={t('list.search')}
              onChange={(_, { value }) => setSearch(value)}
            />
          </div>
          <div aria-live="polite" className={styles.live}>
            {said !== null && (
              <MessageBar intent="success">
                <MessageBarBody>{said}</MessageBarBody>
              </MessageBar>
            )}
          </div>
          {shown.length === 0 ? (
            <EmptyState
              title={t('list.noneFound')}
              text={t('list.noneFoundText', { search: search.trim() })}
              action={<Button onClick={() => setSearch('')}>{t('list.clear')}</Button>}
            />
          ) : (
            <RuleTable rules={shown} onDeed={onDeed} />
          )}
        </>
      )}
      {deed !== null && (
        <RuleDeeds
          what={deed.what}
          rule={deed.rule}
          rules={rules}
          writes={writes}
          onSaid={setSaid}
          onClose={() => {
            setDeed(null);
            focusRule(deed.rule.id);
          }}
        />
      )}
      {source !== null && (
        <ImportDialog
          key={source.name}
          source={source}
          rules={rules}
          onImport={async (file) => {
            const { added } = await writes.importRules(file);
            setSaid(t('said.import', { count: added.length, names: added.slice(0, 5).join(', ') }));
          }}
          onClose={() => setOpenedRules(null)}
        />
      )}
    </div>
  );
}

/** The menu that opened a dialog is gone by now: the focus goes to its button, or to the search when the rule is gone too. */
function focusRule(id: number): void {
  setTimeout(() => {
    const button = document.querySelector<HTMLElement>(`[data-more="${id}"]`);
    (button ?? document.querySelector<HTMLElement>('main [data-search] input'))?.focus();
  }, 100);
}
