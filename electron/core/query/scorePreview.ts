/**
 * How many people another mapping, weight or set of thresholds would move to another grouping, before it is saved. Users
 * whose UPN nobody shares are read off the cube; the others are computed person by person, as the store does it.
 */
import type { Grouping } from '../../../shared/model/riskyUser.ts';
import {
  aggregateOf,
  type GroupingThresholds,
  groupingOf,
  type ScoreMapping,
  scoreOf,
} from '../../../shared/model/score.ts';
import type { Reader } from '../store/types.ts';
import { emptyGroupings, type GroupingCounts } from './histogram.ts';

/** `moved`: users whose grouping differs, having one or none counted as a grouping of its own. */
export type ScorePreview = {
  readonly moved: number;
  readonly total: number;
  readonly before: GroupingCounts;
  readonly after: GroupingCounts;
};

/** What would be saved. `mapping` and `weight` belong to `connection`, a connection's id. */
type ScoreChange = {
  readonly connection: number | null;
  readonly mapping?: ScoreMapping | undefined;
  readonly weight?: number | undefined;
  readonly thresholds?: GroupingThresholds | undefined;
};

type Scoring = { readonly mapping: ScoreMapping; readonly weight: number };
type Cell = {
  readonly connection: number;
  readonly level: string;
  readonly aggregate: number | null;
  readonly users: number;
};
type Sharer = {
  readonly id: number;
  readonly upn: string;
  readonly connection: number;
  readonly level: string;
  readonly score: number | null;
  readonly aggregate: number | null;
};

/** Persons read at a time. */
const chunk = 20_000;

export async function previewScores(
  reader: Reader,
  change: ScoreChange,
  current: GroupingThresholds,
): Promise<ScorePreview> {
  const tally = new Tally(current, change.thresholds ?? current);
  const cells = await reader.all<Cell>(
    `SELECT u.connection, (SELECT text FROM term WHERE kind = 'level' AND code = u.level) AS level, u.aggregate,
       sum(u.users) AS users FROM user_cube u WHERE u.users > 0 GROUP BY u.connection, u.level, u.aggregate`,
  );
  if (change.mapping === undefined && change.weight === undefined) {
    for (const { aggregate, users } of cells) tally.add(aggregate, aggregate, users);
    return tally.result();
  }
  const scoring = await changedScoring(reader, change);
  const rescored = (connection: number, level: string): number | null => {
    const of = scoring.get(connection);
    return of === undefined ? null : scoreOf(level, of.mapping);
  };
  const alone = new Map(cells.map((cell) => [keyOf(cell.connection, cell.level, cell.aggregate), { ...cell }]));
  for await (const person of sharedPersons(reader)) {
    const aggregate = aggregateOf(
      person.map(({ connection, level }) => ({
        score: rescored(connection, level),
        weight: scoring.get(connection)?.weight ?? 0,
      })),
    );
    for (const sharer of person) {
      const cell = alone.get(keyOf(sharer.connection, sharer.level, sharer.aggregate));
      if (cell !== undefined) cell.users -= 1;
      tally.add(sharer.aggregate, aggregate, 1);
    }
  }
  for (const { connection, level, aggregate, users } of alone.values()) {
    const weight = scoring.get(connection)?.weight ?? 0;
    tally.add(aggregate, aggregateOf([{ score: rescored(connection, level), weight }]), users);
  }
  return tally.result();
}

function keyOf(connection: number, level: string, aggregate: number | null): string {
  return `${connection} ${aggregate} ${level}`;
}

class Tally {
  private readonly before = emptyGroupings();
  private readonly after = emptyGroupings();
  private moved = 0;
  private readonly current: GroupingThresholds;
  private readonly next: GroupingThresholds;

  constructor(current: GroupingThresholds, next: GroupingThresholds) {
    this.current = current;
    this.next = next;
  }

  add(aggregate: number | null, nextAggregate: number | null, users: number): void {
    const from: Grouping | 'none' = groupingOf(aggregate, this.current) ?? 'none';
    const to: Grouping | 'none' = groupingOf(nextAggregate, this.next) ?? 'none';
    this.before[from] += users;
    this.after[to] += users;
    if (from !== to) this.moved += users;
  }

  result(): ScorePreview {
    const total = Object.values(this.before).reduce((sum, users) => sum + users, 0);
    return { moved: this.moved, total, before: this.before, after: this.after };
  }
}

async function changedScoring(reader: Reader, change: ScoreChange): Promise<ReadonlyMap<number, Scoring>> {
  const rows = await reader.all<{ id: number; low: number; medium: number; high: number; weight: number }>(
    'SELECT id, map_low AS low, map_medium AS medium, map_high AS high, weight FROM connection WHERE removed IS NULL',
  );
  return new Map(
    rows.map(({ id, weight, ...mapping }) => {
      const chosen = id === change.connection;
      return [
        id,
        {
          mapping: chosen && change.mapping !== undefined ? change.mapping : mapping,
          weight: chosen && change.weight !== undefined ? change.weight : weight,
        },
      ];
    }),
  );
}

/** Live users that share a UPN, person by person. */
async function* sharedPersons(reader: Reader): AsyncGenerator<readonly Sharer[], void, undefined> {
  let person: Sharer[] = [];
  let after = '';
  for (;;) {
    const upns = await reader.all<{ upn: string }>(
      `SELECT upn_fold AS upn FROM user_text WHERE upn_fold > ? GROUP BY upn_fold HAVING count(*) > 1
       ORDER BY upn_fold LIMIT ${chunk}`,
      [after],
    );
    const last = upns.at(-1);
    if (last === undefined) return;
    after = last.upn;
    const sharers = await reader.all<Sharer>(
      `SELECT u.id, t.upn_fold AS upn, u.connection, u.score, u.aggregate,
         (SELECT text FROM term WHERE kind = 'level' AND code = u.level) AS level
       FROM json_each(?) k CROSS JOIN user_text t ON t.upn_fold = k.value CROSS JOIN risky_user u ON u.id = t.id
       WHERE u.gone IS NULL ORDER BY k.key, u.id`,
      [JSON.stringify(upns.map(({ upn }) => upn))],
    );
    for (const sharer of sharers) {
      if (person[0] !== undefined && person[0].upn !== sharer.upn) {
        yield person;
        person = [];
      }
      person.push(sharer);
    }
    if (person.length > 0) yield person;
    person = [];
  }
}
