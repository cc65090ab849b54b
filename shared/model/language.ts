/** Languages that the product speaks. English is complete by definition; a test holds the others against it. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];
