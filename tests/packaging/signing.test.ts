/** What is signed, and what is said when it is not: every combination of secrets that a build server may offer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeConfig } from '../../scripts/pack/config.ts';
import { requireSigned, signingFor, signingVariables } from '../../scripts/pack/signing.ts';

const certificate = { WIN_CSC_LINK: 'file.pfx', WIN_CSC_KEY_PASSWORD: 'hidden-password' };
const azure = {
  AZURE_TENANT_ID: 't',
  AZURE_CLIENT_ID: 'c',
  AZURE_CLIENT_SECRET: 'hidden-secret',
  RISKDESK_AZURE_ENDPOINT: 'https://weu.codesigning.azure.net',
  RISKDESK_AZURE_ACCOUNT: 'account',
  RISKDESK_AZURE_PROFILE: 'profile',
  RISKDESK_WIN_PUBLISHER: 'CN=The publisher',
};
const mac = { CSC_LINK: 'file.p12', CSC_KEY_PASSWORD: 'hidden-password' };
const apple = { APPLE_API_KEY: 'key.p8', APPLE_API_KEY_ID: 'id', APPLE_API_ISSUER: 'issuer' };
const update = { RISKDESK_UPDATES_GITHUB: 'owner/repository' };

describe('signing', () => {
  it('takes a certificate on Windows, or Azure', () => {
    expect(signingFor('win32', certificate)).toEqual({ by: 'certificate', notarise: false, lines: [] });
    expect(signingFor('win32', azure)).toEqual({ by: 'azure', notarise: false, lines: [] });
    expect(makeConfig(azure, 'win32').win?.azureSignOptions).toMatchObject({ publisherName: 'CN=The publisher' });
    expect(makeConfig(certificate, 'win32').win?.azureSignOptions).toBeUndefined();
  });

  it('signs on macOS and notarises with a key or an account', () => {
    expect(signingFor('darwin', { ...mac, ...apple })).toEqual({ by: 'certificate', notarise: true, lines: [] });
    const account = { APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'hidden', APPLE_TEAM_ID: 't' };
    expect(makeConfig({ ...mac, ...account }, 'darwin').mac).toMatchObject({ notarize: true, hardenedRuntime: true });
    expect(makeConfig({ ...mac, ...account }, 'darwin').mac).not.toHaveProperty('identity');
  });

  it('says loudly what is missing, and packs unsigned', () => {
    expect(signingFor('win32', {}).by).toBeNull();
    expect(signingFor('win32', {}).lines.join()).toMatch(/^UNSIGNED Windows package: set WIN_CSC_LINK, .*, or AZURE_/);
    expect(signingFor('darwin', {}).lines.join()).toMatch(/^UNSIGNED macOS package: set CSC_LINK, CSC_KEY_PASSWORD\./);
    expect(signingFor('darwin', mac).lines.join()).toMatch(/^NOT NOTARISED: set APPLE_API_KEY, /);
    expect(makeConfig({}, 'darwin').mac).toMatchObject({ identity: '-', notarize: false, hardenedRuntime: false });
  });

  it.each([
    ['win32', { WIN_CSC_LINK: 'file.pfx' }, 'WIN_CSC_KEY_PASSWORD missing'],
    ['win32', { WIN_CSC_LINK: 'file.pfx', WIN_CSC_KEY_PASSWORD: '' }, 'WIN_CSC_KEY_PASSWORD missing'],
    ['win32', { ...azure, RISKDESK_AZURE_PROFILE: '' }, 'RISKDESK_AZURE_PROFILE missing'],
    ['darwin', { CSC_KEY_PASSWORD: 'hidden' }, 'CSC_LINK missing'],
    ['darwin', { ...mac, APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i' }, 'APPLE_API_ISSUER missing'],
  ] as const)('names the one that is missing on %s', (platform, env, words) => {
    expect(signingFor(platform, env).lines.join()).toContain(words);
  });

  it('never repeats a value', () => {
    for (const platform of ['win32', 'darwin', 'linux'] as const) {
      const half = { WIN_CSC_KEY_PASSWORD: 'hidden-1', CSC_KEY_PASSWORD: 'hidden-2', AZURE_CLIENT_SECRET: 'hidden-3' };
      expect(signingFor(platform, half).lines.join()).not.toContain('hidden');
    }
  });

  it('is refused when it is required and something is missing', () => {
    const required = { RISKDESK_REQUIRE_SIGNED: '1' };
    const check = (platform: 'win32' | 'darwin' | 'linux', env: Record<string, string>) => () =>
      requireSigned(platform, signingFor(platform, env), { ...env, ...required });
    expect(check('win32', {})).toThrow(/RISKDESK_REQUIRE_SIGNED is set\. UNSIGNED Windows/);
    expect(check('darwin', mac)).toThrow(/NOT NOTARISED/);
    expect(check('win32', certificate)).not.toThrow();
    expect(check('linux', {})).not.toThrow();
    expect(() => requireSigned('win32', signingFor('win32', {}), {})).not.toThrow();
  });

  it('decides whether a package looks for updates: an unsigned one has no source', () => {
    expect(makeConfig(update, 'win32').publish).toBeNull();
    expect(makeConfig(update, 'darwin').publish).toBeNull();
    expect(makeConfig({ ...update, ...certificate }, 'win32').publish).toMatchObject({ provider: 'github' });
    expect(makeConfig(update, 'linux').publish).toMatchObject({ owner: 'owner', repo: 'repository' });
    const own = { RISKDESK_UPDATES_URL: 'https://updates.example.com/riskdesk' };
    expect(makeConfig({ ...own, ...certificate }, 'win32').publish).toMatchObject({ provider: 'generic' });
    expect(makeConfig(certificate, 'win32').publish).toBeNull();
  });
});

it('every variable that packing and updating read is in the guide for administrators', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/install.md'), 'utf8');
  const others = ['RISKDESK_REQUIRE_SIGNED', 'RISKDESK_UPDATES_URL', 'RISKDESK_UPDATES_GITHUB', 'RISKDESK_NO_UPDATES'];
  for (const name of [...signingVariables, ...others]) expect(guide).toContain(`\`${name}`);
});
