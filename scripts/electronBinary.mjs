/**
 * Where Electron's binary is, by the same rules as the `electron` package, whose own answer would start a download where
 * there is none. Null means that this machine cannot open the desktop application.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} root folder that holds node_modules
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null} absolute path of the executable
 */
export function electronBinary(root, env = process.env) {
  const folder = join(root, 'node_modules', 'electron');
  const named = join(folder, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : null;
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (dist) {
    const path = join(dist, name ?? 'electron');
    return existsSync(path) ? path : null;
  }
  if (name === null) return null;
  const path = join(folder, 'dist', name);
  return existsSync(path) ? path : null;
}
