/**
 * What one page of risky users does to the cache. Two ways with one outcome: appending, while the first sync fills an
 * empty cache; and comparing each row with the stored one, so that a row that did not change is not rewritten.
 */
import type { Database } from 'better-sqlite3';
import { updateAggregates } from './aggregates.ts';
import { markGone } from './gone.ts';
import { folded, guestFlag, type RiskyUserIn, storable } from './riskyUserIn.ts';
import type { Scoring } from './scoring.ts';
import { run } from './statements.ts';
import type { Terms } from './terms.ts';
import { type CubeChange, changeCube } from './userCube.ts';
import {
  findUsers,
  insertRows,
  type NewUser,
  nextUserId,
  recordChange,
  rewriteRow,
  rewriteText,
  type StoredUser,
  touchRows,
  type UserValues,
} from './userRows.ts';
import { addNewToSearch, addToSearch, removeFromSearch } from './userSearch.ts';

type PageContext = {
  readonly connection: number;
  readonly syncId: number;
  readonly now: number;
  readonly scoring: Scoring;
  readonly terms: Terms;
};

/** `kept`: rows of the page that the cache holds afterwards. The others as in `SyncResult`. */
type PageOutcome = { kept: number; added: number; changed: number; gone: number };

/** The last row of each object id, keyed by the id in lower case. */
function lastOfEach(users: readonly RiskyUserIn[]): ReadonlyMap<string, RiskyUserIn> {
  const byId = new Map<string, RiskyUserIn>();
  for (const user of users) byId.set(user.objectId.toLowerCase(), user);
  return byId;
}

function valuesOf(user: RiskyUserIn, { terms, scoring }: PageContext): UserValues {
  const upn = storable(user.userPrincipalName);
  return {
    objectId: user.objectId,
    level: terms.code('level', storable(user.riskLevel) ?? ''),
    state: terms.code('state', storable(user.riskState) ?? ''),
    detail: terms.code('detail', storable(user.riskDetail) ?? ''),
    updated: user.updatedAt,
    deleted: user.isDeleted ? 1 : 0,
    processing: user.isProcessing ? 1 : 0,
    guest: guestFlag(upn),
    score: scoring.score(user.riskLevel),
    upn,
    name: storable(user.displayName),
  };
}

/** Appends. No lookup by id is possible: what repeats over pages is settled by `endFirstSync`. */
export function appendPage(db: Database, users: readonly RiskyUserIn[], context: PageContext): PageOutcome {
  const rows = [...lastOfEach(users).values()].map((user) => {
    const values = valuesOf(user, context);
    return newUser(values, context.scoring.keeps(values.score) ? null : context.now, context);
  });
  insertRows(db, nextUserId(db), rows);
  const cube = changeCube(db);
  for (const row of rows) if (row.gone === null) cube.add(row, 1);
  cube.flush();
  const kept = rows.filter(({ gone }) => gone === null).length;
  return { kept, added: kept, changed: 0, gone: 0 };
}

/** Compares with what is stored, and writes the differences. */
export function mergePage(db: Database, users: readonly RiskyUserIn[], context: PageContext): PageOutcome {
  const outcome: PageOutcome = { kept: 0, added: 0, changed: 0, gone: 0 };
  const cube = changeCube(db);
  const folds = new Set<string>();
  const unchanged: number[] = [];
  const added: NewUser[] = [];
  const incoming = lastOfEach(users);
  const present = findUsers(db, context.connection, [...incoming.keys()]);
  for (const [key, user] of incoming) {
    const values = valuesOf(user, context);
    const stored = present.get(key);
    const keep = context.scoring.keeps(values.score);
    if (keep) outcome.kept += 1;
    if (stored === undefined) {
      if (!keep) continue;
      added.push(newUser(values, null, context));
      outcome.added += 1;
      continue;
    }
    if (stored.gone !== null && !keep) continue;
    if (keep && isSame(stored, values)) {
      if (stored.seenSync !== context.syncId) {
        unchanged.push(stored.id);
        cube.add(stored, -1);
        cube.add({ ...stored, seenSync: context.syncId }, 1);
      }
      continue;
    }
    rewrite(db, stored, values, context, cube, folds, outcome);
    if (!keep) {
      const left = findUsers(db, context.connection, [key]).get(key);
      if (left !== undefined) markGone(db, [left], context.now, cube, folds);
      outcome.gone += 1;
    }
  }
  insertAdded(db, added, cube, folds);
  touchRows(db, unchanged, context.syncId);
  updateAggregates(db, cube, folds);
  cube.flush();
  return outcome;
}

function insertAdded(db: Database, rows: readonly NewUser[], cube: CubeChange, folds: Set<string>): void {
  if (rows.length === 0) return;
  const firstId = nextUserId(db);
  insertRows(db, firstId, rows);
  addNewToSearch(db, firstId);
  for (const row of rows) {
    cube.add(row, 1);
    if (row.upnFold !== null) folds.add(row.upnFold);
  }
}

/** A user who is not in the cache yet. `gone`: since when the user is outside the score range, null when inside. */
function newUser(values: UserValues, gone: number | null, { connection, syncId, now, scoring }: PageContext): NewUser {
  const aggregate = scoring.weight > 0 ? values.score : null;
  const upnFold = gone === null ? folded(values.upn) : null;
  const nameFold = gone === null ? folded(values.name) : null;
  return { ...values, connection, aggregate, now, seenSync: syncId, gone, upnFold, nameFold };
}

function isSame(stored: StoredUser, values: UserValues): boolean {
  return (
    stored.gone === null &&
    riskIsSame(stored, values) &&
    namesAreSame(stored, values) &&
    stored.updated === values.updated &&
    stored.score === values.score
  );
}

function riskIsSame(stored: StoredUser, values: UserValues): boolean {
  return stored.level === values.level && stored.state === values.state && stored.detail === values.detail;
}

function namesAreSame(stored: StoredUser, values: UserValues): boolean {
  return (
    stored.upn === values.upn &&
    stored.name === values.name &&
    stored.deleted === values.deleted &&
    stored.processing === values.processing
  );
}

/** Brings a stored user, live or gone, to the page's values; afterwards the user is live. */
function rewrite(
  db: Database,
  stored: StoredUser,
  values: UserValues,
  context: PageContext,
  cube: CubeChange,
  folds: Set<string>,
  outcome: PageOutcome,
): void {
  const returned = stored.gone !== null;
  const sameRisk = riskIsSame(stored, values);
  const upnFold = folded(values.upn);
  const nameFold = folded(values.name);
  // Before the text is rewritten: the search index needs the words that it holds.
  if (stored.upnFold !== upnFold || stored.nameFold !== nameFold || returned) {
    if (!returned) removeFromSearch(db, stored.id, stored.upnFold, stored.nameFold);
    addToSearch(db, stored.id, upnFold, nameFold);
  }
  if (returned || stored.upn !== values.upn || stored.name !== values.name) {
    rewriteText(db, stored.id, values, upnFold, nameFold);
  }
  rewriteRow(db, stored.id, values, context.syncId, sameRisk ? null : context.now);
  if (!sameRisk) recordChange(db, stored, values, context.syncId, context.now);
  settleScore(db, stored, values, upnFold, context, cube, folds);
  if (returned) outcome.added += 1;
  else if (!sameRisk || !namesAreSame(stored, values)) outcome.changed += 1;
}

/** Moves the user to the right cell of the cube, and notes whose aggregate is due. */
function settleScore(
  db: Database,
  stored: StoredUser,
  values: UserValues,
  upnFold: string | null,
  { connection, syncId, scoring }: PageContext,
  cube: CubeChange,
  folds: Set<string>,
): void {
  const own = scoring.weight > 0 ? values.score : null;
  const due = stored.gone !== null || stored.score !== values.score || stored.upnFold !== upnFold;
  const aggregate = due ? own : stored.aggregate;
  if (aggregate !== stored.aggregate) run(db, 'UPDATE risky_user SET aggregate = ? WHERE id = ?', aggregate, stored.id);
  if (due) {
    if (upnFold !== null) folds.add(upnFold);
    if (stored.upnFold !== null) folds.add(stored.upnFold);
  }
  if (stored.gone === null) cube.add(stored, -1);
  cube.add({ ...values, connection, aggregate, seenSync: syncId }, 1);
}
