/**
 * A rule as one sentence, to be read before an action runs. Parentheses keep it unambiguous; text from outside is always
 * in quotes, so that no name can pass for a part of the sentence. The words of each language are in `sentence/`.
 */
import { detailLabel, groupingLabel, levelLabel, stateLabel } from '../model/labels.ts';
import type { Language } from '../model/language.ts';
import { readGrouping } from '../model/score.ts';
import { type FieldSpec, fieldSpec } from './fields.ts';
import { splitOperator } from './operators.ts';
import { isGroup, type RuleCondition, type RuleQuery, type RuleValue } from './schema.ts';
import type { SentenceWords } from './sentence/words.ts';
import { sentences } from './tongue.ts';

/** Listed values beyond these are counted, not named. */
const named = 10;

type Tongue = SentenceWords & { readonly language: Language };

/** A checked query without a full stop: `Risk level is High and (score is at most 375 or user is a guest)`. */
export function describeQuery(query: RuleQuery, language: Language = 'en'): string {
  const text = describeRule(unwrap(query), { ...sentences[language], language });
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A group of one that negates nothing is the rule within. */
function unwrap(rule: RuleCondition | RuleQuery): RuleCondition | RuleQuery {
  const [only] = isGroup(rule) && rule.not !== true && rule.rules.length === 1 ? rule.rules : [];
  return only === undefined ? rule : unwrap(only);
}

function describeRule(rule: RuleCondition | RuleQuery, say: Tongue): string {
  if (!isGroup(rule)) return describeCondition(rule, say);
  const parts = rule.rules.map((child) => {
    const inner = unwrap(child);
    const text = describeRule(inner, say);
    const wrap = isGroup(inner) && inner.not !== true && rule.rules.length > 1;
    return wrap ? `(${text})` : text;
  });
  const text = parts.join(` ${say.combinator[rule.combinator]} `);
  return rule.not === true ? say.not(text) : text;
}

function describeCondition({ field, operator, value }: RuleCondition, say: Tongue): string {
  const spec = fieldSpec(field);
  const { words } = say.fields[field];
  const { positive, negated } = splitOperator(operator);
  if (spec.type === 'flag') return say.userIs(words, (value === true) === negated);
  if (positive === 'null') return `${words} ${say.isEmpty(negated)}`;
  if (spec.type === 'days') {
    const days = say.days(Number(value));
    const older = operator === '>' || operator === '>=';
    return `${words} ${older ? say.olderThan(days) : say.within(days, operator === '!=')}`;
  }
  if (!Array.isArray(value)) {
    return `${words} ${say.verb(operator, spec.type === 'date')} ${describeValue(spec, value, say)}`;
  }
  const texts = value.map((one) => describeValue(spec, one, say));
  if (positive === 'between') return `${words} ${say.between(texts[0] ?? '', texts[1] ?? '', negated)}`;
  return `${words} ${say.anyOf(texts.slice(0, named).join(', '), Math.max(0, texts.length - named), negated)}`;
}

function describeValue(spec: FieldSpec, value: RuleValue, { language }: Tongue): string {
  if (typeof value !== 'string') return String(value);
  switch (spec.type) {
    case 'grouping': {
      const grouping = readGrouping(value);
      return grouping === null ? value : groupingLabel(grouping, language);
    }
    case 'level':
      return plainOrQuoted(levelLabel(value, language));
    case 'state':
      return plainOrQuoted(stateLabel(value, language));
    case 'detail':
      return plainOrQuoted(detailLabel(value, language));
    case 'date':
      return value.length === 10
        ? value
        : `${value.slice(0, 10)} ${value.slice(11).replace(/(:00)?\.000Z$|Z$/, '')} UTC`;
    case 'text':
    case 'connection':
      return JSON.stringify(value);
    default:
      return value;
  }
}

/** Microsoft's labels are words; a value that Microsoft invented since might be anything. */
function plainOrQuoted(label: string): string {
  const isWords = /^\p{L}[\p{L}\d_ ().-]*$/u.test(label) && !/ (and|or|und|oder) /.test(label);
  return isWords ? label : JSON.stringify(label);
}
