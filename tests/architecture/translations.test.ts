/**
 * Every language says all that English says: the same keys, the same placeholders, the plural forms its grammar has.
 * And English says no more than the window asks for.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../renderer');
const folder = join(root, 'i18n');
const plural = /_(zero|one|two|few|many|other)$/;

type Words = { readonly [key: string]: string | Words };

function flat(words: Words, before = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)],
    ),
  );
}

const read = (language: string, file: string) =>
  flat(JSON.parse(readFileSync(join(folder, language, file), 'utf8')) as Words);
const files = (language: string) => readdirSync(join(folder, language)).filter((name) => name.endsWith('.json'));
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name).sort();
const languages = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What English would be if it had the plural forms of a language. */
function expectedKeys(english: ReadonlyMap<string, string>, language: string): readonly string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const keys = new Set<string>();
  for (const key of english.keys()) {
    const base = key.replace(plural, '');
    const counted = plural.test(key) && english.has(`${base}_other`);
    // `_zero` is i18next's own form, for a text instead of "0 users", in any language.
    if (counted && !key.endsWith('_zero')) for (const form of forms) keys.add(`${base}_${form}`);
    else keys.add(key);
  }
  return [...keys].sort();
}

describe.each(languages)('%s', (language) => {
  it('has the files of English', () => {
    expect(files(language)).toEqual(files('en'));
  });

  it.each(files('en'))('%s has every key, and no other', (file) => {
    expect([...read(language, file).keys()].sort()).toEqual(expectedKeys(read('en', file), language));
  });

  it.each(files('en'))('%s fills in what English fills in, and leaves no text empty', (file) => {
    const english = read('en', file);
    for (const [key, text] of read(language, file)) {
      const base = english.get(key) ?? english.get(key.replace(plural, '_other')) ?? '';
      const single = /_(zero|one|two)$/.test(key);
      // "One user" need not say the number.
      const fills = placeholders(text).filter((name) => !(single && name === 'count'));
      const asked = placeholders(base).filter((name) => !(single && name === 'count'));
      expect([key, ...fills]).toEqual([key, ...asked]);
      expect(text.trim(), key).not.toBe('');
    }
  });
});

describe.runIf(languages.length > 1)('another language', () => {
  it.each(languages.filter((language) => language !== 'en'))('%s is translated, not copied', (language) => {
    const texts = files('en').flatMap((file) => {
      const translated = read(language, file);
      // Names and abbreviations are alike in many languages; a sentence is not.
      return [...read('en', file)]
        .filter(([, text]) => (text.replace(/\{\{.*?\}\}/g, '').match(/\S*\p{L}\S*/gu)?.length ?? 0) >= 4)
        .map(([key, text]) => ({
          key: `${file} ${key}`,
          same: translated.get(key) === text,
        }));
    });
    expect(texts.filter(({ same }) => same).map(({ key }) => key)).toEqual([]);
  });
});

describe('the window', () => {
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');

  it.each(files('en'))('asks for every text of %s', (file) => {
    const unused = [...read('en', file).keys()].filter((key) => {
      const base = key.replace(plural, '').replace(/_(on|off|male|female)$/, '');
      if (sources.includes(`'${base}'`) || sources.includes(`:${base}'`) || sources.includes(`"${base}"`)) return false;
      // A key that is put together: `state.${value}`. Each shorter beginning may be the fixed part.
      const parts = base.split('.');
      return !parts.some((_, at) => {
        const start = parts.slice(0, at).join('.');
        return start !== '' && new RegExp(`[\`:]${start.replaceAll('.', '\\.')}\\.\\$\\{`).test(sources);
      });
    });
    expect(unused).toEqual([]);
  });
});
