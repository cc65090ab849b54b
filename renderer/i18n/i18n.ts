/**
 * Every word of the window comes from here. One JSON file a feature; keys say what the text is for. English is always
 * there; another language is fetched when it is chosen. Formats and the model's own labels follow the same language.
 */
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { create } from 'zustand';
import { type Language, languageFor } from '../../shared/model/language.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { english } from './en/english.ts';

type Wanted = Settings['window']['language'];

export const i18n = createInstance();

/** The language that the window is drawn in; changes when its words are there. */
export const useLanguage = create<{ readonly language: Language }>(() => ({ language: 'en' }));

// Heard before any component hears of it: whatever draws anew finds formats and labels in the new language already.
i18n.on('languageChanged', (tag) => {
  const language = languageFor([tag]);
  document.documentElement.lang = language;
  useLanguage.setState({ language });
});

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'app',
  interpolation: { escapeValue: false },
  resources: { en: english },
});

/** Fetches the words of a language, once. */
async function fetchWords(language: Language): Promise<void> {
  if (language === 'en' || i18n.hasResourceBundle(language, 'app')) return;
  const { german } = await import('./de/german.ts');
  for (const [namespace, words] of Object.entries(german)) i18n.addResourceBundle(language, namespace, words);
}

let latest: Wanted = 'system';

/** Draws the window in a language; `system` is the best of what the browser asks for. Words that cannot be had change nothing. */
export async function setLanguage(wanted: Wanted): Promise<void> {
  latest = wanted;
  const language = wanted === 'system' ? languageFor(navigator.languages) : wanted;
  try {
    await fetchWords(language);
  } catch {
    // The host that serves the pages is gone; the language in force stays until the window is loaded again.
    return;
  }
  // Another choice may have been made while the words were on their way.
  if (latest === wanted && i18n.language !== language) await i18n.changeLanguage(language);
}

window.addEventListener('languagechange', () => void setLanguage(latest));
