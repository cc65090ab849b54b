/**
 * The field table: what a rule can ask about and which operators make sense; `sentence/` has the names.
 * The rule editor, the checker and the sentence all read this one table.
 */
import type { Language } from '../model/language.ts';
import { closestTo } from './closest.ts';
import { type FieldName, fieldNames, type Operator } from './schema.ts';
import type { FieldWords } from './sentence/words.ts';
import { sentences } from './tongue.ts';

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

/** With its English words; `fieldWords` has those of another language. */
export type FieldSpec = FieldWords & {
  readonly name: FieldName;
  readonly type: FieldType;
  readonly operators: readonly Operator[];
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

type Row = Pick<FieldSpec, 'type' | 'operators'>;
const table: Readonly<Record<FieldName, Row>> = {
  aggregateScore: {
    type: 'number',
    operators: [...order, 'in', 'notIn', ...emptiness],
  },
  grouping: {
    type: 'grouping',
    operators: [...choice, ...emptiness],
  },
  score: {
    type: 'number',
    operators: [...order, 'in', 'notIn', ...emptiness],
  },
  riskLevel: {
    type: 'level',
    operators: choice,
  },
  riskState: {
    type: 'state',
    operators: choice,
  },
  riskDetail: {
    type: 'detail',
    operators: choice,
  },
  userPrincipalName: {
    type: 'text',
    operators: textual,
  },
  displayName: {
    type: 'text',
    operators: textual,
  },
  riskLastUpdatedDateTime: {
    type: 'date',
    operators: [...order, ...emptiness],
  },
  lastUpdatedWithinDays: {
    type: 'days',
    operators: ['=', '!=', '<', '<=', '>', '>='],
  },
  lastChanged: {
    type: 'date',
    operators: order,
  },
  firstSeen: { type: 'date', operators: order },
  isDeleted: { type: 'flag', operators: ['=', '!='] },
  isGuest: { type: 'flag', operators: ['=', '!='] },
  connection: {
    type: 'connection',
    operators: choice,
  },
};

export const fields: readonly FieldSpec[] = fieldNames.map((name) => fieldSpec(name));

export function fieldSpec(name: FieldName): FieldSpec {
  return { name, ...fieldWords(name, 'en'), ...table[name] };
}

export function fieldWords(name: FieldName, language: Language): FieldWords {
  return sentences[language].fields[name];
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
