/** Sentences about actions that several pages share: what is done to how many, to which group, and how far a run is. */
import { useTranslation } from 'react-i18next';
import type { ActionKind, GroupTarget } from '../../../shared/model/action.ts';
import type { PlanStep } from '../../../shared/model/plan.ts';
import type { Run } from '../../../shared/model/run.ts';
import { count } from '../../ui/format.ts';

/** Present name, or the last one known, or the id; empty for kinds without a group. */
export function groupName(group: GroupTarget | null): string {
  if (group === null) return '';
  return group.mode === 'create' ? group.name : (group.name ?? group.id);
}

/** Users that have an outcome. */
export const doneOf = (run: Run): number => run.total - run.left;

/** A run that waits for a person: resumed or cancelled, it ends. */
export const isUnfinished = (run: Run): boolean =>
  run.state === 'paused' || run.state === 'interrupted' || run.state === 'stopped';

export const hasEnded = (run: Run): boolean => run.state === 'completed' || run.state === 'cancelled';

/** Kinds whose effect Graph lets nobody read back. */
export const canBeReadBack = (kind: ActionKind): boolean =>
  kind !== 'none' && kind !== 'revoke-sessions' && kind !== 'require-password-change';

type Doing = { readonly kind: ActionKind; readonly group: GroupTarget | null };

export function useWords() {
  const { t } = useTranslation('actions');
  return {
    /** "Add to group: Quarantine". */
    title: ({ kind, group }: Doing): string =>
      group === null ? t(`kind.${kind}.name`) : `${t(`kind.${kind}.name`)}: ${groupName(group)}`,
    /** "Add 312 users to Quarantine". */
    doing: ({ kind, group }: Doing, users: number): string =>
      t(`do.${kind}`, { count: users, n: count(users), group: groupName(group) }),
    /** What happens to one user, or why nothing does. */
    effect: ({ kind, group }: Doing, step: PlanStep): string => {
      switch (step.effect) {
        case 'act':
          return t(`will.${kind}`, { group: groupName(group) });
        case 'already':
          return t(`was.${kind}`, { group: groupName(group) });
        case 'skip':
          return t(`reason.${step.reason ?? 'gone'}`);
      }
    },
  };
}
