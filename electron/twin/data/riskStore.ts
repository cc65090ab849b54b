/**
 * The tenant's users as columns: about 14 bytes a user, so that a million of them fit and none is an object until it is
 * served. Row N of every column is user N; N is also the order in which Graph lists them. Knows no HTTP.
 */
import { makeRiskEnums } from './enums.ts';
import { makeUserIds } from './ids.ts';
import { makePeople } from './people.ts';
import { seedRisk } from './riskSeed.ts';
import { toTicks } from './ticks.ts';

export const DELETED = 1;
/** Purged: neither listed as risky nor found in the directory. */
export const DROPPED = 2;
export const PROCESSING = 4;
export const DISABLED = 8;
export const FORCE_CHANGE = 16;

export type RiskPatch = {
  readonly riskLevel?: string | undefined;
  readonly riskState?: string | undefined;
  readonly riskDetail?: string | undefined;
};

/** A change of risk that the service has accepted and not shown yet. */
type Pending = { readonly at: number; readonly index: number; readonly patch: RiskPatch };

export class RiskStore {
  readonly seed: number;
  readonly enums = makeRiskEnums();
  readonly ids: ReturnType<typeof makeUserIds>;
  readonly people: ReturnType<typeof makePeople>;
  count = 0;
  level: Uint8Array;
  state: Uint8Array;
  detail: Uint8Array;
  flags: Uint8Array;
  /** 100 ns ticks (ticks.ts). */
  updated: Float64Array;
  /** Rows served as given instead of as they are: user index to JSON text. */
  readonly raw = new Map<number, string>();
  /** When sessions were last revoked: user index to epoch ms. */
  readonly revokedAt = new Map<number, number>();
  /** Changes since the start, for the history: user index to what it became, oldest first. */
  readonly changes = new Map<number, { at: number; level: number; state: number; detail: number }[]>();
  #pending: Pending[] = [];
  #earliest = Number.POSITIVE_INFINITY;
  #version = 0;
  #byTime: { version: number; order: Int32Array } = { version: -1, order: new Int32Array(0) };

  constructor(seed: number, users: number, start: number) {
    this.seed = seed;
    this.ids = makeUserIds(seed);
    this.people = makePeople(seed);
    this.level = new Uint8Array(users);
    this.state = new Uint8Array(users);
    this.detail = new Uint8Array(users);
    this.flags = new Uint8Array(users);
    this.updated = new Float64Array(users);
    this.append(users, start);
  }

  /** Adds users whose risk counts back from `start` (epoch ms). */
  append(users: number, start: number): void {
    const total = this.count + users;
    if (total > this.level.length) this.#grow(Math.max(total, this.level.length * 2));
    for (let index = this.count; index < total; index++) {
      const risk = seedRisk(this.seed, index, start, this.enums);
      this.level[index] = risk.level;
      this.state[index] = risk.state;
      this.detail[index] = risk.detail;
      this.updated[index] = risk.updated;
      this.flags[index] = risk.deleted ? DELETED : 0;
    }
    this.count = total;
    this.#version++;
  }

  /** The row of an object id, or null when this tenant has, or has no longer, such a user. */
  find(id: string): number | null {
    const index = this.ids.indexOf(id);
    return index === null || index >= this.count || this.has(index, DROPPED) ? null : index;
  }

  has(index: number, flag: number): boolean {
    return ((this.flags[index] ?? 0) & flag) !== 0;
  }

  set(index: number, flag: number, on: boolean): void {
    const flags = this.flags[index] ?? 0;
    this.flags[index] = on ? flags | flag : flags & ~flag;
    this.#version++;
  }

  /** In the directory: neither deleted nor purged. */
  isPresent(index: number): boolean {
    return ((this.flags[index] ?? DROPPED) & (DELETED | DROPPED)) === 0;
  }

  /** Changes a user's risk at once, and notes it in the history. `at`: epoch ms; `below`: 100 ns ticks below it. */
  change(index: number, patch: RiskPatch, at: number, below = 0): void {
    if (patch.riskLevel !== undefined) this.level[index] = this.enums.level.codeOf(patch.riskLevel);
    if (patch.riskState !== undefined) this.state[index] = this.enums.state.codeOf(patch.riskState);
    if (patch.riskDetail !== undefined) this.detail[index] = this.enums.detail.codeOf(patch.riskDetail);
    this.updated[index] = toTicks(at, below);
    this.#version++;
    const list = this.changes.get(index) ?? [];
    list.push({
      at,
      level: this.level[index] ?? 0,
      state: this.state[index] ?? 0,
      detail: this.detail[index] ?? 0,
    });
    this.changes.set(index, list);
  }

  /** Accepts a change that shows at `at` (epoch ms); until then the user is being processed. */
  changeLater(index: number, patch: RiskPatch, at: number): void {
    this.set(index, PROCESSING, true);
    this.#pending.push({ at, index, patch });
    this.#earliest = Math.min(this.#earliest, at);
  }

  /** Lets every accepted change show whose time has come, in the order in which they were accepted. */
  settle(now: number): void {
    if (now < this.#earliest) return;
    const waiting: Pending[] = [];
    const open = new Set<number>();
    for (const change of this.#pending) {
      if (change.at > now) {
        waiting.push(change);
        open.add(change.index);
        continue;
      }
      if (!this.has(change.index, DROPPED)) this.change(change.index, change.patch, change.at);
      this.set(change.index, PROCESSING, false);
    }
    for (const index of open) this.set(index, PROCESSING, true);
    this.#pending = waiting;
    this.#earliest = waiting.reduce((least, change) => Math.min(least, change.at), Number.POSITIVE_INFINITY);
  }

  /** Every index in ascending order of last update (ties by index); kept until something changes. */
  orderByTime(): Int32Array {
    if (this.#byTime.version !== this.#version) {
      const order = Int32Array.from({ length: this.count }, (_, index) => index);
      const { updated } = this;
      order.sort((a, b) => (updated[a] ?? 0) - (updated[b] ?? 0) || a - b);
      this.#byTime = { version: this.#version, order };
    }
    return this.#byTime.order;
  }

  #grow(capacity: number): void {
    const copy = <T extends Uint8Array | Float64Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.level = copy(this.level, new Uint8Array(capacity));
    this.state = copy(this.state, new Uint8Array(capacity));
    this.detail = copy(this.detail, new Uint8Array(capacity));
    this.flags = copy(this.flags, new Uint8Array(capacity));
    this.updated = copy(this.updated, new Float64Array(capacity));
  }
}
