/** Release notes come from the network: they become plain text before anything else sees them. Pure. */

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const longest = 20_000;

/**
 * Tags go and end a line where they ended one on the page; the commonest entities become their characters; what could
 * reorder or hide text (controls, bidirectional marks) goes. At most 20,000 characters; null when nothing is left.
 */
export function plainNotes(received: string | null): string | null {
  if (received === null) return null;
  const text = received
    .slice(0, longest * 4)
    .replace(/<(script|style)\b[^>]*>[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<(br|\/p|\/h[1-6]|\/ul|\/ol|\/li|\/div)\b[^>]*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*(>|$)/gi, '')
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (whole, name: string) =>
      name === '#39' ? "'" : (entities[name] ?? whole),
    )
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]/gu, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, longest);
  return text === '' ? null : text;
}
