/** The words of menus, dialogs and notifications. The window has its own. */
import { createInstance, type TFunction } from 'i18next';
import en from './en.json' with { type: 'json' };

const i18n = createInstance();
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: en } },
});

export const t: TFunction = i18n.t;
