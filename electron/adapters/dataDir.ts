/** Where the data folder is when nobody says: each system's own place for an application's data. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export type Surroundings = {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
};

/** `--data-dir`, then RISKDESK_DATA_DIR, then the system's convention; always absolute. */
export function dataDirOf(option: string | undefined, around: Surroundings = surroundings()): string {
  const given = option ?? around.env.RISKDESK_DATA_DIR;
  return given === undefined || given === '' ? conventional(around) : fromHere(given, around.env);
}

function conventional({ platform, env, home }: Surroundings): string {
  switch (platform) {
    case 'win32':
      return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Riskdesk');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Riskdesk');
    default:
      return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'riskdesk');
  }
}

/**
 * A path as the person meant it. npm changes to the package's folder before it starts `npm run cli` and keeps the
 * folder that the person was in as INIT_CWD.
 */
export function fromHere(path: string, env: Surroundings['env'] = process.env): string {
  const here = env.npm_lifecycle_event === 'cli' ? env.INIT_CWD : undefined;
  return resolve(here ?? process.cwd(), path);
}

function surroundings(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir() };
}
