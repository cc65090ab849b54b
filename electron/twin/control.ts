/**
 * What a test, or a demonstration, may do to the tenant behind the API's back: move its clock, change its users and
 * groups, break it, and read what it was asked.
 */
import type { LogEntry } from './counters.ts';
import { makeGroup, type NewGroup } from './data/groupSeed.ts';
import type { Group } from './data/groupStore.ts';
import { DELETED, DISABLED, DROPPED, FORCE_CHANGE, PROCESSING, type RiskPatch } from './data/riskStore.ts';
import { formatTicks } from './data/ticks.ts';
import type { Fault } from './faults.ts';
import type { SignInSettings } from './login/people.ts';
import type { Limits } from './throttle.ts';
import type { World } from './world.ts';

export type TwinUser = {
  readonly id: string;
  readonly index: number;
  /** As the risk service knows it. */
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  readonly riskLevel: string;
  readonly riskState: string;
  readonly riskDetail: string;
  /** Seven decimals, as Graph writes it. */
  readonly riskLastUpdatedDateTime: string;
  readonly isDeleted: boolean;
  readonly isProcessing: boolean;
  /** False once dropped: Graph no longer lists it. */
  readonly listed: boolean;
  readonly isGuest: boolean;
  readonly accountEnabled: boolean;
  readonly forceChangePasswordNextSignIn: boolean;
};

export type TwinControl = {
  /** The twin's clock, epoch ms. */
  now(): number;
  /** Moves the clock forward; whatever falls due by then shows with the next request. */
  advance(ms: number): void;
  inject(fault: Fault): void;
  clearFaults(): void;
  setLimits(limits: Partial<Limits>): void;
  setLicensed(licensed: boolean): void;
  /** Application permissions of tokens issued from now on. */
  setRoles(roles: readonly string[]): void;
  /** How people sign in from now on; what is left out stays. */
  setSignIn(change: Partial<SignInSettings>): void;
  /** Makes every refresh token worthless: AADSTS50173. */
  revokeSignIns(): void;
  /** Makes every token issued so far invalid: 401. */
  revokeTokens(): void;
  setRiskDelay(ms: number): void;
  setReplication(ms: number): void;
  /** Changes the risk of the first `n` of a shuffled order, or of all that the predicate picks. Returns their ids. */
  changeRisk(who: number | ((user: TwinUser) => boolean), patch: RiskPatch): readonly string[];
  /** Soft-deletes: still a risky user, `isDeleted`, gone from the directory and from groups. */
  deleteUser(id: string): void;
  /** Purges: neither listed nor found. */
  dropUser(id: string): void;
  /** Returns the new users' ids. */
  addUsers(n: number): readonly string[];
  /** Serves `row` in place of user `index` of the list, whatever it is; undefined restores it. */
  corruptUser(index: number, row: unknown): void;
  setAccountEnabled(id: string, enabled: boolean): void;
  user(id: string): TwinUser | null;
  userAt(index: number): TwinUser;
  /** Listed risky users. */
  userCount(): number;
  /** When the user's sessions were last revoked, epoch ms; null when never. */
  revoked(id: string): number | null;
  group(id: string): Readonly<Group> | null;
  groups(): readonly Readonly<Group>[];
  addGroup(group?: NewGroup): Readonly<Group>;
  updateGroup(id: string, change: Partial<Pick<Group, 'displayName' | 'description' | 'groupTypes'>>): void;
  removeGroup(id: string): void;
  /** Object ids of the users in a group; empty when there is no such group. */
  members(groupId: string): ReadonlySet<string>;
  addMember(groupId: string, userId: string): void;
  removeMember(groupId: string, userId: string): void;
  /** Calls by kind (`riskyUsers.list`, `members.add`, `token`, …), plus `http`, `429` and `fault:…`. */
  readonly requests: Readonly<Record<string, number>>;
  readonly requestLog: readonly LogEntry[];
  /** Requests that no careful client makes: DELETE on a user or a group. */
  readonly violations: readonly string[];
  resetCounters(): void;
};

export function makeControl(world: World, advance: (ms: number) => void): TwinControl {
  const { users, groups, counters } = world;

  const row = (id: string): number => {
    const found = users.find(id);
    if (found === null) throw new Error(`The twin has no user '${id}'.`);
    return found;
  };
  const groupOf = (id: string): Group => {
    const found = groups.get(id);
    if (found === null) throw new Error(`The twin has no group '${id}'.`);
    return found;
  };
  const userAt = (index: number): TwinUser => ({
    id: users.ids.of(index),
    index,
    userPrincipalName: users.people.userPrincipalName(index),
    displayName: users.people.displayName(index),
    riskLevel: users.enums.level.names[users.level[index] ?? 0] ?? '',
    riskState: users.enums.state.names[users.state[index] ?? 0] ?? '',
    riskDetail: users.enums.detail.names[users.detail[index] ?? 0] ?? '',
    riskLastUpdatedDateTime: formatTicks(users.updated[index] ?? 0),
    isDeleted: users.has(index, DELETED),
    isProcessing: users.has(index, PROCESSING),
    listed: !users.has(index, DROPPED),
    isGuest: users.people.isGuest(index),
    accountEnabled: !users.has(index, DISABLED),
    forceChangePasswordNextSignIn: users.has(index, FORCE_CHANGE),
  });
  const settled = <T>(read: () => T): T => {
    users.settle(world.now());
    return read();
  };
  const chosen = (who: number | ((user: TwinUser) => boolean)): readonly number[] => {
    const all = Array.from({ length: users.count }, (_, index) => index);
    if (typeof who === 'function') return all.filter((index) => !users.has(index, DROPPED) && who(userAt(index)));
    const open = all.filter((index) => users.isPresent(index));
    for (let i = 0; i < Math.min(who, open.length); i++) {
      const j = i + Math.floor(world.random() * (open.length - i));
      [open[i], open[j]] = [open[j] ?? 0, open[i] ?? 0];
    }
    return open.slice(0, who);
  };

  return {
    now: world.now,
    advance,
    inject: (fault) => world.faults.add(fault),
    clearFaults: () => world.faults.clear(),
    setLimits: (limits) => world.throttle.set(limits),
    setLicensed: (licensed) => {
      world.settings.licensed = licensed;
    },
    setRoles: (roles) => world.tokens.setRoles(roles),
    setSignIn: (change) => world.people.change(change),
    revokeSignIns: () => world.people.revokeAll(),
    revokeTokens: () => world.tokens.revokeAll(),
    setRiskDelay: (ms) => {
      world.settings.riskDelayMs = ms;
    },
    setReplication: (ms) => {
      world.settings.replicationMs = ms;
    },
    changeRisk: (who, patch) =>
      settled(() => {
        const indices = chosen(who);
        for (const index of indices) users.change(index, patch, world.now(), Math.floor(world.random() * 10_000));
        return indices.map((index) => users.ids.of(index));
      }),
    deleteUser(id) {
      const index = row(id);
      users.set(index, DELETED, true);
      groups.forgetUser(index);
    },
    dropUser(id) {
      const index = row(id);
      users.set(index, DROPPED, true);
      groups.forgetUser(index);
    },
    addUsers(n) {
      const before = users.count;
      users.append(n, world.now());
      return Array.from({ length: n }, (_, i) => users.ids.of(before + i));
    },
    corruptUser(index, raw) {
      if (raw === undefined) users.raw.delete(index);
      else users.raw.set(index, JSON.stringify(raw));
    },
    setAccountEnabled: (id, enabled) => users.set(row(id), DISABLED, !enabled),
    user: (id) =>
      settled(() => {
        const index = users.ids.indexOf(id);
        return index === null || index >= users.count ? null : userAt(index);
      }),
    userAt: (index) => settled(() => userAt(index)),
    userCount() {
      let count = 0;
      for (let index = 0; index < users.count; index++) if (!users.has(index, DROPPED)) count += 1;
      return count;
    },
    revoked: (id) => users.revokedAt.get(row(id)) ?? null,
    group: (id) => groups.get(id),
    groups: () => groups.all(),
    addGroup(wanted = {}) {
      const id = wanted.id ?? world.nextId();
      const group = makeGroup(
        world.seed,
        0,
        { displayName: `Group ${id.slice(0, 8)}`, ...wanted, id },
        world.now(),
        row,
      );
      groups.add(group);
      return group;
    },
    updateGroup(id, change) {
      Object.assign(groupOf(id), change);
    },
    removeGroup(id) {
      groups.remove(groupOf(id).id);
    },
    members(groupId) {
      const group = groups.get(groupId);
      return group === null ? new Set() : groups.memberIds(group, users);
    },
    addMember: (groupId, userId) => groups.join(groupOf(groupId), row(userId)),
    removeMember(groupId, userId) {
      groups.leave(groupOf(groupId), row(userId));
    },
    get requests() {
      return counters.requests;
    },
    get requestLog() {
      return counters.log;
    },
    get violations() {
      return counters.violations;
    },
    resetCounters: () => counters.reset(),
  };
}
