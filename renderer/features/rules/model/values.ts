/** Values of conditions: what a new one starts with, and the shape that each operator takes. */
import { type FieldSpec, readField } from '../../../../shared/rules/fields.ts';
import type { FieldName, Operator } from '../../../../shared/rules/schema.ts';

export type ValueShape = 'none' | 'list' | 'pair' | 'one';

export function shapeOf(operator: string): ValueShape {
  switch (operator) {
    case 'null':
    case 'notNull':
      return 'none';
    case 'in':
    case 'notIn':
      return 'list';
    case 'between':
    case 'notBetween':
      return 'pair';
    default:
      return 'one';
  }
}

const isItem = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
const isGiven = (value: unknown): value is string | number => isItem(value) && value !== '';

/** Items of a list; text joined by commas is taken apart as the rule language does. */
export function itemsOf(value: unknown): readonly (string | number)[] {
  if (Array.isArray(value)) return value.filter(isGiven);
  if (typeof value === 'number') return [value];
  if (typeof value !== 'string') return [];
  return value
    .split(/(?<!\\),/)
    .map((piece) => piece.replaceAll('\\,', ',').trim())
    .filter((piece) => piece !== '');
}

/** The same value in the shape of the operator. Gives back the very same object when nothing has to change. */
export function fitValue(field: string, operator: string, value: unknown): unknown {
  if (readField(field)?.type === 'flag') return typeof value === 'boolean' ? value : value !== 'false';
  switch (shapeOf(operator)) {
    case 'none':
      return null;
    case 'list':
      return Array.isArray(value) && value.every(isGiven) ? value : itemsOf(value);
    case 'pair': {
      if (Array.isArray(value) && value.length === 2 && value.every(isItem)) return value;
      const [low = '', high = ''] = itemsOf(value);
      return [low, high];
    }
    case 'one':
      if (isItem(value)) return value;
      return itemsOf(value)[0] ?? '';
  }
}

/** Operator of a new condition. Days and flags read as one phrase, so they start with the plain one. */
export function firstOperator(field: string): Operator {
  const spec = readField(field);
  switch (spec?.type) {
    case 'number':
    case 'days':
      return '<=';
    case 'date':
      return '>=';
    case 'text':
      return 'contains';
    case 'flag':
    case undefined:
      return '=';
    case 'grouping':
    case 'level':
    case 'state':
    case 'detail':
    case 'connection':
      return 'in';
  }
}

/** Value of a new condition: the likely one where there is one, so that the count means something at once. */
export function firstValue(field: string): unknown {
  switch (field) {
    case 'score':
    case 'aggregateScore':
      return 500;
    case 'grouping':
      return ['Critical', 'High'];
    case 'riskLevel':
      return ['high'];
    case 'riskState':
      return ['atRisk'];
    case 'lastUpdatedWithinDays':
      return 7;
    case 'isDeleted':
    case 'isGuest':
      return true;
    case 'riskDetail':
    case 'connection':
      return [];
    default:
      return '';
  }
}

/** Whether there is nothing to compare with yet: a condition that is still being typed, not one that is wrong. */
export function isUnfinished(operator: string, value: unknown): boolean {
  switch (shapeOf(operator)) {
    case 'none':
      return false;
    case 'list':
      return itemsOf(value).length === 0;
    case 'pair':
      return !Array.isArray(value) || value.some((one) => one === '');
    case 'one':
      return value === '';
  }
}

/** Operators offered for a field. Synonyms are shown only where the rule already uses them. */
export function operatorsOf(spec: FieldSpec, present: string): readonly string[] {
  const all: readonly string[] = spec.type === 'days' ? ['<=', '>'] : spec.operators;
  return all.includes(present) ? all : [...all, present];
}

/** Fields as the picker groups them. */
export const fieldGroups: readonly { readonly key: string; readonly fields: readonly FieldName[] }[] = [
  { key: 'score', fields: ['aggregateScore', 'grouping', 'score'] },
  { key: 'risk', fields: ['riskLevel', 'riskState', 'riskDetail', 'riskLastUpdatedDateTime', 'lastUpdatedWithinDays'] },
  { key: 'person', fields: ['userPrincipalName', 'displayName', 'isGuest', 'isDeleted'] },
  { key: 'cache', fields: ['lastChanged', 'firstSeen', 'connection'] },
];
