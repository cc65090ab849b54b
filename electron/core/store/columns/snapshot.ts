/**
 * The blocks in memory, brought up to date when the database has changed. All of it happens inside the read transaction
 * of the question, so what is answered is one state of the database, whoever else writes.
 */
import type { Database } from 'better-sqlite3';
import { type Block, blockUsers, decodeBlock } from './block.ts';

export type Columns = {
  readonly blocks: readonly Block[];
  /** Length of anything that is kept by id. */
  readonly length: number;
  /** Whether the trigram index knows everybody. */
  readonly searchable: boolean;
  /** Stays the same while the database does. */
  readonly version: number;
  /** Stays the same while the users do: grows when any block was made anew. */
  readonly generation: number;
};

export type Snapshot = {
  /** Null while some block is missing or stale. To be called in a transaction. */
  current(): Columns | null;
};

export function createSnapshot(db: Database): Snapshot {
  const version = db.prepare('PRAGMA data_version').pluck();
  const behind = db.prepare<[], { bulk: number; stale: number; search: number; last: number | null }>(
    `SELECT EXISTS (SELECT 1 FROM store_state WHERE key = 'bulk') AS bulk,
       EXISTS (SELECT 1 FROM user_block_stale) AS stale,
       EXISTS (SELECT 1 FROM store_state WHERE key = 'search_upto') AS search,
       (SELECT max(id) FROM risky_user) AS last`,
  );
  const stamps = db.prepare<[], { block: number; stamp: number }>('SELECT block, stamp FROM user_block ORDER BY block');
  const dataOf = db.prepare<[number], Buffer>('SELECT data FROM user_block WHERE block = ?').pluck();
  let known: { readonly version: number; readonly columns: Columns | null } | undefined;
  let kept: { readonly stamp: number; readonly block: Block }[] = [];
  let generation = 0;

  function read(dataVersion: number): Columns | null {
    const state = behind.get();
    if (state === undefined || state.bulk === 1 || state.stale === 1) return null;
    const present = stamps.all();
    const needed = state.last === null ? 0 : Math.floor(state.last / blockUsers) + 1;
    if (present.length !== needed || present.some(({ block }, index) => block !== index)) return null;
    if (present.length !== kept.length || present.some(({ block, stamp }) => kept[block]?.stamp !== stamp)) {
      generation += 1;
      kept = present.map(({ block, stamp }) => {
        const same = kept[block];
        if (same?.stamp === stamp) return same;
        const data = dataOf.get(block);
        if (!(data instanceof Uint8Array)) throw new Error(`Block ${block} has no data.`);
        return { stamp, block: decodeBlock(data) };
      });
    }
    return {
      blocks: kept.map(({ block }) => block),
      length: kept.length * blockUsers,
      searchable: state.search === 0,
      version: dataVersion,
      generation,
    };
  }

  return {
    current() {
      const dataVersion = Number(version.get());
      if (known?.version !== dataVersion) known = { version: dataVersion, columns: read(dataVersion) };
      return known.columns;
    },
  };
}
