/**
 * Every word of the window comes from here. One JSON file a feature; keys say what the text is for. Formats and the
 * model's own labels follow the same language.
 */
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { create } from 'zustand';
import type { Language } from '../../shared/model/language.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { english } from './en/english.ts';

export const i18n = createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'app',
  interpolation: { escapeValue: false },
  resources: { en: english },
});

/** The language that the window is drawn in; changes when its words are there. */
export const useLanguage = create<{ readonly language: Language }>(() => ({ language: 'en' }));

/** Draws the window in a language. */
export async function setLanguage(wanted: Settings['window']['language']): Promise<void> {
  const language = wanted === 'system' ? 'en' : wanted;
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
  useLanguage.setState({ language });
}
