/**
 * Long values in a keychain: Windows' Credential Manager holds 2,560 bytes an entry (CRED_MAX_CREDENTIAL_BLOB_SIZE), and a
 * refresh token may be longer. Such a value is kept in parts, the same on every system. A value whose parts do not belong
 * together any more (a write that was cut off) counts as absent.
 */
import { createHash } from 'node:crypto';

/** What is read and written by key; each call may reject. */
export type Entries = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
};

/** UTF-16, as Windows counts, would halve this; keytar writes UTF-8. */
const mostBytes = 2_000;
const head = /^riskdesk-parts:(\d{1,2}):([0-9a-f]{16})$/;

const sumOf = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 16);
const partKey = (key: string, n: number): string => `${key}#${n}`;

function cut(value: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const letter of value) {
    const bytes = Buffer.byteLength(letter);
    if (size + bytes > mostBytes) {
      parts.push(part);
      part = '';
      size = 0;
    }
    part += letter;
    size += bytes;
  }
  return [...parts, part];
}

export function inParts(entries: Entries): Entries {
  async function dropParts(key: string, from: number, to: number): Promise<void> {
    for (let n = from; n <= to; n += 1) await entries.delete(partKey(key, n));
  }

  async function partsOf(key: string): Promise<number> {
    return Number(head.exec((await entries.get(key)) ?? '')?.[1] ?? 0);
  }

  return {
    async get(key) {
      const value = await entries.get(key);
      const [, count, sum] = head.exec(value ?? '') ?? [];
      if (value === null || count === undefined) return value;
      let whole = '';
      for (let n = 1; n <= Number(count); n += 1) whole += (await entries.get(partKey(key, n))) ?? '';
      return sumOf(whole) === sum ? whole : null;
    },

    async set(key, value) {
      const before = await partsOf(key);
      const long = Buffer.byteLength(value) > mostBytes || head.test(value);
      const parts = long ? cut(value) : [];
      for (const [n, part] of parts.entries()) await entries.set(partKey(key, n + 1), part);
      await entries.set(key, long ? `riskdesk-parts:${parts.length}:${sumOf(value)}` : value);
      await dropParts(key, parts.length + 1, before);
    },

    async delete(key) {
      const before = await partsOf(key);
      await entries.delete(key);
      await dropParts(key, 1, before);
    },
  };
}
