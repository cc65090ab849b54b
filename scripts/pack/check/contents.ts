/** What a package may hold, as a list that is kept in a test and compared with what was packed. Pure. */

/** Content hashes go, and what the bundler splits off becomes one line a folder: their names change with every edit. */
export function normalise(path: string, target: { readonly platform: string; readonly arch: string }): string {
  return path
    .replace(/^(out\/(?:main\/chunks|renderer\/assets))\/[^/]+\.(js|css)$/, '$1/*.$2')
    .replace(`${target.platform}-${target.arch}.node`, '<target>.node');
}

export function listOf(paths: readonly string[], target: { readonly platform: string; readonly arch: string }) {
  return [...new Set(paths.map((path) => normalise(path.replaceAll('\\', '/').replace(/^\//, ''), target)))].sort();
}

/** Parts of the kept list: `## name`, then a path a line. */
export function readContents(text: string): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, readonly string[]>();
  for (const part of text.replaceAll('\r\n', '\n').split(/^## /m).slice(1)) {
    const [name = '', ...lines] = part.split('\n');
    parts.set(
      name,
      lines.filter((line) => line !== ''),
    );
  }
  return parts;
}

export function writeContents(head: string, parts: ReadonlyMap<string, readonly string[]>): string {
  return `${head}\n${[...parts].map(([name, lines]) => `\n## ${name}\n${lines.join('\n')}\n`).join('')}`;
}

/** A sentence for each difference. */
export function differences(kept: readonly string[], found: readonly string[]): readonly string[] {
  return [
    ...found.filter((path) => !kept.includes(path)).map((path) => `packed and not on the list: ${path}`),
    ...kept.filter((path) => !found.includes(path)).map((path) => `on the list and not packed: ${path}`),
  ];
}
