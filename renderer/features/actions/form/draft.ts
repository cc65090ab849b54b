/** What the form holds while it is typed, and what is wrong with it. Pure: the fields only show what is found here. */
import { type Action, type ActionKind, needsGroup } from '../../../../shared/model/action.ts';
import { draftOf, type GroupDraft, targetOf } from './GroupPicker.tsx';

export type ActionDraft = {
  readonly name: string;
  /** Until a person types a name, one is made from kind and rule. */
  readonly named: boolean;
  readonly rule: string;
  readonly connection: string;
  readonly kind: ActionKind | null;
  readonly group: GroupDraft;
  readonly cap: string;
  /** Planned after each complete automatic sync. */
  readonly automatic: boolean;
};

/** Keys of `form.*` that say what is wrong, per field; null where nothing is. */
export type FieldProblems = {
  readonly name: 'nameMissing' | 'nameTaken' | null;
  readonly rule: 'ruleMissing' | null;
  readonly connection: 'connectionMissing' | null;
  readonly kind: 'kindMissing' | null;
  readonly cap: 'capBad' | null;
};

/** The group's own fields say what is missing there. */
export type Problems = FieldProblems & { readonly group: false | 'existing' | 'create' };

export function startDraft(
  present: Action | null,
  rule: string | null,
  rules: readonly string[],
  connections: readonly string[],
): ActionDraft {
  if (present !== null) {
    return {
      name: present.name,
      named: true,
      rule: rules.includes(present.rule) ? present.rule : '',
      connection: present.connection,
      kind: present.kind,
      group: draftOf(present.group),
      cap: present.cap === null ? '' : String(present.cap),
      automatic: present.automatic,
    };
  }
  const onlyRule = rules.length === 1 ? rules[0] : undefined;
  const onlyConnection = connections.length === 1 ? connections[0] : undefined;
  return {
    name: '',
    named: false,
    rule: rule !== null && rules.includes(rule) ? rule : (onlyRule ?? ''),
    connection: onlyConnection ?? '',
    kind: null,
    group: draftOf(null),
    cap: '',
    automatic: false,
  };
}

/** Null for an empty cap, undefined for one that is no cap at all. */
export function capOf(text: string): number | null | undefined {
  const digits = text.trim().replace(/[\s,.']/g, '');
  if (digits === '') return null;
  return /^\d{1,7}$/.test(digits) && Number(digits) <= 1_000_000 ? Number(digits) : undefined;
}

export function problemsOf(draft: ActionDraft, present: Action | null, actions: readonly Action[]): Problems {
  const name = draft.name.trim().toLowerCase();
  const taken = actions.some((action) => action.id !== present?.id && action.name.toLowerCase() === name);
  return {
    name: name === '' ? 'nameMissing' : taken ? 'nameTaken' : null,
    rule: draft.rule === '' ? 'ruleMissing' : null,
    connection: draft.connection === '' ? 'connectionMissing' : null,
    kind: draft.kind === null ? 'kindMissing' : null,
    cap: capOf(draft.cap) === undefined ? 'capBad' : null,
    group: draft.kind !== null && needsGroup(draft.kind) && targetOf(draft.group) === null ? draft.group.mode : false,
  };
}

/** Keys of all that is wrong, for one sentence beside the button. */
export function sentencesOf({ group, ...fields }: Problems): readonly string[] {
  const keys = Object.values(fields).filter((key) => key !== null);
  const missing = group === 'existing' ? ['picker.missing'] : group === 'create' ? ['picker.newMissing'] : [];
  return [...keys.map((key) => `form.${key}`), ...missing];
}
