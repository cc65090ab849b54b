/**
 * Turns what people paste into the two base URLs that the product works with, and decides which links may be followed.
 * It exists because a token goes wherever these URLs point: https anywhere, plain http on this machine alone. Leaves
 * out the clouds' presets (`clouds.ts`) and the calls (`calls/`).
 */
import { badInput } from '../../../shared/model/errors.ts';

type UrlField = 'graphUrl' | 'authorityUrl';

/** Whether a URL's host name is this machine: 127.0.0.0/8, ::1, localhost, *.localhost (RFC 6761). */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  return (
    /^127(\.\d{1,3}){3}$/.test(host) ||
    host === '[::1]' ||
    /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(host) ||
    host === 'localhost' ||
    host.endsWith('.localhost')
  );
}

/**
 * Base of Graph without its version: `https://graph.microsoft.com`, or with a path where a server lives below one.
 * Trailing slashes and a final `/v1.0` are taken off.
 * @throws RiskdeskError bad-input naming `graphUrl`.
 */
export function normaliseGraphUrl(text: string): string {
  const url = parseBase(text, 'graphUrl');
  const path = trimSlashes(trimSlashes(url.pathname).replace(/\/v1\.0$/i, ''));
  if (/\/beta$/i.test(path)) {
    throw badInput(
      'graphUrl',
      `The Graph URL '${text.trim()}' ends in /beta, and Riskdesk speaks v1.0.`,
      'Leave the version away: https://graph.microsoft.com',
    );
  }
  return url.origin + path;
}

/**
 * Base of the token endpoint without the tenant: `https://login.microsoftonline.com`. Takes off what is often pasted
 * along: `/{tenant}`, `/{tenant}/oauth2/v2.0/token`, `/{tenant}/v2.0`, trailing slashes.
 * @throws RiskdeskError bad-input naming `authorityUrl`.
 */
export function normaliseAuthorityUrl(text: string, tenant?: string): string {
  const url = parseBase(text, 'authorityUrl');
  const path = trimSlashes(url.pathname);
  const bare = path.replace(
    /\/(oauth2(\/v2\.0)?\/(token|authorize)|v2\.0(\/\.well-known\/openid-configuration)?)$/i,
    '',
  );
  const cut = bare.lastIndexOf('/');
  if (cut < 0) return url.origin + bare;
  const last = decodeSegment(bare.slice(cut + 1)).toLowerCase();
  const isTenant =
    bare !== path ||
    last === tenant?.trim().toLowerCase() ||
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(last) ||
    last.endsWith('.onmicrosoft.com') ||
    last.endsWith('.onmicrosoft.us') ||
    last === 'common' ||
    last === 'organizations';
  return url.origin + trimSlashes(isTenant ? bare.slice(0, cut) : bare);
}

/** `{graphUrl}/v1.0`, below which every call's path lives. */
export function graphRoot(graphUrl: string): string {
  return `${graphUrl}/v1.0`;
}

/**
 * The absolute URL of a link that the server handed out, or null where the token must not follow it: another origin
 * than Graph's. Two names of this machine with the same scheme and port count as one origin, because servers on a
 * developer's machine mix `localhost` and `127.0.0.1`. A path outside Graph's prefix is allowed: a proxy may drop it,
 * and the origin is what guards the token.
 */
export function resolveLink(link: string, base: string): string | null {
  let target: URL;
  const from = new URL(base);
  try {
    target = new URL(link, from);
  } catch {
    return null;
  }
  if (target.username !== '' || target.password !== '') return null;
  if (target.origin === from.origin) return target.href;
  const bothHere = isLoopbackHost(target.hostname) && isLoopbackHost(from.hostname);
  const samePort = target.protocol === from.protocol && target.port === from.port;
  return bothHere && samePort ? target.href : null;
}

function parseBase(text: string, field: UrlField): URL {
  const name = field === 'graphUrl' ? 'Graph URL' : 'authority URL';
  const example = field === 'graphUrl' ? 'https://graph.microsoft.com' : 'https://login.microsoftonline.com';
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw badInput(field, `The ${name} is not a URL.`, `Write it like ${example}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw badInput(field, `The ${name} holds a user name or password.`, `Leave them away: ${example}`);
  }
  if (url.search !== '' || url.hash !== '' || /[?#]$/.test(url.href)) {
    throw badInput(
      field,
      `The ${name} '${text.trim()}' holds a query or a fragment.`,
      `End it before '?' or '#': ${example}`,
    );
  }
  if (url.protocol === 'https:') return url;
  if (url.protocol === 'http:' && isLoopbackHost(url.hostname)) return url;
  if (url.protocol === 'http:') {
    throw badInput(
      field,
      `The ${name} '${text.trim()}' is plain http, which would show tokens to the network.`,
      'Use https. Plain http is accepted for this machine alone (127.0.0.1, ::1, localhost).',
    );
  }
  throw badInput(field, `The ${name} '${text.trim()}' is not an https URL.`, `Write it like ${example}`);
}

function trimSlashes(path: string): string {
  return path.replace(/\/+$/, '');
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
