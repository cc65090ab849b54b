/** Types of `fuses.mjs`, which is plain JavaScript for the packaging tools. */
export const fuses: Readonly<Record<string, boolean>>;
