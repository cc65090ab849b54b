/** Every word of the window comes from here. One JSON file a feature; keys say what the text is for. */
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import actions from './en/actions.json';
import app from './en/app.json';
import connections from './en/connections.json';
import journal from './en/journal.json';
import overview from './en/overview.json';
import rules from './en/rules.json';
import settings from './en/settings.json';
import users from './en/users.json';

export const i18n = createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'app',
  interpolation: { escapeValue: false },
  resources: { en: { app, overview, users, rules, actions, journal, connections, settings } },
});
