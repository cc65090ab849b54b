/**
 * One block of users as bytes: what `user_block.data` holds. Numbers of a column stand together, little endian, so that a
 * block is read by laying typed arrays over it. Times of few values and texts that people share are kept once per block:
 * the part of a UPN from its first `@` on, and the whole display name. A missing name is kept as the empty text.
 */

/** Ids per block. Part of the format, as in the migration. */
export const blockUsers = 4096;

/** One live user. Times are epoch ms. */
export type BlockUser = {
  readonly id: number;
  /** `user_cell.id`. */
  readonly cell: number;
  readonly updated: number | null;
  readonly firstSeen: number;
  readonly lastChanged: number;
  readonly upnFold: string | null;
  readonly nameFold: string | null;
};

/** Position in each array: id modulo `blockUsers`. Beyond `slots` there is nobody. */
export type Block = {
  readonly slots: number;
  /** 0: nobody live. */
  readonly cells: Uint32Array;
  /** NaN: missing. */
  readonly updated: Float64Array;
  readonly firstSeen: Coded<number>;
  readonly lastChanged: Coded<number>;
  /** From the first `@` on; '' without one. */
  readonly domains: Coded<string>;
  readonly names: Coded<string>;
  /** UTF-8 of what stands before the first `@`, user after user; `ends[i]` is where that of `i` ends. */
  readonly local: Uint8Array;
  readonly ends: Uint32Array;
};

export type Coded<Value> = { readonly codes: Uint16Array; readonly values: readonly Value[] };

type Dictionaries = {
  readonly firstSeen: readonly number[];
  readonly lastChanged: readonly number[];
  readonly domains: readonly string[];
  readonly names: readonly string[];
};

const header = 16;

function layout(slots: number) {
  const updated = header;
  const cells = updated + slots * 8;
  const ends = cells + slots * 4;
  const firstSeen = ends + slots * 4;
  const lastChanged = firstSeen + slots * 2;
  const domains = lastChanged + slots * 2;
  const names = domains + slots * 2;
  return { updated, cells, ends, firstSeen, lastChanged, domains, names, local: names + slots * 2 };
}

/** Gives each value the place at which it came first. */
class Codes<Value> {
  readonly values: Value[] = [];
  private readonly places = new Map<Value, number>();

  of(value: Value): number {
    const known = this.places.get(value);
    if (known !== undefined) return known;
    this.places.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

/** The bytes of the users of one block, in the order of their ids; `last` is the id of the last, null for nobody. */
export function encodeBlock(users: Iterable<BlockUser>, last: number | null): Buffer {
  const slots = last === null ? 0 : Math.ceil(((last % blockUsers) + 1) / 4) * 4;
  const at = layout(slots);
  const numbers = new ArrayBuffer(at.local);
  const cells = new Uint32Array(numbers, at.cells, slots);
  const updated = new Float64Array(numbers, at.updated, slots).fill(Number.NaN);
  const lengths = new Uint32Array(slots);
  const coded = {
    firstSeen: new Uint16Array(numbers, at.firstSeen, slots),
    lastChanged: new Uint16Array(numbers, at.lastChanged, slots),
    domains: new Uint16Array(numbers, at.domains, slots),
    names: new Uint16Array(numbers, at.names, slots),
  };
  const codes = {
    firstSeen: new Codes<number>(),
    lastChanged: new Codes<number>(),
    domains: new Codes<string>(),
    names: new Codes<string>(),
  };
  const locals: string[] = [];
  for (const user of users) {
    const slot = user.id % blockUsers;
    const upn = user.upnFold ?? '';
    const split = upn.includes('@') ? upn.indexOf('@') : upn.length;
    const local = upn.slice(0, split);
    locals.push(local);
    lengths[slot] = Buffer.byteLength(local);
    cells[slot] = user.cell;
    updated[slot] = user.updated ?? Number.NaN;
    coded.firstSeen[slot] = codes.firstSeen.of(user.firstSeen);
    coded.lastChanged[slot] = codes.lastChanged.of(user.lastChanged);
    coded.domains[slot] = codes.domains.of(upn.slice(split));
    coded.names[slot] = codes.names.of(user.nameFold ?? '');
  }
  const ends = new Uint32Array(numbers, at.ends, slots);
  let end = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    end += lengths[slot] ?? 0;
    ends[slot] = end;
  }
  const dictionaries: Dictionaries = {
    firstSeen: codes.firstSeen.values,
    lastChanged: codes.lastChanged.values,
    domains: codes.domains.values,
    names: codes.names.values,
  };
  new Uint32Array(numbers, 0, 2).set([slots, end]);
  return Buffer.concat([Buffer.from(numbers), Buffer.from(locals.join('')), Buffer.from(JSON.stringify(dictionaries))]);
}

/** The block that `encodeBlock` made. */
export function decodeBlock(data: Uint8Array): Block {
  // Eight-byte numbers are read at multiples of eight.
  const bytes = data.byteOffset % 8 === 0 ? data : new Uint8Array(data);
  const { buffer, byteOffset } = bytes;
  const [slots = 0, localBytes = 0] = new Uint32Array(buffer, byteOffset, 2);
  const at = layout(slots);
  const coded = <Value>(from: number, values: readonly Value[]): Coded<Value> => ({
    codes: new Uint16Array(buffer, byteOffset + from, slots),
    values,
  });
  const json = new TextDecoder().decode(bytes.subarray(at.local + localBytes));
  const dictionaries: Dictionaries = JSON.parse(json);
  return {
    slots,
    cells: new Uint32Array(buffer, byteOffset + at.cells, slots),
    updated: new Float64Array(buffer, byteOffset + at.updated, slots),
    ends: new Uint32Array(buffer, byteOffset + at.ends, slots),
    firstSeen: coded(at.firstSeen, dictionaries.firstSeen),
    lastChanged: coded(at.lastChanged, dictionaries.lastChanged),
    domains: coded(at.domains, dictionaries.domains),
    names: coded(at.names, dictionaries.names),
    local: bytes.subarray(at.local, at.local + localBytes),
  };
}
