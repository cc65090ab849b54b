/**
 * Where Electron's binary is, by the same rules as the `electron` package, whose own answer would start a download where
 * there is none. Null means that this machine cannot open the desktop application.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param root folder that holds node_modules */
export function electronBinary(
  root: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const named = join(folder, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : null;
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH;
  const given = dist !== undefined && dist !== '';
  if (!given && name === null) return null;
  const path = given ? join(dist, name ?? 'electron') : join(folder, 'dist', name ?? '');
  return existsSync(path) ? path : null;
}
