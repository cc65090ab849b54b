/**
 * The writing half of the store where it runs: in the writer's worker, or inline. Knows how an operation becomes one
 * transaction; which operations there are is the caller's table.
 */
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { storeError } from './errors.ts';

/** A table of operations: `(db, args) => result`, synchronous. Args and result must survive a structured clone. */
export type Ops = Readonly<Record<string, (db: Database, args: never) => unknown>>;

/**
 * What Graph can be asked for again, and a sign of life, may be lost with the power (never torn): these commit without waiting for the disk.
 * Every other operation waits, so that a request that is journalled as planned is on the disk before it is sent.
 */
const repeatable: ReadonlySet<string> = new Set([
  'startSync',
  'writePage',
  'finishSync',
  'recomputeAggregates',
  'indexSearch',
  'rescore',
  'cleanHistory',
  'claimCleaning',
  'wipeCache',
  'beatSchedule',
  'noteEnded',
  'noteCheck',
]);

type WriterSide = {
  /** Runs the operation in a transaction of its own and returns what it returns. Throws RiskdeskError as `Writer` says. */
  run(name: string, args: unknown): unknown;
};

export function createWriterSide(db: Database, ops: Ops): WriterSide {
  let synchronous = 'NORMAL';
  return {
    run(name, args) {
      const op = Object.hasOwn(ops, name) ? ops[name] : undefined;
      if (op === undefined) throw new RiskdeskError('internal', `The store has no operation "${name}".`);
      const wanted = repeatable.has(name) ? 'NORMAL' : 'FULL';
      try {
        if (wanted !== synchronous) {
          db.pragma(`synchronous = ${wanted}`);
          synchronous = wanted;
        }
        return inTransaction(db, () => Reflect.apply(op, undefined, [db, args]));
      } catch (error) {
        throw storeError(error, db.name);
      }
    },
  };
}

/** BEGIN IMMEDIATE, so that two processes queue at the start instead of failing at the end. */
function inTransaction(db: Database, work: () => unknown): unknown {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
