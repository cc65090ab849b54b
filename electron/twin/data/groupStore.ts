/**
 * The tenant's groups and who is in them. Members are user indices; a group knows when it becomes visible, because a
 * new group answers 404 until it has replicated. Knows no HTTP and refuses nothing: that is graph/members.ts.
 */
import type { RiskStore } from './riskStore.ts';

export type Group = {
  readonly id: string;
  displayName: string;
  description: string | null;
  groupTypes: readonly string[];
  mailEnabled: boolean;
  securityEnabled: boolean;
  mailNickname: string;
  membershipRule: string | null;
  onPremisesSyncEnabled: boolean | null;
  isAssignableToRole: boolean | null;
  isManagementRestricted: boolean | null;
  visibility: string | null;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Epoch ms from which the directory knows it everywhere. */
  visibleAt: number;
  readonly members: Set<number>;
  /** Ids of groups that are members: `/members` lists them, `/members/microsoft.graph.user` doesn't. */
  readonly nested: string[];
};

export class GroupStore {
  readonly #groups = new Map<string, Group>();
  readonly #sorted = new WeakMap<Group, { stamp: number; order: Int32Array }>();
  #stamp = 0;

  add(group: Group): void {
    this.#groups.set(group.id, group);
  }

  remove(id: string): boolean {
    for (const group of this.#groups.values()) {
      const at = group.nested.indexOf(id);
      if (at >= 0) group.nested.splice(at, 1);
    }
    return this.#groups.delete(id.toLowerCase());
  }

  /** The group of that id, whether visible yet or not. */
  get(id: string): Group | null {
    return this.#groups.get(id.toLowerCase()) ?? null;
  }

  /** The group of that id as the directory shows it at `now` (epoch ms). */
  visible(id: string, now: number): Group | null {
    const group = this.get(id);
    return group !== null && group.visibleAt <= now ? group : null;
  }

  /** All groups, oldest first. */
  all(): readonly Group[] {
    return [...this.#groups.values()];
  }

  nicknameTaken(nickname: string): boolean {
    const wanted = nickname.toLowerCase();
    return this.all().some((group) => group.mailNickname.toLowerCase() === wanted);
  }

  join(group: Group, index: number): void {
    group.members.add(index);
    this.#stamp++;
  }

  /** False when the user wasn't a member. */
  leave(group: Group, index: number): boolean {
    this.#stamp++;
    return group.members.delete(index);
  }

  /** A deleted user is in no group (Entra: soft-deleted users lose their memberships). */
  forgetUser(index: number): void {
    for (const group of this.#groups.values()) this.leave(group, index);
  }

  /** Member indices in ascending order: the order in which pages list them. */
  order(group: Group): Int32Array {
    const known = this.#sorted.get(group);
    if (known !== undefined && known.stamp === this.#stamp) return known.order;
    const order = Int32Array.from(group.members).sort();
    this.#sorted.set(group, { stamp: this.#stamp, order });
    return order;
  }

  memberIds(group: Group, users: RiskStore): ReadonlySet<string> {
    return new Set(Array.from(group.members, (index) => users.ids.of(index)));
  }
}
