/**
 * Who may talk to the loopback server. A page on the internet can make a browser send requests to 127.0.0.1, under any
 * host name (DNS rebinding), so three things must fit: the Host header, the Origin header, and a cookie that is given
 * once, for a one-time token that only the person who started the program has seen.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Guard = {
  /** Put into the address that is opened; good for one use. */
  readonly token: string;
  /** True when the request names this server as its host. */
  hostFits(request: IncomingMessage): boolean;
  /** True for same-origin requests, and for a navigation, which carries no Origin. */
  originFits(request: IncomingMessage): boolean;
  /** Turns the one-time token into the cookie's text; null when it is wrong or was used. */
  admit(token: string): string | null;
  hasCookie(request: IncomingMessage): boolean;
};

/** Browsers keep cookies by host and not by port: with the port in its name, two Riskdesks do not overwrite each other's. */
const cookieName = (port: number) => `riskdesk-session-${port}`;

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

export function createGuard(port: () => number): Guard {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  let used = false;
  const hosts = () => [`127.0.0.1:${port()}`, `localhost:${port()}`];

  return {
    token,
    hostFits: (request) => hosts().includes(request.headers.host ?? ''),
    originFits: (request) => {
      const { origin } = request.headers;
      return origin === undefined || origin === `http://${request.headers.host}`;
    },
    admit(given) {
      if (used || !same(given, token)) return null;
      used = true;
      return `${cookieName(port())}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    hasCookie: (request) =>
      (request.headers.cookie ?? '').split(/;\s*/).some((part) => {
        const cut = part.indexOf('=');
        return cut > 0 && part.slice(0, cut) === cookieName(port()) && same(part.slice(cut + 1), session);
      }),
  };
}
