/**
 * One page of a collection: the skip token that says where it starts, the walk that fills it, and the JSON around it.
 * Tokens are opaque to clients and checked here, so that one that was altered, or made for another list, is refused.
 */
import { hash } from '../data/hash.ts';
import { jsonText, type TwinAnswer } from '../http/message.ts';
import { badRequest } from '../http/refusal.ts';

export type TokenIssuer = {
  /** `list` names the collection; `position` is where the next page starts; `now` is epoch ms. */
  issue(list: string, position: number, now: number): string;
  /** The position, or 0 without a token. Throws 400 when the token is not ours, not of this list, or too old. */
  read(list: string, token: string | null, now: number): number;
};

/** `lifetimeMs`: how long a token serves; null for ever. */
export function makeTokenIssuer(seed: number, lifetimeMs: number | null): TokenIssuer {
  const check = (text: string): string => {
    let sum = seed >>> 0;
    for (let i = 0; i < text.length; i++) sum = hash(sum, text.charCodeAt(i), i);
    return sum.toString(36);
  };
  return {
    issue(list, position, now) {
      const text = `${list}|${position}|${lifetimeMs === null ? 0 : now}`;
      return Buffer.from(`${text}|${check(text)}`).toString('base64url');
    },
    read(list, token, now) {
      if (token === null) return 0;
      const [name = '', position = '', issued = '', sum = ''] = Buffer.from(token, 'base64url').toString().split('|');
      if (name !== list || sum !== check(`${name}|${position}|${issued}`)) throw badRequest('Invalid skip token.');
      if (lifetimeMs !== null && now - Number(issued) > lifetimeMs) throw badRequest('The skip token has expired.');
      return Number(position);
    },
  };
}

export type PageHead = {
  readonly context: string;
  readonly nextLink: string | null;
  readonly count: number | null;
};

/** A page's JSON up to and including the bracket that opens its rows. */
export function pageStart(head: PageHead): string {
  const count = head.count === null ? '' : `"@odata.count":${head.count},`;
  const next = head.nextLink === null ? '' : `"@odata.nextLink":${JSON.stringify(head.nextLink)},`;
  return `{"@odata.context":${JSON.stringify(head.context)},${count}${next}"value":[`;
}

export const PAGE_END = ']}';

/** A page of rows that are JSON text. */
export function pageAnswer(page: PageHead & { readonly rows: readonly string[] }): TwinAnswer {
  return jsonText(200, `${pageStart(page)}${page.rows.join(',')}${PAGE_END}`);
}

export type Walk = {
  /** Positions that match, in order. */
  readonly found: readonly number[];
  /** Where the page after this one starts; equals `end` when the walk reached the end. */
  readonly next: number;
  /** Whether another match was seen after the page. */
  readonly more: boolean;
};

/** Takes up to `size` matching positions from `start` to `end`, and looks one match further. */
export function walk(start: number, end: number, size: number, matches: (position: number) => boolean): Walk {
  const found: number[] = [];
  for (let position = start; position < end; position++) {
    if (!matches(position)) continue;
    if (found.length === size) return { found, next: position, more: true };
    found.push(position);
  }
  return { found, next: end, more: false };
}
