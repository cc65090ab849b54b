/**
 * Brings the schema of an opened database to the newest version. Each migration is one transaction that also sets
 * `PRAGMA user_version`, so a process that dies in between leaves a database of a version that exists.
 */
import { renameSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Migration } from './migrations/index.ts';

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** Where the copy of a database of `version` goes before it is migrated. */
export function backupName(file: string, version: number): string {
  return `${file}.v${version}.bak`;
}

/**
 * Runs what is missing and returns the version that it found. A database that already holds tables is copied to
 * `backupName` first (a complete, compact database by itself); a backup that fails stops the migration before it begins.
 */
export function migrate(db: Database, migrations: readonly Migration[]): number {
  const found = versionOf(db);
  if (found > 0 && found < newestVersion(migrations)) backUp(db, found);
  for (const migration of migrations) {
    db.transaction(() => {
      // Asked again inside: another process may have migrated while this one waited for the lock.
      if (versionOf(db) >= migration.version) return;
      db.exec(migration.sql);
      migration.after?.(db);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
  return found;
}

function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function backUp(db: Database, version: number): void {
  const target = backupName(db.name, version);
  const half = `${target}.part`;
  rmSync(half, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(half);
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}
