/**
 * Everything that can be asked of the cache, bound to one reader, one clock and the thresholds in force. The API is
 * handed this; it never sees the reader.
 */
import type { Histogram, Overview, ScorePreview, SyncHistogram } from '../../../shared/contract/scores.ts';
import type { UserDetail, UserNote } from '../../../shared/contract/users.ts';
import { asCsv, asJson, type ExportChunk } from '../../../shared/model/exportText.ts';
import type { RiskyUser } from '../../../shared/model/riskyUser.ts';
import type { GroupingThresholds, ScoreMapping } from '../../../shared/model/score.ts';
import { userSortFields } from '../../../shared/model/userSort.ts';
import type { Reader } from '../store/types.ts';
import { countUsers } from './count.ts';
import type { Filter, QueryContext } from './filter.ts';
import { type HistogramOf, histogram } from './histogram.ts';
import { type KeysOfConnection, matchingKeys } from './keys.ts';
import { overview, syncHistograms } from './overview.ts';
import { personScores, userHistory, userNotes } from './person.ts';
import type { CachedUser } from './rows.ts';
import { previewScores } from './scorePreview.ts';
import type { Sort } from './sort.ts';
import { getUser, iterateUsers, type ListOptions, listUsers, type UserPage, usersByIds } from './users.ts';

/** What a plan is decided on. Level, state and names are those of the cache. */
export type PlanSubject = {
  readonly objectId: string;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  readonly riskLevel: string;
  readonly riskState: string;
  readonly score: number | null;
  readonly isDeleted: boolean;
  readonly isGuest: boolean;
  readonly gone: boolean;
};

export type Queries = {
  list(filter: Filter, options: ListOptions): Promise<UserPage>;
  count(filter: Filter): Promise<number>;
  /** Object ids of all that match. @throws RiskdeskError bad-input when more than `most` do. */
  keys(filter: Filter, most: number): Promise<readonly KeysOfConnection[]>;
  /** Live users of a connection by object id. */
  some(connection: string, objectIds: readonly string[]): Promise<readonly RiskyUser[]>;
  detail(connection: string, objectId: string): Promise<UserDetail>;
  /** The store's key of a user: for its notes. @throws RiskdeskError not-found. */
  keyOf(connection: string, objectId: string): Promise<number>;
  notes(key: number): Promise<readonly UserNote[]>;
  /** What each complete sync of a connection (by id) left behind, newest first. */
  history(connection: number, limit: number): Promise<readonly SyncHistogram[]>;
  export(filter: Filter, format: 'csv' | 'json', sort?: Sort): AsyncIterable<ExportChunk>;
  histogram(filter: Filter, by?: HistogramOf): Promise<Histogram>;
  /** Of one connection by id, or of all (null). */
  overview(connection: number | null): Promise<Overview>;
  previewScores(change: {
    readonly connection: number | null;
    readonly mapping?: ScoreMapping | undefined;
    readonly weight?: number | undefined;
    readonly thresholds?: GroupingThresholds | undefined;
  }): Promise<ScorePreview>;
  /** All that match, in chunks. */
  planSubjects(filter: Filter): AsyncIterable<readonly PlanSubject[]>;
  /** Those of a connection that the cache holds, live or gone. */
  planSubjectsById(connection: string, objectIds: readonly string[]): Promise<readonly PlanSubject[]>;
};

function subjectOf({ user, gone }: CachedUser): PlanSubject {
  const { id, userPrincipalName, displayName, riskLevel, riskState, score, isDeleted, isGuest } = user;
  return {
    objectId: id,
    userPrincipalName,
    displayName,
    riskLevel,
    riskState,
    score,
    isDeleted,
    isGuest,
    gone: gone !== null,
  };
}

export function createQueries(ports: {
  readonly reader: Reader;
  /** Epoch ms. */
  readonly now: () => number;
  readonly thresholds: () => Promise<GroupingThresholds>;
}): Queries {
  const { reader, now, thresholds } = ports;
  const context = async (): Promise<QueryContext> => ({ now: now(), thresholds: await thresholds() });

  async function* exported(filter: Filter, format: 'csv' | 'json', sort?: Sort): AsyncGenerator<ExportChunk> {
    const users = iterateUsers(reader, filter, await context(), { sort });
    yield* format === 'csv' ? asCsv(userSortFields, users) : asJson(users);
  }

  async function* planSubjects(filter: Filter): AsyncGenerator<readonly PlanSubject[]> {
    for await (const users of iterateUsers(reader, filter, await context())) {
      yield users.map((user) => subjectOf({ key: 0, gone: null, user }));
    }
  }

  return {
    list: async (filter, options) => listUsers(reader, filter, options, await context()),
    count: async (filter) => countUsers(reader, filter, await context()),
    keys: async (filter, most) => matchingKeys(reader, filter, await context(), most),
    some: async (connection, objectIds) =>
      (await usersByIds(reader, connection, objectIds, await context())).flatMap(({ gone, user }) =>
        gone === null ? [user] : [],
      ),
    async detail(connection, objectId) {
      const { key, user } = await getUser(reader, connection, objectId, await context());
      const [changes, notes, scores] = await Promise.all([
        userHistory(reader, key),
        userNotes(reader, key),
        personScores(reader, key),
      ]);
      return { user, changes, notes, scores };
    },
    async keyOf(connection, objectId) {
      return (await getUser(reader, connection, objectId, await context())).key;
    },
    notes: (key) => userNotes(reader, key),
    history: (connection, limit) => syncHistograms(reader, connection, limit),
    export: exported,
    histogram: async (filter, by) => histogram(reader, filter, await context(), undefined, by),
    overview: (connection) => overview(reader, connection, now()),
    previewScores: async (change) => previewScores(reader, change, await thresholds()),
    planSubjects,
    planSubjectsById: async (connection, objectIds) =>
      (await usersByIds(reader, connection, objectIds, await context())).map(subjectOf),
  };
}
