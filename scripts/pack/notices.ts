/**
 * THIRD-PARTY-NOTICES.txt: the licence of every package whose code is in the bundles or beside them. Made from what the
 * bundler put in and not from the lock file, so that it names what ships and nothing else. Electron and Chromium bring
 * their own texts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundled, listFolder } from './bundledPackages.ts';

export type Notice = {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** The text as the package carries it, or the MIT text with its author's name; null when there is neither. */
  readonly text: string | null;
};

/** Native packages that are packed as they are. */
export const packedPackages = ['better-sqlite3', 'keytar'];

const textFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

type Described = {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
};

/** A package may say MIT and forget the text that MIT asks for; Riskdesk's own licence is that text. */
function mitText(root: string, { author, name }: Described): string {
  const [, , , ...body] = readFileSync(join(root, 'LICENSE'), 'utf8').replaceAll('\r\n', '\n').trim().split('\n');
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  return ['MIT License', '', `Copyright (c) ${holder}`, ...body].join('\n');
}

function read(folder: string, root: string): Notice {
  const described = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Described;
  const { name, version, license } = described;
  const texts = readdirSync(folder)
    .filter((file) => textFile.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  const text = texts.length > 0 ? texts.join('\n\n') : license === 'MIT' ? mitText(root, described) : null;
  return { name, version, licence: license ?? 'not named', text };
}

function whole(folder: string): boolean {
  if (!existsSync(join(folder, 'package.json'))) return false;
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  return typeof name === 'string' && typeof version === 'string';
}

/** Of the last build in `root`/out; throws when there was none. */
export function collectNotices(root: string): readonly Notice[] {
  const lists = join(root, 'out', listFolder);
  if (!existsSync(lists)) throw new Error('There are no bundles. Run: npm run build');
  const folders = new Set(packedPackages.map((name) => join(root, 'node_modules', name)).filter(existsSync));
  for (const file of readdirSync(lists)) {
    for (const folder of (JSON.parse(readFileSync(join(lists, file), 'utf8')) as Bundled).packages) folders.add(folder);
  }
  const notices = new Map<string, Notice>();
  for (const folder of folders) {
    if (!whole(folder)) throw new Error(`${folder} has no package.json with a name and a version`);
    const notice = read(folder, root);
    notices.set(`${notice.name}@${notice.version}`, notice);
  }
  return [...notices.values()].sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version));
}

export function noticesText(notices: readonly Notice[]): string {
  const line = '-'.repeat(78);
  const head = [
    'Riskdesk contains the software of others. Each is listed with its licence.',
    'Electron and Chromium: LICENSE.electron.txt and LICENSES.chromium.html beside the program.',
  ];
  const blocks = notices.map(
    ({ name, version, licence, text }) =>
      `${line}\n${name} ${version}\nLicence: ${licence}\n\n${text ?? `The package carries no text of its own; ${licence} is what its package.json says.`}\n`,
  );
  return `${head.join('\n')}\n\n${blocks.join('\n')}`;
}
