/** The built renderer as files over HTTP, with the headers that keep anything else out of the page. */
import { createReadStream, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream';

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

/** Null for what is not a file below `root`, and for a path that cannot be decoded. */
function fileAt(root: string, path: string): string | null {
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

/** Answers with the file at `path` below `root`; 404 for anything else, and never anything outside of it. */
export function sendFile(root: string, path: string, response: ServerResponse): void {
  const file = fileAt(root, path);
  if (file === null) {
    response.writeHead(404, { ...safeHeaders, 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  const immutable = path.startsWith('/assets/');
  response.writeHead(200, {
    ...safeHeaders,
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  });
  // A file that vanishes half-way ends this answer, not the program.
  pipeline(createReadStream(file), response, () => undefined);
}
