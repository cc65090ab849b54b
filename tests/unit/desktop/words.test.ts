/** The words of the desktop host: German says all that English says, and the menu is drawn in the language spoken last. */
import { afterEach, describe, expect, it } from 'vitest';
import de from '../../../electron/hosts/desktop/de.json' with { type: 'json' };
import en from '../../../electron/hosts/desktop/en.json' with { type: 'json' };
import { menuTemplate } from '../../../electron/hosts/desktop/menu.ts';
import { speak, t } from '../../../electron/hosts/desktop/words.ts';

type Words = { readonly [key: string]: string | Words };
const flat = (words: Words, before = ''): readonly (readonly [string, string])[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as const] : flat(value, `${before}${key}.`),
  );
const filled = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

const nothing = () => undefined;
const deeds = { command: nothing, reload: nothing, openDataFolder: nothing, showAbout: nothing, quit: nothing };
const labels = () => menuTemplate('linux', false, deeds).map((item) => item.label);

afterEach(() => {
  speak('en');
});

describe('German', () => {
  it('has the keys of English and fills in the same', () => {
    const german = new Map(flat(de));
    expect([...german.keys()].sort()).toEqual(
      flat(en)
        .map(([key]) => key)
        .sort(),
    );
    for (const [key, text] of flat(en)) expect([key, ...filled(german.get(key) ?? '')]).toEqual([key, ...filled(text)]);
  });

  it('is in the menu and the dialogs once it is spoken, until another language is', () => {
    expect(speak('en')).toBe(false);
    expect(labels()).toEqual(['File', 'Edit', 'View', 'Go', 'Help']);
    expect(speak('de')).toBe(true);
    expect(speak('de')).toBe(false);
    expect(labels()).toEqual(['Datei', 'Bearbeiten', 'Ansicht', 'Gehe zu', 'Hilfe']);
    expect(t('work.syncs', { count: 2 })).toBe('2 Synchronisierungen laufen.');
    expect(speak('en')).toBe(true);
    expect(labels()).toEqual(['File', 'Edit', 'View', 'Go', 'Help']);
  });
});
