/**
 * The closed list of everything that can change the database. Each operation gets the open database and one argument,
 * and runs inside one transaction that the caller (`writerSide.ts`) opens; a throw rolls all of it back.
 */
import { actionWrites } from './tables/actions.ts';
import { automaticPlanWrites } from './tables/automaticPlans.ts';
import { connectionWrites } from './tables/connections.ts';
import { journalWrites } from './tables/journal.ts';
import { planWrites } from './tables/plans.ts';
import { ruleWrites } from './tables/rules.ts';
import { runWrites } from './tables/runs.ts';
import { scheduleWrites } from './tables/schedule.ts';
import { settingWrites } from './tables/settings.ts';
import { stateWrites } from './tables/storeState.ts';
import { syncWrites } from './tables/syncs.ts';
import { userWrites } from './tables/users.ts';

export const writes = {
  ...connectionWrites,
  ...userWrites,
  ...syncWrites,
  ...ruleWrites,
  ...actionWrites,
  ...settingWrites,
  ...planWrites,
  ...runWrites,
  ...journalWrites,
  ...scheduleWrites,
  ...automaticPlanWrites,
  ...stateWrites,
};

export type Writes = typeof writes;
