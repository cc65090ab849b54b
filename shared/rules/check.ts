/**
 * Checks a rule from outside (an editor, an import, a command line) and normalises it. Every problem is reported, each
 * with its place and its cure, so that a rule is mended in one go. Nothing that decides is dropped silently.
 */
import { badInput, type RiskdeskError } from '../model/errors.ts';
import type { Language } from '../model/language.ts';
import { fieldWords, nearestField, readField } from './fields.ts';
import { readOperator } from './operators.ts';
import type { ProblemWords, Told } from './problem/words.ts';
import { maxConditions, maxDepth, type RuleCondition, type RuleQuery } from './schema.ts';
import { problems as wordings } from './tongue.ts';
import { readValue, shown, type Vocabulary } from './values.ts';

export type { Vocabulary } from './values.ts';

/** `path` is where in the JSON: `rules[0].rules[1].operator`; `query` for the whole. */
export type RuleProblem = { readonly path: string; readonly message: string; readonly cure: string };

export type CheckedQuery =
  | { readonly ok: true; readonly query: RuleQuery }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Past this many, further problems are the same mistake again. */
const maxProblems = 500;

/** What react-querybuilder adds for its own use. `disabled` and `muted` rules are left out, as in its exports. */
const bookkeeping = ['id', 'path', 'disabled', 'muted', 'valueSource', 'context', 'meta'];
const groupKeys = ['combinator', 'not', 'rules', ...bookkeeping];
const conditionKeys = ['field', 'operator', 'value', ...bookkeeping];

type Json = Readonly<Record<string, unknown>>;
type Walk = {
  readonly problems: RuleProblem[];
  readonly vocabulary: Vocabulary | undefined;
  readonly language: Language;
  readonly say: ProblemWords;
  conditions: number;
};

/**
 * `input` is react-querybuilder's JSON, parsed: a group, or one condition alone, which becomes a group of one.
 * With a vocabulary, values seen in the cache are allowed too, and connections must exist. Problems are in English unless
 * asked otherwise. Never throws.
 */
export function checkQuery(input: unknown, vocabulary?: Vocabulary, language: Language = 'en'): CheckedQuery {
  const walk: Walk = { problems: [], vocabulary, language, say: wordings[language], conditions: 0 };
  const lone = isObject(input) && 'field' in input && !('rules' in input);
  const query = lone ? readGroup(walk, { combinator: 'and', rules: [input] }, '', 1) : readGroup(walk, input, '', 1);
  if (query !== null && walk.problems.length === 0) return { ok: true, query };
  const problems = lone
    ? walk.problems.map((p) => ({ ...p, path: p.path.replace(/^rules\[0\]\.?/, '') }))
    : walk.problems;
  return { ok: false, problems: problems.map((p) => ({ ...p, path: p.path === '' ? 'query' : p.path })) };
}

/** The first problem as an error for the boundary; the others are counted, and listed in full by `checkQuery`. */
export function problemsToError(problems: readonly RuleProblem[]): RiskdeskError {
  const [first] = problems;
  if (first === undefined) return badInput('query', 'The rule cannot be read.', 'Check its JSON.');
  const others = problems.length - 1;
  const more = others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'problem' : 'problems'})`;
  return badInput(first.path, `${first.path}: ${first.message}${more}`, first.cure);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(walk: Walk, path: string, told: Told): void {
  if (walk.problems.length < maxProblems) walk.problems.push({ path, ...told });
}

function under(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function readGroup(walk: Walk, input: unknown, path: string, depth: number): RuleQuery | null {
  if (!isObject(input)) {
    refuse(walk, path, walk.say.notARule(shown(input, walk.say)));
    return null;
  }
  if (depth > maxDepth) {
    refuse(walk, path, walk.say.tooDeep(maxDepth));
    return null;
  }
  refuseStrangers(walk, input, path, groupKeys);
  const combinator = readCombinator(walk, input.combinator, path);
  const not = readNot(walk, input.not, path);
  const rules = readRules(walk, input.rules, path, depth);
  if (combinator === null || not === null || rules === null) return null;
  return not ? { combinator, not, rules } : { combinator, rules };
}

function readCombinator(walk: Walk, raw: unknown, path: string): RuleQuery['combinator'] | null {
  const word = typeof raw === 'string' ? raw.trim().toLowerCase() : null;
  if (word === 'and' || word === 'or') return word;
  refuse(walk, under(path, 'combinator'), walk.say.combinator(shown(raw, walk.say)));
  return null;
}

function readNot(walk: Walk, raw: unknown, path: string): boolean | null {
  if (raw === undefined || raw === null) return false;
  if (typeof raw === 'boolean') return raw;
  refuse(walk, under(path, 'not'), walk.say.not(shown(raw, walk.say)));
  return null;
}

/** An empty group is refused: it would match everyone or no one, and the reader could not tell which. */
function readRules(walk: Walk, raw: unknown, path: string, depth: number): RuleQuery['rules'] | null {
  const place = under(path, 'rules');
  if (!Array.isArray(raw)) {
    refuse(walk, place, walk.say.rulesNoList(shown(raw, walk.say)));
    return null;
  }
  const active = raw
    .map((item: unknown, index) => ({ item, at: `${place}[${index}]` }))
    .filter(({ item }) => !isOff(item));
  if (active.length === 0) {
    refuse(walk, place, walk.say.emptyGroup(raw.length > 0));
    return null;
  }
  const read: (RuleCondition | RuleQuery)[] = [];
  for (const { item, at } of active) {
    if (walk.conditions > maxConditions || walk.problems.length >= maxProblems) break;
    const isGroup = isObject(item) && ('rules' in item || 'combinator' in item);
    const rule = isGroup ? readGroup(walk, item, at, depth + 1) : readCondition(walk, item, at);
    if (rule !== null) read.push(rule);
  }
  return read.length === active.length ? read : null;
}

function isOff(item: unknown): boolean {
  return isObject(item) && (item.disabled === true || item.muted === true);
}

function readCondition(walk: Walk, input: unknown, path: string): RuleCondition | null {
  walk.conditions += 1;
  if (walk.conditions > maxConditions) {
    if (walk.conditions === maxConditions + 1) refuse(walk, path, walk.say.tooManyConditions(maxConditions));
    return null;
  }
  if (typeof input === 'string') {
    refuse(walk, path, walk.say.betweenRules(shown(input, walk.say)));
    return null;
  }
  if (!isObject(input)) {
    refuse(walk, path, walk.say.notACondition(shown(input, walk.say)));
    return null;
  }
  refuseStrangers(walk, input, path, conditionKeys);
  const source = input.valueSource;
  if (source !== undefined && source !== null && source !== 'value') {
    refuse(walk, under(path, 'valueSource'), walk.say.fieldWithField);
  }
  const spec = readNamed(walk, input.field, path);
  const written = input.operator;
  const operator = typeof written === 'string' ? readOperator(written) : null;
  const place = under(path, 'operator');
  if (operator === null) {
    const choices = spec?.operators ?? ['=', '!=', 'in', 'notIn', 'contains'];
    refuse(walk, place, walk.say.noOperator(shown(written, walk.say), choices.join(', ')));
  }
  if (spec === null || operator === null) return null;
  if (!spec.operators.includes(operator)) {
    const { label } = fieldWords(spec.name, walk.language);
    refuse(walk, place, walk.say.operatorOfField(label, shown(written, walk.say), spec.operators.join(', ')));
    return null;
  }
  const reading = {
    spec: { ...spec, ...fieldWords(spec.name, walk.language) },
    vocabulary: walk.vocabulary,
    say: walk.say,
    refuse: (told: Told, at = '') => refuse(walk, under(path, `value${at}`), told),
  };
  const value = readValue(reading, operator, input.value);
  return value === undefined ? null : { field: spec.name, operator, value };
}

function readNamed(walk: Walk, raw: unknown, path: string): ReturnType<typeof readField> {
  const spec = typeof raw === 'string' ? readField(raw) : null;
  if (spec !== null) return spec;
  const near = typeof raw === 'string' ? nearestField(raw) : null;
  refuse(walk, under(path, 'field'), walk.say.noField(shown(raw, walk.say), near));
  return null;
}

/** A key that is not understood might have meant something (`Not`, `match`): better refused than ignored. */
function refuseStrangers(walk: Walk, input: Json, path: string, allowed: readonly string[]): void {
  for (const key of Object.keys(input)) {
    if (allowed.includes(key)) continue;
    refuse(walk, under(path, key.slice(0, 60)), walk.say.stranger(key.slice(0, 60)));
  }
}
