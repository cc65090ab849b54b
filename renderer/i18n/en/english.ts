/** All English words of the window, by namespace. */
import actions from './actions.json';
import app from './app.json';
import connections from './connections.json';
import journal from './journal.json';
import overview from './overview.json';
import rules from './rules.json';
import settings from './settings.json';
import users from './users.json';

export const english = { actions, app, connections, journal, overview, rules, settings, users };
