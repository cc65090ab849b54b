/** Rules: the list, or one rule in the editor. Which of the two is in the address. */
import { Button } from '@fluentui/react-components';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../shared/contract/rules.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import { useAsk } from '../../host/ask.ts';
import { go, usePlace } from '../../host/navigation.ts';
import { EmptyState, ErrorState, Loading } from '../../ui/States.tsx';
import { RuleEditor } from './editor/RuleEditor.tsx';
import { RuleList } from './list/RuleList.tsx';
import { isAsSaved, isChanged, markOpened, openNew, openRule, useDraft } from './model/draft.ts';

export function RulesView(): ReactElement {
  const { t } = useTranslation('rules');
  const params = usePlace((place) => place.params);
  const rules = useAsk(['rules'], (api) => api.rules.list());
  if (rules.data === undefined) {
    return rules.error === null ? (
      <Loading label={t('list.title')} />
    ) : (
      <ErrorState failure={rules.error} again={() => void rules.refetch()} />
    );
  }
  const { rule: name, filter } = params;
  if (name !== undefined || params.new !== undefined)
    return <Desk name={name ?? null} filter={filter} rules={rules.data} />;
  return <RuleList rules={rules.data} />;
}

/** Puts what the address names on the desk, unless it lies there already with changes in it. */
function Desk(props: {
  readonly name: string | null;
  readonly filter: string | undefined;
  readonly rules: readonly Rule[];
}): ReactElement | null {
  const { t } = useTranslation('rules');
  const { name, filter, rules } = props;
  const draft = useDraft((state) => state.draft);
  const rule = name === null ? undefined : rules.find((one) => same(one.name, name));
  const ready = draft !== null && same(draft.of, name);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once; a newer read must not replace what is typed.
  useEffect(() => {
    // Just saved, or opened again as it still stands: then undo still goes back.
    const kept = ready && (draft.fresh || isChanged(draft) || (rule !== undefined && isAsSaved(draft, rule)));
    if (kept) markOpened();
    else if (name === null) openNew({ query: parsed(filter) });
    else if (rule !== undefined) openRule(rule);
  }, [name, filter]);
  if (ready) return <RuleEditor key={draft.session} draft={draft} rules={rules} />;
  if (name === null || rule !== undefined) return null;
  return (
    <EmptyState
      title={t('gone.title', { name })}
      text={t('gone.text')}
      action={
        <Button appearance="primary" onClick={() => go('rules')}>
          {t('gone.back')}
        </Button>
      }
    />
  );
}

function same(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : fold(one) === fold(other);
}

function parsed(filter: string | undefined): unknown {
  try {
    return filter === undefined ? undefined : JSON.parse(filter);
  } catch {
    return undefined;
  }
}
