/** Which language the window speaks when it follows the system. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageFor, languages } from '../../shared/model/language.ts';

describe('the language for what a system asks for', () => {
  it.each([
    [['de'], 'de'],
    [['de-AT', 'en'], 'de'],
    [['DE-ch-1996'], 'de'],
    [['de_DE.UTF-8'], 'de'],
    [['en-GB', 'de'], 'en'],
    [['fr-FR', 'de-DE', 'en'], 'de'],
    [['fr', 'nl'], 'en'],
    [['den', 'x-de'], 'en'],
    [['', 'C'], 'en'],
    [[], 'en'],
  ] as const)('%j is %s', (tags, language) => {
    expect(languageFor(tags)).toBe(language);
  });

  it('is always one that the product speaks, and never another than the first that is served', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('en-US', 'de-DE', 'fr'))), (tags) => {
        const language = languageFor(tags);
        expect(languages).toContain(language);
        expect(languageFor([language, ...tags])).toBe(language);
      }),
    );
  });
});
