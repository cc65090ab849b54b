/**
 * Tests of names over one block. A UPN is looked at in its two parts, before the first `@` and from it on, so that the
 * domain, which thousands share, is looked at once. Texts compare byte by byte, as SQLite compares them.
 */
import type { Block, Coded } from './block.ts';

export type TextTest = 'contains' | 'begins' | 'ends';

/** A test of one part; `is` is the whole part. */
type PartTest = { readonly how: TextTest | 'is'; readonly text: string };

/** A UPN passes by any of these: both its parts pass. */
type UpnTest = readonly { readonly local: PartTest | null; readonly domain: PartTest | null }[];

const nothing: PartTest = { how: 'is', text: '' };

/** What a test of the whole UPN asks of its parts. Before the first `@` there is none. */
function upnTest(how: TextTest, text: string): UpnTest {
  const at = text.indexOf('@');
  const [left, right] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
  const whole = { local: null, domain: { how, text } };
  if (how === 'begins') {
    if (at < 0) return [{ local: { how, text }, domain: null }];
    return [{ local: { how: 'is', text: left }, domain: { how, text: right } }];
  }
  if (how === 'ends') {
    if (at < 0) return [whole, { local: { how, text }, domain: nothing }];
    return [whole, { local: { how, text: left }, domain: { how: 'is', text: right } }];
  }
  if (at < 0) return [whole, { local: { how, text }, domain: null }];
  return [whole, { local: { how: 'ends', text: left }, domain: { how: 'begins', text: right } }];
}

/** Sets `bits` from `from` on to 1 for each user of the block whose UPN passes. */
export function markUpns(block: Block, how: TextTest, text: string, bits: Uint8Array, from: number): void {
  for (const { local, domain } of upnTest(how, text)) {
    const fits = domain === null ? null : passing(block.domains, domain);
    if (fits !== null && !fits.includes(1)) continue;
    if (local === null || local.text === '') {
      if (local?.how === 'is') markEmptyLocals(block, fits, bits, from);
      else markCoded(block.domains, fits, bits, from);
    } else markLocals(block, local, fits, bits, from);
  }
}

/** The same for display names. */
export function markNames({ names }: Block, how: TextTest, text: string, bits: Uint8Array, from: number): void {
  const fits = passing(names, { how, text });
  if (fits.includes(1)) markCoded(names, fits, bits, from);
}

/** Users without a name, or without a UPN. */
export function markNameless(block: Block, column: 'upn' | 'name', bits: Uint8Array, from: number): void {
  const fits = passing(column === 'upn' ? block.domains : block.names, nothing);
  if (column === 'upn') markEmptyLocals(block, fits, bits, from);
  else markCoded(block.names, fits, bits, from);
}

/** 1 for each value that passes. */
function passing({ values }: Coded<string>, { how, text }: PartTest): Uint8Array {
  const fits = new Uint8Array(values.length);
  for (const [code, value] of values.entries()) {
    const fit =
      how === 'contains'
        ? value.includes(text)
        : how === 'begins'
          ? value.startsWith(text)
          : how === 'ends'
            ? value.endsWith(text)
            : value === text;
    fits[code] = fit ? 1 : 0;
  }
  return fits;
}

function markCoded({ codes }: Coded<string>, fits: Uint8Array | null, bits: Uint8Array, from: number): void {
  for (let slot = 0; slot < codes.length; slot += 1) {
    if (fits === null || fits[codes[slot] ?? 0] === 1) bits[from + slot] = 1;
  }
}

function markEmptyLocals({ ends, domains }: Block, fits: Uint8Array | null, bits: Uint8Array, from: number): void {
  let start = 0;
  for (let slot = 0; slot < ends.length; slot += 1) {
    const end = ends[slot] ?? 0;
    if (start === end && (fits === null || fits[domains.codes[slot] ?? 0] === 1)) bits[from + slot] = 1;
    start = end;
  }
}

function markLocals(
  block: Block,
  { how, text }: PartTest,
  fits: Uint8Array | null,
  bits: Uint8Array,
  from: number,
): void {
  const needle = Buffer.from(text);
  const { codes } = block.domains;
  const set = (slot: number): void => {
    if (fits === null || fits[codes[slot] ?? 0] === 1) bits[from + slot] = 1;
  };
  if (how === 'contains') containing(block, needle, set);
  else placed(block, needle, how, set);
}

/** Hits per block up to which the search of the platform is faster than stepping through the bytes. */
const fewHits = 300;

/** Calls `set` for each user whose part before the `@` holds the needle. */
function containing({ local, ends }: Block, needle: Uint8Array, set: (slot: number) => void): void {
  const bytes = Buffer.from(local.buffer, local.byteOffset, local.byteLength);
  const length = needle.length;
  let slot = 0;
  let at = 0;
  for (let hits = 0; hits < fewHits; hits += 1) {
    at = bytes.indexOf(needle, at);
    if (at < 0) return;
    while ((ends[slot] ?? Number.POSITIVE_INFINITY) <= at) slot += 1;
    const end = ends[slot] ?? bytes.length;
    if (at + length <= end) {
      set(slot);
      at = end;
      slot += 1;
    } else at += 1;
  }
  stepThrough(local, ends, needle, slot, set);
}

function stepThrough(
  local: Uint8Array,
  ends: Uint32Array,
  needle: Uint8Array,
  firstSlot: number,
  set: (slot: number) => void,
): void {
  const first = needle[0] ?? 0;
  const length = needle.length;
  let start = firstSlot === 0 ? 0 : (ends[firstSlot - 1] ?? 0);
  for (let slot = firstSlot; slot < ends.length; slot += 1) {
    const end = ends[slot] ?? 0;
    for (let at = start; at <= end - length; at += 1) {
      if (local[at] !== first) continue;
      let same = 1;
      while (same < length && local[at + same] === needle[same]) same += 1;
      if (same < length) continue;
      set(slot);
      break;
    }
    start = end;
  }
}

/** The same for a needle at the beginning, at the end, or as the whole. */
function placed(
  { local, ends }: Block,
  needle: Uint8Array,
  how: Exclude<PartTest['how'], 'contains'>,
  set: (slot: number) => void,
): void {
  const length = needle.length;
  let start = 0;
  for (let slot = 0; slot < ends.length; slot += 1) {
    const end = ends[slot] ?? 0;
    const fits = how === 'is' ? end - start === length : end - start >= length;
    const at = how === 'ends' ? end - length : start;
    let same = 0;
    while (fits && same < length && local[at + same] === needle[same]) same += 1;
    if (fits && same === length) set(slot);
    start = end;
  }
}
