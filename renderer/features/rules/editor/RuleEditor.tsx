/** One rule on the desk: its name, its conditions, and at its side whom it means. Ctrl+Z and Ctrl+Y work everywhere in it. */
import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Tab,
  TabList,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import type { RuleProblem } from '../../../../shared/rules/check.ts';
import { useTell } from '../../../host/ask.ts';
import { go } from '../../../host/navigation.ts';
import { ErrorState } from '../../../ui/States.tsx';
import { closeDraft, type Draft, isChanged, markSaved, redoQuery, undoQuery } from '../model/draft.ts';
import { plain } from '../model/query.ts';
import { Builder } from './Builder.tsx';
import { EditorHead } from './EditorHead.tsx';
import { JsonView } from './JsonView.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { MatchCount } from './MatchCount.tsx';
import { MatchPanel } from './MatchPanel.tsx';
import { setProblems } from './problems.ts';
import { useLeaveGuard } from './useLeaveGuard.ts';
import { useMatches } from './useMatches.ts';

const useStyles = makeStyles({
  /** An empty live region takes no room, and stays in the tree so that its first words are heard. */
  live: { ':empty': { marginTop: `calc(-1 * ${tokens.spacingVerticalM})` } },
  page: {
    outlineStyle: 'none',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXL,
  },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(280px, 340px)',
    gap: tokens.spacingHorizontalXXL,
    '@media (max-width: 1120px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
    '@media (min-width: 1800px)': { gridTemplateColumns: 'minmax(0, 1200px) minmax(340px, 640px)' },
  },
  main: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  tabs: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap' },
  /** Where the panel stands below, the number stays in sight. */
  narrow: { display: 'none', '@media (max-width: 1120px)': { display: 'inline' } },
  sentence: {
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    overflowWrap: 'anywhere',
  },
  muted: { color: tokens.colorNeutralForeground3 },
});

const none: readonly RuleProblem[] = [];

export function RuleEditor(props: { readonly draft: Draft; readonly rules: readonly Rule[] }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const { draft, rules } = props;
  const query = draft.history.present;
  const [tab, setTab] = useState<'builder' | 'json'>('builder');
  const [days, setDays] = useState<number | null>(null);
  const [refused, setRefused] = useState(false);
  const [savedName, setSavedName] = useState<string | null>(null);
  const page = useRef<HTMLDivElement>(null);
  const main = useRef<HTMLDivElement>(null);
  const text = useMemo(() => JSON.stringify(plain(query)), [query]);
  const exceptions = rules.filter((rule) => draft.exceptions.includes(rule.name)).map((rule) => rule.query);
  const matches = useMatches(text, exceptions, days);
  const problems = matches.check?.problems ?? none;
  useEffect(() => setProblems(problems), [problems]);
  const changed = useMemo(() => isChanged(draft), [draft]);
  const guard = useLeaveGuard(changed);

  const save = useTell<{ readonly as: string; readonly fresh: boolean }, Rule>(
    (api, { as, fresh }) => {
      const parts = { query: plain(query), folder: draft.folder.trim() || null, exceptions: [...draft.exceptions] };
      return fresh || draft.of === null
        ? api.rules.add({ name: as, ...parts })
        : api.rules.update({ name: draft.of, change: { name: as, ...parts } });
    },
    ['rules', 'users', 'actions'],
  );
  const onSave = async (as: string, fresh: boolean, then?: string): Promise<void> => {
    setSavedName(null);
    setRefused(false);
    if (as.trim() === '' || problems.length > 0) {
      setRefused(true);
      main.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    try {
      const rule = await save.mutateAsync({ as: as.trim(), fresh });
      markSaved(rule);
      setSavedName(rule.name);
      if (then === undefined) go('rules', { rule: rule.name }, { replace: true });
      else leaveTo(then);
    } catch {
      // The failure is in `save.error` and shown beside the name.
    }
  };
  const leaveTo = (hash: string) => {
    guard.stay();
    closeDraft();
    // The guard's listener goes with the next drawing; until then it would ask again.
    setTimeout(() => {
      location.hash = hash;
    }, 0);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === 's') {
      event.preventDefault();
      void onSave(draft.name, false);
    }
    const own = event.target instanceof HTMLElement && event.target.closest('[data-own-undo]') !== null;
    if (own || (key !== 'z' && key !== 'y')) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) redoQuery();
    else undoQuery();
    // The condition that had the focus may be gone with the step: the keys are still meant for this rule.
    setTimeout(() => {
      if (document.activeElement === document.body) page.current?.focus();
    }, 50);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for the keys of whatever has the focus within
    <div ref={page} tabIndex={-1} className={styles.page} onKeyDown={onKey}>
      <EditorHead
        draft={draft}
        rules={rules}
        changed={changed}
        busy={save.isPending}
        nameMissing={refused && draft.name.trim() === ''}
        failure={save.error}
        onSave={(as, fresh) => void onSave(as, fresh)}
      />
      <div aria-live="polite" className={styles.live}>
        {refused && problems.length > 0 && (
          <MessageBar intent="warning">
            <MessageBarBody>{t('editor.refused', { count: problems.length })}</MessageBarBody>
          </MessageBar>
        )}
        {save.error !== null && !refused && save.error.code !== 'already-exists' && (
          <MessageBar intent="error">
            <MessageBarBody>
              <MessageBarTitle>{t('editor.notSaved')}</MessageBarTitle>
              {save.error.message} {save.error.cure}
            </MessageBarBody>
          </MessageBar>
        )}
        {savedName !== null && !changed && (
          <MessageBar intent="success">
            <MessageBarBody>{t('editor.saved', { name: savedName })}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <div className={styles.columns}>
        <div className={styles.main} ref={main}>
          <Text className={styles.sentence} aria-live="polite">
            {matches.check?.sentence == null ? (
              <span className={styles.muted}>{t('editor.noSentence')}</span>
            ) : (
              `${matches.check.sentence}${draft.exceptions.length === 0 ? '' : t('editor.except', { names: draft.exceptions.join(', ') })}.`
            )}
          </Text>
          <div className={styles.tabs}>
            <TabList
              size="small"
              selectedValue={tab}
              onTabSelect={(_, { value }) => setTab(value === 'json' ? 'json' : 'builder')}
            >
              <Tab value="builder">{t('editor.builder')}</Tab>
              <Tab value="json">{t('editor.json')}</Tab>
            </TabList>
            <span className={styles.narrow}>
              <MatchCount matches={matches} small />
            </span>
          </div>
          {tab === 'builder' ? (
            <Builder query={query} />
          ) : (
            <div data-own-undo>
              <JsonView query={query} problems={problems} />
            </div>
          )}
        </div>
        {matches.failure === null ? (
          <MatchPanel matches={matches} days={days} onDays={setDays} />
        ) : (
          <ErrorState failure={matches.failure} again={matches.again} />
        )}
      </div>
      <LeaveDialog
        open={guard.wanted !== null}
        name={draft.name}
        onStay={guard.stay}
        onDiscard={() => leaveTo(guard.wanted ?? '#/rules')}
        onSave={() => {
          const there = guard.wanted ?? '#/rules';
          guard.stay();
          void onSave(draft.name, false, there);
        }}
      />
    </div>
  );
}
