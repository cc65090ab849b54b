/** All German words of the window, by namespace; fetched when German is chosen. */
import type { english } from '../en/english.ts';
import actions from './actions.json';
import app from './app.json';
import connections from './connections.json';
import journal from './journal.json';
import overview from './overview.json';
import rules from './rules.json';
import settings from './settings.json';
import users from './users.json';

export const german: typeof english = { actions, app, connections, journal, overview, rules, settings, users };
