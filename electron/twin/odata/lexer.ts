/** Splits a `$filter` into tokens. Refuses (400) what OData has no token for, with the position. */
import { badRequest } from '../http/refusal.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly text: string; readonly at: number }
  | { readonly kind: 'number'; readonly text: string; readonly at: number }
  | { readonly kind: 'date'; readonly text: string; readonly at: number }
  | { readonly kind: '(' | ')' | ',' | ':' | '/'; readonly text: string; readonly at: number };

const date = /\d{4}-\d{2}-\d{2}T[0-9:.]+(?:Z|[+-]\d{2}:\d{2})?/iy;
const number = /-?\d+(?:\.\d+)?(?![\w-])/y;
const word = /[A-Za-z_@$][\w.@$]*/y;
const space = /\s+/y;

export function syntaxError(text: string, at: number): Error {
  return badRequest(`Invalid filter clause: Syntax error at position ${at} in '${text}'.`);
}

export function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const gap = match(space);
    if (gap !== null) {
      at += gap.length;
      continue;
    }
    const char = text.charAt(at);
    if (char === '(' || char === ')' || char === ',' || char === ':' || char === '/') {
      tokens.push({ kind: char, text: char, at });
      at += 1;
      continue;
    }
    if (char === "'") {
      const quoted = readString(text, at);
      tokens.push({ kind: 'string', text: quoted.value, at });
      at = quoted.end;
      continue;
    }
    const found =
      tokenOf('date', match(date), at) ?? tokenOf('number', match(number), at) ?? tokenOf('word', match(word), at);
    if (found === null) throw syntaxError(text, at);
    tokens.push(found);
    at += found.text.length;
  }
  return tokens;
}

function tokenOf(kind: 'date' | 'number' | 'word', text: string | null, at: number): Token | null {
  return text === null ? null : { kind, text, at };
}

/** A quoted literal; a quote inside is written twice. */
function readString(text: string, start: number): { readonly value: string; readonly end: number } {
  let value = '';
  let at = start + 1;
  while (at < text.length) {
    if (text.charAt(at) !== "'") {
      value += text.charAt(at);
      at += 1;
    } else if (text.charAt(at + 1) === "'") {
      value += "'";
      at += 2;
    } else {
      return { value, end: at + 1 };
    }
  }
  throw badRequest(`Invalid filter clause: There is an unterminated string literal at position ${start} in '${text}'.`);
}
