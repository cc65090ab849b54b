/**
 * What is read from Graph on demand, for one person who waits: groups, memberships, one user's history, a connection
 * test. Nothing is stored and nothing is written; lists of risky users come from the cache instead.
 */
import type { PickableGroup } from '../../../shared/contract/actions.ts';
import type { ConnectionTest } from '../../../shared/contract/connections.ts';
import type { Detection, EntraHistoryEntry } from '../../../shared/contract/users.ts';
import type { GroupKind } from '../../../shared/model/action.ts';
import type { AssessedGroup } from '../graph/assessGroup.ts';
import { findGroupsNamed, preflightGroup, readMembers, searchGroups } from '../graph/readGroups.ts';
import type { GraphClient } from '../graph/types.ts';
import type { TokenSource } from '../ports.ts';
import { testConnection } from './testConnection.ts';
import { type MemberOf, readDetections, readHistory, readMemberships } from './userRisk.ts';

/** Every method rejects with GraphError, or with what `graphFor` rejects with (a connection that was removed). */
export type Directory = {
  /** Sorted by name; at most `limit`. Groups that cannot be written are listed with a badge and the reason. */
  searchGroups(query: {
    readonly connection: string;
    readonly search?: string | undefined;
    readonly type?: GroupKind | undefined;
    readonly limit: number;
  }): Promise<readonly PickableGroup[]>;
  /** The group as it is now; null when it does not exist. */
  preflight(connection: string, groupId: string): Promise<AssessedGroup | null>;
  /** Groups of this name and type: what "create new group" would use instead, when there is exactly one. */
  sameNamed(connection: string, name: string, kind: GroupKind): Promise<readonly AssessedGroup[]>;
  /** Object ids, lower case, of the direct user members. */
  members(connection: string, groupId: string): Promise<ReadonlySet<string>>;
  entraHistory(connection: string, userId: string): Promise<readonly EntraHistoryEntry[]>;
  detections(connection: string, userId: string): Promise<readonly Detection[]>;
  memberships(connection: string, userId: string): Promise<readonly MemberOf[]>;
  testConnection(connection: string): Promise<ConnectionTest>;
};

export function createDirectory(ports: {
  readonly graphFor: (connection: string) => Promise<GraphClient>;
  readonly tokensFor: (connection: string) => Promise<TokenSource>;
}): Directory {
  const { graphFor, tokensFor } = ports;
  return {
    async searchGroups({ connection, ...query }) {
      const found = await searchGroups(await graphFor(connection), query);
      return found.map(({ id, displayName, type, writable, badge, reason }) => ({
        id,
        displayName,
        type,
        writable,
        badge,
        reason,
      }));
    },
    preflight: async (connection, groupId) => preflightGroup(await graphFor(connection), groupId),
    sameNamed: async (connection, name, kind) =>
      (await findGroupsNamed(await graphFor(connection), name, {})).filter((group) => group.kind === kind),
    members: async (connection, groupId) => readMembers(await graphFor(connection), groupId, { priority: 'person' }),
    entraHistory: async (connection, userId) => readHistory(await graphFor(connection), userId),
    detections: async (connection, userId) => readDetections(await graphFor(connection), userId),
    memberships: async (connection, userId) => readMemberships(await graphFor(connection), userId),
    testConnection: async (connection) => testConnection(await tokensFor(connection), await graphFor(connection)),
  };
}
