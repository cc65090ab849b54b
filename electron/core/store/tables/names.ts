/** Names that people give are unique without regard to case; a second one is refused before SQLite has to. */
import type { Database } from 'better-sqlite3';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import { fold } from '../../../../shared/model/riskyUser.ts';

const lookUps = {
  connection: 'SELECT id, name FROM connection WHERE name_fold = ? AND removed IS NULL',
  rule: 'SELECT id, name FROM rule WHERE name_fold = ?',
  action: 'SELECT id, name FROM action WHERE name_fold = ?',
} as const;

/** Throws `already-exists` when another row than `own` has the name. */
export function refuseTakenName(db: Database, what: keyof typeof lookUps, name: string, own: number | null): void {
  const taken = db.prepare<[string], { id: number; name: string }>(lookUps[what]).get(fold(name));
  if (taken === undefined || taken.id === own) return;
  throw new RiskdeskError(
    'already-exists',
    `There is already ${what === 'action' ? 'an' : 'a'} ${what} "${taken.name}".`,
    {
      field: 'name',
      cure: `Choose another name, or remove or rename the ${what} that has it.`,
    },
  );
}
