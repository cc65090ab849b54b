/** Languages that the product speaks. English is complete by definition; a test holds the others against it. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/**
 * The best of what a system asks for: BCP 47 tags, the most wanted first. `de-AT` is served by `de`; a tag that nothing
 * here serves gives way to the next. English when none is served.
 */
export function languageFor(tags: readonly string[]): Language {
  for (const tag of tags) {
    const [primary] = tag.trim().toLowerCase().split(/[-_]/);
    const found = languages.find((language) => language === primary);
    if (found !== undefined) return found;
  }
  return 'en';
}
