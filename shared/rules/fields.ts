/**
 * The field table: what a rule can ask about, how Netskope and Microsoft name it, and which operators make sense.
 * The rule editor, the checker and the sentence all read this one table.
 */
import { closestTo } from './closest.ts';
import { type FieldName, fieldNames, type Operator } from './schema.ts';

export type FieldType =
  | 'number'
  | 'grouping'
  | 'level'
  | 'state'
  | 'detail'
  | 'text'
  | 'date'
  | 'days'
  | 'flag'
  | 'connection';

export type FieldSpec = {
  readonly name: FieldName;
  /** As a column or an editor shows it. */
  readonly label: string;
  /** As it stands in the middle of a sentence. */
  readonly words: string;
  readonly type: FieldType;
  readonly operators: readonly Operator[];
  /** What a value looks like. */
  readonly help: string;
};

const choice = ['=', '!=', 'in', 'notIn'] as const;
const emptiness = ['null', 'notNull'] as const;
const order = ['=', '!=', '<', '<=', '>', '>=', 'between', 'notBetween'] as const;
const textual = [
  '=',
  '!=',
  'contains',
  'doesNotContain',
  'beginsWith',
  'doesNotBeginWith',
  'endsWith',
  'doesNotEndWith',
  'in',
  'notIn',
  ...emptiness,
] as const;

const scoreHelp = 'a number from 0 to 1000; higher is safer';
const dateHelp = 'a date such as 2026-11-01 (the whole day, UTC) or a time such as 2026-11-01T10:00Z';

type Row = Omit<FieldSpec, 'name'>;
const table: Readonly<Record<FieldName, Row>> = {
  aggregateScore: {
    label: 'Aggregate Score',
    words: 'aggregate score',
    type: 'number',
    operators: [...order, 'in', 'notIn', ...emptiness],
    help: scoreHelp,
  },
  grouping: {
    label: 'Aggregate Score Grouping',
    words: 'aggregate score grouping',
    type: 'grouping',
    operators: [...choice, ...emptiness],
    help: 'Critical, High, Medium or Low',
  },
  score: {
    label: 'Score',
    words: 'score',
    type: 'number',
    operators: [...order, 'in', 'notIn', ...emptiness],
    help: scoreHelp,
  },
  riskLevel: {
    label: 'Risk level',
    words: 'risk level',
    type: 'level',
    operators: choice,
    help: 'a risk level such as high',
  },
  riskState: {
    label: 'Risk state',
    words: 'risk state',
    type: 'state',
    operators: choice,
    help: 'a risk state such as atRisk or "At risk"',
  },
  riskDetail: {
    label: 'Risk detail',
    words: 'risk detail',
    type: 'detail',
    operators: choice,
    help: 'a risk detail such as userPassedMFADrivenByRiskBasedPolicy',
  },
  userPrincipalName: {
    label: 'User principal name',
    words: 'user principal name',
    type: 'text',
    operators: textual,
    help: 'text; upper and lower case are the same',
  },
  displayName: {
    label: 'Display name',
    words: 'display name',
    type: 'text',
    operators: textual,
    help: 'text; upper and lower case are the same',
  },
  riskLastUpdatedDateTime: {
    label: 'Risk last updated',
    words: 'last updated',
    type: 'date',
    operators: [...order, ...emptiness],
    help: dateHelp,
  },
  lastUpdatedWithinDays: {
    label: 'Risk last updated within days',
    words: 'last updated',
    type: 'days',
    operators: ['=', '!=', '<', '<=', '>', '>='],
    help: 'a number of days, more than 0 and at most 36500',
  },
  lastChanged: {
    label: 'Last changed here',
    words: 'last changed here',
    type: 'date',
    operators: order,
    help: dateHelp,
  },
  firstSeen: { label: 'First seen here', words: 'first seen here', type: 'date', operators: order, help: dateHelp },
  isDeleted: { label: 'Deleted', words: 'deleted', type: 'flag', operators: ['=', '!='], help: 'true or false' },
  isGuest: { label: 'Guest', words: 'a guest', type: 'flag', operators: ['=', '!='], help: 'true or false' },
  connection: {
    label: 'Connection',
    words: 'connection',
    type: 'connection',
    operators: choice,
    help: 'the name of a connection',
  },
};

export const fields: readonly FieldSpec[] = fieldNames.map((name) => ({ name, ...table[name] }));

export function fieldSpec(name: FieldName): FieldSpec {
  return { name, ...table[name] };
}

/** The field of exactly this name, whatever its case; null when there is none. */
export function readField(text: string): FieldSpec | null {
  const plain = text.toLowerCase();
  return fields.find((field) => field.name.toLowerCase() === plain) ?? null;
}

/** The field name nearest to a misspelt one; null when nothing is near. */
export function nearestField(text: string): string | null {
  return closestTo(text, fieldNames);
}
