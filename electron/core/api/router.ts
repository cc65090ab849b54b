/** One router for every host: the contract's groups, each from a file of its own. */
import { actionRoutes } from './actions.ts';
import { implementer } from './base.ts';
import { connectionRoutes } from './connections.ts';
import { hostRoutes } from './host.ts';
import { journalRoutes } from './journal.ts';
import type { Modules } from './modules.ts';
import { ruleRoutes } from './rules.ts';
import { scheduleRoutes } from './schedule.ts';
import { scoreRoutes } from './scores.ts';
import { settingRoutes } from './settings.ts';
import { syncRoutes } from './sync.ts';
import { updateRoutes } from './updates.ts';
import { userRoutes } from './users.ts';

export function createRouter(modules: Modules) {
  const os = implementer(modules.log);
  return os.router({
    connections: connectionRoutes(os, modules),
    sync: syncRoutes(os, modules),
    users: userRoutes(os, modules),
    scores: scoreRoutes(os, modules),
    rules: ruleRoutes(os, modules),
    actions: actionRoutes(os, modules),
    schedule: scheduleRoutes(os, modules),
    journal: journalRoutes(os, modules),
    settings: settingRoutes(os, modules),
    updates: updateRoutes(os, modules),
    host: hostRoutes(os, modules),
  });
}

export type Router = ReturnType<typeof createRouter>;
