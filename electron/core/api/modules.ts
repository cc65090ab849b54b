/** Everything the routes stand on, handed in by `core.ts`. A route picks what it needs and holds no state of its own. */
import type { HostInfo } from '../../../shared/contract/host.ts';
import type { RequestBudget } from '../../../shared/model/sync.ts';
import type { Actions } from '../config/actions.ts';
import type { Connections } from '../config/connections.ts';
import type { Notes } from '../config/notes.ts';
import type { PersonSignIns } from '../config/personSignIns.ts';
import type { Rules } from '../config/rules.ts';
import type { SettingsRegister } from '../config/settings.ts';
import type { Directory } from '../directory/directory.ts';
import type { Executor } from '../execute/executor.ts';
import type { Journal } from '../journal/journal.ts';
import type { Clock, Log, NewId } from '../ports.ts';
import type { Queries } from '../query/queries.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { SyncManager } from '../sync/manager.ts';
import type { Updates } from '../updates/updates.ts';
import type { Limits } from './limits.ts';

export type Modules = {
  readonly connections: Connections;
  readonly personSignIns: PersonSignIns;
  readonly rules: Rules;
  readonly actions: Actions;
  readonly settings: SettingsRegister;
  readonly notes: Notes;
  readonly queries: Queries;
  readonly sync: SyncManager;
  readonly journal: Journal;
  readonly directory: Directory;
  readonly executor: Executor;
  readonly schedule: Schedule;
  readonly updates: Updates;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly hostInfo: () => Promise<HostInfo>;
  readonly budget: () => Promise<readonly RequestBudget[]>;
  /** Deletes every cached user. Resolves with their number. */
  readonly wipeCache: () => Promise<number>;
};
