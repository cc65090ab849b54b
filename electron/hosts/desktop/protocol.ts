/**
 * The window's pages under a scheme of their own: standard and secure, so that the content policy, origins and storage
 * work as on the web, and without what a `file:` page may do. Serves files below the built renderer and nothing else.
 */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { fileAt, safeHeaders, typeOf } from '../../adapters/pages.ts';

const scheme = 'riskdesk-app';
export const origin = `${scheme}://window`;
export const startPage = `${origin}/index.html`;

/** Before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** True for our own page, wherever in it the window is; a fragment is no other page. */
export function isOurPage(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === `${scheme}:` && parsed.host === 'window' && parsed.username === '';
}

/** `pages`: folder of the built renderer. */
export function servePages(pages: string): void {
  protocol.handle(scheme, async (request) => {
    const url = URL.parse(request.url);
    const fits = url !== null && url.host === 'window' && (request.method === 'GET' || request.method === 'HEAD');
    const file = fits ? fileAt(pages, url.pathname) : null;
    if (file === null) {
      return new Response('Not found', { status: 404, headers: { ...safeHeaders, 'content-type': 'text/plain' } });
    }
    return new Response(new Uint8Array(await readFile(file)), {
      headers: { ...safeHeaders, 'content-type': typeOf(file), 'cache-control': 'no-store' },
    });
  });
}
