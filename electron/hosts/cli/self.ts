/** What to type to start this program again, for examples and hints that can be pasted as they stand. */
import { relative } from 'node:path';

export function programName(
  env: Readonly<Record<string, string | undefined>> = process.env,
  script: string | undefined = process.argv[1],
): string {
  if (env.npm_lifecycle_event === 'cli') return 'npm run -s cli --';
  // Without the fuse that lets Electron run as Node, the application itself answers for its terminal.
  if (process.versions.electron !== undefined) return 'riskdesk --cli';
  if (/main\.(ts|mjs)$/.test(script ?? '') && script !== undefined)
    return `node ${quote(relative(process.cwd(), script))}`;
  return 'riskdesk';
}

/** One word for a POSIX shell and PowerShell. */
export function quote(word: string): string {
  return /^[\w./:@%+=,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command line of this program: `npm run -s cli -- sync 'My tenant'`. */
export function commandLine(...words: readonly string[]): string {
  return [programName(), ...words.map(quote)].join(' ');
}
