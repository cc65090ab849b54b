/** The built renderer over HTTP. Which file a path names, and the headers, are the same for every window. */
import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { fileAt, safeHeaders, typeOf } from '../../adapters/pages.ts';

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
    'content-type': typeOf(file),
    'cache-control': immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  });
  // A file that vanishes half-way ends this answer, not the program.
  pipeline(createReadStream(file), response, () => undefined);
}
