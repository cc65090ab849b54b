/** All that a window, a browser or a terminal can ask of the core. */
import { actionsContract } from './actions.ts';
import { connectionsContract } from './connections.ts';
import { hostContract } from './host.ts';
import { journalContract } from './journal.ts';
import { rulesContract } from './rules.ts';
import { scheduleContract } from './schedule.ts';
import { scoresContract } from './scores.ts';
import { settingsContract } from './settings.ts';
import { syncContract } from './sync.ts';
import { updatesContract } from './updates.ts';
import { usersContract } from './users.ts';

export const contract = {
  connections: connectionsContract,
  sync: syncContract,
  users: usersContract,
  scores: scoresContract,
  rules: rulesContract,
  actions: actionsContract,
  schedule: scheduleContract,
  journal: journalContract,
  settings: settingsContract,
  updates: updatesContract,
  host: hostContract,
};

export type Contract = typeof contract;
