/** Where the browser of the tests is, and how it is started where there is no display, no GPU and no network. */
import { existsSync } from 'node:fs';

export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** A missing browser fails the test with the package that brings it. */
export function browserPath(): string {
  const path = process.env.RISKDESK_CHROMIUM ?? '/usr/bin/chromium';
  if (existsSync(path)) return path;
  throw new Error(
    `The browser tests need Chromium, and ${path} is not there. On Debian: apt-get install chromium. ` +
      'Elsewhere set RISKDESK_CHROMIUM to the path of Chromium or Chrome.',
  );
}
