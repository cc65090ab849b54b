/**
 * The command line of the desktop application. It is shared with Chromium, whose switches are passed over, and with the
 * operating system, which puts a deep link there: what stands behind a link came from outside and is never an option.
 */
import { sampleUsers } from '../../twin/sampleTenant.ts';
import { linkScheme } from './deepLink.ts';

export type DesktopOptions = {
  readonly demo: boolean;
  /** Size of the sample tenant. */
  readonly users: number;
  readonly dataDir: string | undefined;
  /** As it came, unchecked; null when none was given. */
  readonly link: string | null;
  /** What was wrong with the options, in words; they are then left at their defaults. */
  readonly problems: readonly string[];
};

const isLink = (argument: string): boolean => argument.toLowerCase().startsWith(`${linkScheme}:`);

/** What the launcher of the command line says first on a machine without a screen; it is Chromium's, not ours. */
const noScreen = '--ozone-platform=headless';

/**
 * What follows `--cli`, when it is the first word of our own; null for a window. Before it stand the executable and, where
 * it is not packaged, Chromium's switches and the path of the program.
 */
export function cliArguments(argv: readonly string[], packaged: boolean): readonly string[] | null {
  const script = packaged ? 0 : argv.findIndex((one, index) => index > 0 && !one.startsWith('-'));
  const words = script < 0 ? [] : argv.slice(script + 1);
  const own = words[0] === noScreen ? words.slice(1) : words;
  return own[0] === '--cli' ? own.slice(1) : null;
}

export function linkIn(argv: readonly string[]): string | null {
  return argv.find(isLink) ?? null;
}

/** The command line before the first link. */
export function beforeLink(argv: readonly string[]): readonly string[] {
  const end = argv.findIndex(isLink);
  return end < 0 ? argv : argv.slice(0, end);
}

export function readDesktopOptions(argv: readonly string[]): DesktopOptions {
  const own = beforeLink(argv);
  const problems: string[] = [];
  /** `--name value` and `--name=value`. */
  const given = (name: string): string | undefined => {
    const joined = own.find((one) => one.startsWith(`--${name}=`));
    if (joined !== undefined) return joined.slice(name.length + 3);
    const at = own.indexOf(`--${name}`);
    return at < 0 ? undefined : (own[at + 1] ?? '');
  };
  const demo = own.includes('--demo');
  const folder = given('data-dir');
  if (folder === '' || folder?.startsWith('--')) problems.push('--data-dir needs a folder.');
  const users = given('users');
  const count = users === undefined ? sampleUsers : /^\d{1,7}$/.test(users) ? Number(users) : Number.NaN;
  if (!(count <= 1_000_000)) problems.push('--users must be a whole number from 0 to 1,000,000.');
  return {
    demo,
    users: count <= 1_000_000 ? count : sampleUsers,
    dataDir: folder === '' || folder?.startsWith('--') ? undefined : folder,
    link: linkIn(argv),
    problems,
  };
}
