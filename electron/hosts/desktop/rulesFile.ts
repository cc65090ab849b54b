/**
 * Files of rules that a person opens in the system: the name of one comes on the command line, or as an event on macOS. The
 * window shows what such a file would bring; nothing is brought in before a person says so.
 */
import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Command, mostRulesText } from '../../../shared/contract/desktop.ts';
import { beforeLink } from './options.ts';

/** The installers register it. The content is JSON; Windows looks at the last part of a name alone. */
export const rulesExtension = 'riskdesk-rules';

/** The last word that names such a file; switches and links, with what stands behind them, are no files. `cwd`: the folder that the words were typed in. */
export function rulesFileIn(argv: readonly string[], cwd: string): string | null {
  const found = beforeLink(argv)
    .slice(1)
    .findLast((one) => !one.startsWith('-') && one.toLowerCase().endsWith(`.${rulesExtension}`));
  return found === undefined ? null : resolve(cwd, found);
}

/** Null when it cannot be read, is no plain file, or is larger than any list of rules. */
export function readRulesFile(path: string): Command | null {
  try {
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > mostRulesText) return null;
    return { kind: 'rules', name: basename(path), text: readFileSync(path, 'utf8') };
  } catch {
    return null;
  }
}
