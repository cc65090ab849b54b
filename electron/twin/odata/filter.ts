/**
 * Parses the part of OData's `$filter` that Graph's risky users, users and groups understand: comparisons, `in`,
 * `startswith`/`endswith`/`contains`, `any` over a collection of strings, and/or/not and parentheses. Whether a
 * property may be filtered, and how, is decided in compile.ts.
 */
import { lex, syntaxError, type Token } from './lexer.ts';

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type Literal =
  | { readonly type: 'string' | 'date' | 'number'; readonly text: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null' };

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly inner: Filter }
  | { readonly kind: 'compare'; readonly property: string; readonly operator: Operator; readonly value: Literal }
  | { readonly kind: 'in'; readonly property: string; readonly values: readonly Literal[] }
  | { readonly kind: 'call'; readonly name: TextFunction; readonly property: string; readonly text: string }
  | { readonly kind: 'any'; readonly property: string; readonly operator: Operator; readonly value: Literal };

export type TextFunction = 'startswith' | 'endswith' | 'contains';

const operators: readonly Operator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const functions: readonly TextFunction[] = ['startswith', 'endswith', 'contains'];
const DEEPEST = 100;

/** Parses a filter; throws a 400 refusal that names the position when it isn't one. */
export function parseFilter(text: string): Filter {
  const tokens = lex(text);
  let next = 0;
  let depth = 0;

  const fail = (token: Token | undefined): Error => syntaxError(text, token?.at ?? text.length);
  const peek = (): Token | undefined => tokens[next];
  const isWord = (word: string): boolean => peek()?.kind === 'word' && peek()?.text === word;
  const take = (kind: Token['kind']): Token => {
    const token = tokens[next];
    if (token === undefined || token.kind !== kind) throw fail(token);
    next += 1;
    return token;
  };

  const literal = (): Literal => {
    const token = tokens[next];
    next += 1;
    if (token?.kind === 'string' || token?.kind === 'number' || token?.kind === 'date') {
      return { type: token.kind, text: token.text };
    }
    if (token?.kind === 'word') {
      if (token.text === 'true' || token.text === 'false') return { type: 'boolean', value: token.text === 'true' };
      if (token.text === 'null') return { type: 'null' };
      // An enum literal may carry its type: microsoft.graph.riskLevel'high'.
      if (token.text.startsWith('microsoft.graph.')) return { type: 'string', text: take('string').text };
    }
    throw fail(token);
  };

  const operator = (): Operator => {
    const token = take('word');
    const found = operators.find((each) => each === token.text);
    if (found === undefined) throw fail(token);
    return found;
  };

  const call = (name: TextFunction): Filter => {
    take('(');
    const property = take('word').text;
    take(',');
    const { text: wanted } = take('string');
    take(')');
    return { kind: 'call', name, property, text: wanted };
  };

  const any = (property: string): Filter => {
    take('/');
    const quantifier = take('word');
    if (quantifier.text !== 'any') throw fail(quantifier);
    take('(');
    const variable = take('word').text;
    take(':');
    const used = take('word');
    if (used.text !== variable) throw fail(used);
    const compare = operator();
    const value = literal();
    take(')');
    return { kind: 'any', property, operator: compare, value };
  };

  const primary = (): Filter => {
    if (peek()?.kind === '(') {
      take('(');
      const inner = either();
      take(')');
      return inner;
    }
    const token = take('word');
    const called = functions.find((each) => each === token.text.toLowerCase());
    if (called !== undefined && peek()?.kind === '(') return call(called);
    if (peek()?.kind === '/') return any(token.text);
    if (isWord('in')) {
      take('word');
      take('(');
      const values = [literal()];
      while (peek()?.kind === ',') {
        take(',');
        values.push(literal());
      }
      take(')');
      return { kind: 'in', property: token.text, values };
    }
    return { kind: 'compare', property: token.text, operator: operator(), value: literal() };
  };

  const unary = (): Filter => {
    depth += 1;
    if (depth > DEEPEST) throw fail(peek());
    let result: Filter;
    if (isWord('not')) {
      take('word');
      result = { kind: 'not', inner: unary() };
    } else {
      result = primary();
    }
    depth -= 1;
    return result;
  };

  const both = (): Filter => {
    let left = unary();
    while (isWord('and')) {
      take('word');
      left = { kind: 'and', left, right: unary() };
    }
    return left;
  };

  function either(): Filter {
    let left = both();
    while (isWord('or')) {
      take('word');
      left = { kind: 'or', left, right: both() };
    }
    return left;
  }

  const filter = either();
  if (next < tokens.length) throw fail(peek());
  return filter;
}

/** Does the filter need the directory's advanced query capabilities (`ConsistencyLevel: eventual` and `$count=true`)? */
export function isAdvanced(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return isAdvanced(filter.left) || isAdvanced(filter.right);
    case 'not':
      return true;
    case 'compare':
    case 'any':
      return filter.operator === 'ne';
    case 'call':
      return filter.name !== 'startswith';
    case 'in':
      return false;
  }
}
