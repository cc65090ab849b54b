/**
 * Actions: saved ones and runs, the form, and the one page on which a plan becomes a run. The address says which, so
 * that back, forward and links from elsewhere work; each place starts fresh when its id changes.
 */
import type { ReactElement } from 'react';
import { usePlace } from '../../host/navigation.ts';
import { useSelection } from '../../host/selection.ts';
import { PlanPage } from './flow/PlanPage.tsx';
import { ReviewPage } from './flow/ReviewPage.tsx';
import { RunPage } from './flow/RunPage.tsx';
import { ActionForm } from './form/ActionForm.tsx';
import { SelectionForm } from './form/SelectionForm.tsx';
import { ActionsHome } from './list/ActionsHome.tsx';

export function ActionsView(): ReactElement {
  const { run, plan, action, edit, rule, from, ...params } = usePlace((place) => place.params);
  const picked = useSelection((selection) => selection.ids.length);
  if (run !== undefined) return <RunPage key={run} runId={run} />;
  if (plan !== undefined) return <ReviewPage key={plan} planId={plan} />;
  if (action !== undefined && edit !== undefined) return <ActionForm key={action} name={action} rule={null} />;
  if (action !== undefined) return <PlanPage key={action} name={action} />;
  if (params.new !== undefined) {
    const bySelection = picked > 0 && rule === undefined && from !== 'rule';
    return bySelection ? <SelectionForm /> : <ActionForm key={rule ?? ''} name={null} rule={rule ?? null} />;
  }
  return <ActionsHome />;
}
