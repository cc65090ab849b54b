/**
 * Reads the value of one condition: what react-querybuilder yields (numbers as text, lists joined by commas) becomes
 * the one normalised form that is stored. Reading a normalised value again yields the same value.
 */
import { detailLabel, levelLabel, stateLabel } from '../model/labels.ts';
import { fold, knownTerms, type TermKind } from '../model/riskyUser.ts';
import { maxScore, minScore, readGrouping } from '../model/score.ts';
import { dateSpan, readDate } from './dates.ts';
import type { FieldSpec } from './fields.ts';
import { maxListed, maxText, type Operator, type RuleValue } from './schema.ts';

/** Values seen in the cache, over and above those of the schema, and the names of the connections that exist. */
export type Vocabulary = {
  readonly levels: readonly string[];
  readonly states: readonly string[];
  readonly details: readonly string[];
  readonly connections: readonly string[];
};

/** Told about each thing that is wrong; `at` is appended to the value's path. */
export type Refuse = (message: string, cure: string, at?: string) => void;

const maxDays = 36_500;

/** How a foreign value is named in an error text: short, quoted, never a dump. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > 60 ? `"${value.slice(0, 60)}…"` : `"${value}"`;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

/** Normalised value, or undefined after at least one call of `refuse`. */
export function readValue(
  spec: FieldSpec,
  operator: Operator,
  raw: unknown,
  vocabulary: Vocabulary | undefined,
  refuse: Refuse,
): RuleValue | undefined {
  switch (operator) {
    case 'null':
    case 'notNull':
      return null;
    case 'in':
    case 'notIn':
      return readList(spec, raw, vocabulary, refuse);
    case 'between':
    case 'notBetween':
      return readPair(spec, raw, vocabulary, refuse);
    default:
      return readOne(spec, raw, vocabulary, refuse);
  }
}

/** Items of a list, or of text joined by commas, where `\,` is a comma within an item (react-querybuilder's way). */
function itemsOf(raw: unknown): readonly { readonly item: unknown; readonly at: string }[] {
  if (Array.isArray(raw)) return raw.map((item: unknown, index) => ({ item, at: `[${index}]` }));
  if (typeof raw !== 'string') return [{ item: raw, at: '' }];
  const pieces = raw.split(/(?<!\\),/).map((piece) => piece.replaceAll('\\,', ',').trim());
  return pieces.filter((piece) => piece !== '').map((item) => ({ item, at: '' }));
}

function readItems(
  spec: FieldSpec,
  raw: unknown,
  vocabulary: Vocabulary | undefined,
  refuse: Refuse,
): readonly (string | number)[] | undefined {
  const items = itemsOf(raw);
  if (items.length === 0 || raw === null || raw === undefined) {
    refuse(`${spec.label} needs at least one value.`, `Give a list; each is ${spec.help}.`);
    return undefined;
  }
  if (items.length > maxListed) {
    refuse(`${spec.label} lists ${items.length} values.`, `List at most ${maxListed}.`);
    return undefined;
  }
  const read = items.map(({ item, at }) =>
    readOne(spec, item, vocabulary, (message, cure) => refuse(message, cure, at)),
  );
  const values = read.filter((value) => typeof value === 'string' || typeof value === 'number');
  return values.length === read.length ? values : undefined;
}

function readList(spec: FieldSpec, raw: unknown, vocabulary: Vocabulary | undefined, refuse: Refuse) {
  const values = readItems(spec, raw, vocabulary, refuse);
  return values === undefined ? undefined : [...new Set(values)];
}

function readPair(spec: FieldSpec, raw: unknown, vocabulary: Vocabulary | undefined, refuse: Refuse) {
  const values = readItems(spec, raw, vocabulary, refuse);
  if (values === undefined) return undefined;
  const [low, high] = values;
  if (low === undefined || high === undefined || values.length > 2) {
    refuse(`${spec.label} between needs two values, not ${values.length}.`, 'Give the lower and the higher bound.');
    return undefined;
  }
  const backwards =
    typeof low === 'string' && typeof high === 'string' ? dateSpan(low).from > dateSpan(high).to : low > high;
  if (backwards) {
    refuse(`${spec.label} between ${low} and ${high} is back to front.`, 'Give the lower bound first.');
    return undefined;
  }
  return values;
}

/** One value of the field's type. Flags are booleans, which stand alone and never in a list. */
function readOne(
  spec: FieldSpec,
  raw: unknown,
  vocabulary: Vocabulary | undefined,
  refuse: Refuse,
): string | number | boolean | undefined {
  const wrong = () => {
    refuse(`${spec.label} cannot be compared with ${shown(raw)}.`, `Give ${spec.help}.`);
    return undefined;
  };
  switch (spec.type) {
    case 'number': {
      const value = readNumber(raw);
      return value === undefined || value < minScore || value > maxScore ? wrong() : value;
    }
    case 'days': {
      const value = readNumber(raw);
      return value === undefined || value <= 0 || value > maxDays ? wrong() : value;
    }
    case 'flag': {
      const word = typeof raw === 'string' ? raw.trim().toLowerCase() : raw;
      if (word === true || word === 'true') return true;
      return word === false || word === 'false' ? false : wrong();
    }
    case 'date':
      return (typeof raw === 'string' ? readDate(raw) : null) ?? wrong();
    case 'text':
      return readText(raw) ?? wrong();
    case 'grouping':
      return (typeof raw === 'string' ? readGrouping(raw) : null) ?? wrong();
    case 'level':
      return readTerm(spec, 'level', levelLabel, raw, vocabulary?.levels ?? [], refuse);
    case 'state':
      return readTerm(spec, 'state', stateLabel, raw, vocabulary?.states ?? [], refuse);
    case 'detail':
      return readTerm(spec, 'detail', detailLabel, raw, vocabulary?.details ?? [], refuse);
    case 'connection':
      return readConnection(raw, vocabulary?.connections, refuse);
  }
}

function readNumber(raw: unknown): number | undefined {
  const text = typeof raw === 'string' ? raw.trim() : '';
  const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : raw;
  // Adding 0 turns -0 into 0, which a round trip through JSON would do as well.
  return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined;
}

/** Text as it was typed, spaces included. U+0000 is refused, because SQLite ends a text there. */
function readText(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw === '' || raw.length > maxText || raw.includes('\0')) return undefined;
  return raw.toWellFormed();
}

/** A member by its raw name or by Microsoft's label, in any case; the exact raw spelling wins over the others. */
function readTerm(
  spec: FieldSpec,
  kind: TermKind,
  label: (raw: string) => string,
  raw: unknown,
  seen: readonly string[],
  refuse: Refuse,
): string | undefined {
  const known = [...new Set([...knownTerms[kind], ...seen])];
  const text = typeof raw === 'string' ? raw.trim() : '';
  const found =
    known.find((term) => term === raw || term === text) ??
    known.find((term) => fold(term) === fold(text)) ??
    known.find((term) => fold(label(term)) === fold(text));
  if (found === undefined) {
    refuse(`${spec.label} has no value ${shown(raw)}.`, `Give one of ${known.join(', ')}.`);
  }
  return found;
}

function readConnection(raw: unknown, names: readonly string[] | undefined, refuse: Refuse): string | undefined {
  const text = typeof raw === 'string' ? readText(raw.trim()) : undefined;
  if (text === undefined) {
    refuse(`Connection cannot be ${shown(raw)}.`, 'Give the name of a connection.');
    return undefined;
  }
  if (names === undefined) return text;
  const found = names.find((name) => fold(name) === fold(text));
  if (found === undefined) {
    const cure = names.length === 0 ? 'Add a connection first.' : `Give one of ${names.slice(0, 20).join(', ')}.`;
    refuse(`There is no connection ${shown(raw)}.`, cure);
  }
  return found;
}
