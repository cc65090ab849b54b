/** The words of menus, dialogs and notifications, in the language of the window. The window has its own. */
import { createInstance, type TFunction } from 'i18next';
import type { Language } from '../../../shared/model/language.ts';
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };

const german: typeof en = de;

const i18n = createInstance();
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: en }, de: { translation: german } },
});

/** In the language in force when it is called. */
export const t: TFunction = ((...args: Parameters<TFunction>) => i18n.t(...args)) as TFunction;

/** False when it was spoken already. */
export function speak(language: Language): boolean {
  if (i18n.language === language) return false;
  void i18n.changeLanguage(language);
  return true;
}
