/**
 * The built renderer as files, and the headers that keep anything else out of the page: one policy for every host that
 * shows a window, over HTTP or over a protocol of its own. Leaves out the serving itself.
 */
import { statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Fluent writes its rules into style elements at run time: `unsafe-inline` for styles alone. */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const safeHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

export const typeOf = (file: string): string => types[extname(file)] ?? 'application/octet-stream';

/**
 * The file that a request's path names, `/` being the page itself.
 * @returns null for what is not a file below `root`, and for a path that cannot be decoded.
 */
export function fileAt(root: string, path: string): string | null {
  let plain: string;
  try {
    plain = decodeURIComponent(path);
  } catch {
    return null;
  }
  const file = join(root, plain === '/' ? 'index.html' : plain);
  const inside = file.startsWith(root + sep) && !file.includes('\0');
  return inside && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}
