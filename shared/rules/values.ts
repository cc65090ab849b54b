/**
 * Reads the value of one condition: what react-querybuilder yields (numbers as text, lists joined by commas) becomes
 * the one normalised form that is stored. Reading a normalised value again yields the same value.
 */
import { detailLabel, levelLabel, stateLabel } from '../model/labels.ts';
import { fold, knownTerms, type TermKind } from '../model/riskyUser.ts';
import { maxScore, minScore, readGrouping } from '../model/score.ts';
import { dateSpan, readDate } from './dates.ts';
import type { FieldSpec } from './fields.ts';
import type { ProblemWords, Told } from './problem/words.ts';
import { maxListed, maxText, type Operator, type RuleValue } from './schema.ts';

/** Values seen in the cache, over and above those of the schema, and the names of the connections that exist. */
export type Vocabulary = {
  readonly levels: readonly string[];
  readonly states: readonly string[];
  readonly details: readonly string[];
  readonly connections: readonly string[];
};

/** What a value is read by; the words of the field are those of the language in which problems are told. */
export type Reading = {
  readonly spec: FieldSpec;
  readonly vocabulary: Vocabulary | undefined;
  readonly say: ProblemWords;
  /** Told about each thing that is wrong; `at` is appended to the value's path. */
  readonly refuse: (told: Told, at?: string) => void;
};

const maxDays = 36_500;

/** How a foreign value is named in an error text: short, quoted, never a dump. */
export function shown(value: unknown, say: ProblemWords): string {
  if (typeof value === 'string') return value.length > 60 ? `"${value.slice(0, 60)}…"` : `"${value}"`;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined) return say.nothing;
  return Array.isArray(value) ? say.list : say.ofType(typeof value);
}

/** Normalised value, or undefined after at least one call of `refuse`. */
export function readValue(reading: Reading, operator: Operator, raw: unknown): RuleValue | undefined {
  switch (operator) {
    case 'null':
    case 'notNull':
      return null;
    case 'in':
    case 'notIn':
      return readList(reading, raw);
    case 'between':
    case 'notBetween':
      return readPair(reading, raw);
    default:
      return readOne(reading, raw);
  }
}

/** Items of a list, or of text joined by commas, where `\,` is a comma within an item (react-querybuilder's way). */
function itemsOf(raw: unknown): readonly { readonly item: unknown; readonly at: string }[] {
  if (Array.isArray(raw)) return raw.map((item: unknown, index) => ({ item, at: `[${index}]` }));
  if (typeof raw !== 'string') return [{ item: raw, at: '' }];
  const pieces = raw.split(/(?<!\\),/).map((piece) => piece.replaceAll('\\,', ',').trim());
  return pieces.filter((piece) => piece !== '').map((item) => ({ item, at: '' }));
}

function readItems(reading: Reading, raw: unknown): readonly (string | number)[] | undefined {
  const { spec, say, refuse } = reading;
  const items = itemsOf(raw);
  if (items.length === 0 || raw === null || raw === undefined) {
    refuse(say.noValues(spec.label, spec.help));
    return undefined;
  }
  if (items.length > maxListed) {
    refuse(say.tooManyValues(spec.label, items.length, maxListed));
    return undefined;
  }
  const read = items.map(({ item, at }) => readOne({ ...reading, refuse: (told) => refuse(told, at) }, item));
  const values = read.filter((value) => typeof value === 'string' || typeof value === 'number');
  return values.length === read.length ? values : undefined;
}

function readList(reading: Reading, raw: unknown) {
  const values = readItems(reading, raw);
  return values === undefined ? undefined : [...new Set(values)];
}

function readPair(reading: Reading, raw: unknown) {
  const { spec, say, refuse } = reading;
  const values = readItems(reading, raw);
  if (values === undefined) return undefined;
  const [low, high] = values;
  if (low === undefined || high === undefined || values.length > 2) {
    refuse(say.notAPair(spec.label, values.length));
    return undefined;
  }
  const backwards =
    typeof low === 'string' && typeof high === 'string' ? dateSpan(low).from > dateSpan(high).to : low > high;
  if (backwards) {
    refuse(say.backwards(spec.label, String(low), String(high)));
    return undefined;
  }
  return values;
}

/** One value of the field's type. Flags are booleans, which stand alone and never in a list. */
function readOne(reading: Reading, raw: unknown): string | number | boolean | undefined {
  const { spec, vocabulary, say, refuse } = reading;
  const wrong = () => {
    refuse(say.wrongValue(spec.label, shown(raw, say), spec.help));
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
      return readTerm(reading, 'level', levelLabel, raw, vocabulary?.levels ?? []);
    case 'state':
      return readTerm(reading, 'state', stateLabel, raw, vocabulary?.states ?? []);
    case 'detail':
      return readTerm(reading, 'detail', detailLabel, raw, vocabulary?.details ?? []);
    case 'connection':
      return readConnection(reading, raw);
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
  { spec, say, refuse }: Reading,
  kind: TermKind,
  label: (raw: string) => string,
  raw: unknown,
  seen: readonly string[],
): string | undefined {
  const known = [...new Set([...knownTerms[kind], ...seen])];
  const text = typeof raw === 'string' ? raw.trim() : '';
  const found =
    known.find((term) => term === raw || term === text) ??
    known.find((term) => fold(term) === fold(text)) ??
    known.find((term) => fold(label(term)) === fold(text));
  if (found === undefined) {
    refuse(say.noTerm(spec.label, shown(raw, say), known.join(', ')));
  }
  return found;
}

function readConnection({ vocabulary, say, refuse }: Reading, raw: unknown): string | undefined {
  const names = vocabulary?.connections;
  const text = typeof raw === 'string' ? readText(raw.trim()) : undefined;
  if (text === undefined) {
    refuse(say.notAConnection(shown(raw, say)));
    return undefined;
  }
  if (names === undefined) return text;
  const found = names.find((name) => fold(name) === fold(text));
  if (found === undefined) {
    refuse(say.noConnection(shown(raw, say), names.slice(0, 20).join(', ')));
  }
  return found;
}
