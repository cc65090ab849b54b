/** What people paste, and what becomes of it. */
import { describe, expect, it } from 'vitest';
import { cloudPresets, endpointsOf } from '../../../electron/core/graph/clouds.ts';
import {
  isLoopbackHost,
  normaliseAuthorityUrl,
  normaliseGraphUrl,
  resolveLink,
} from '../../../electron/core/graph/urls.ts';

const tenant = '11111111-2222-3333-4444-555555555555';

describe('Graph URL', () => {
  it.each([
    ['https://graph.microsoft.com', 'https://graph.microsoft.com'],
    [' https://graph.microsoft.com/ ', 'https://graph.microsoft.com'],
    ['https://graph.microsoft.com/v1.0', 'https://graph.microsoft.com'],
    ['https://graph.microsoft.com/V1.0//', 'https://graph.microsoft.com'],
    ['https://proxy.corp:8443/graph/v1.0/', 'https://proxy.corp:8443/graph'],
    ['https://proxy.corp/a/b///', 'https://proxy.corp/a/b'],
    ['http://127.0.0.1:4000/x/graph', 'http://127.0.0.1:4000/x/graph'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
    ['http://[::1]:80/v1.0', 'http://[::1]'],
    ['http://localhost:1', 'http://localhost:1'],
    ['http://graph.localhost:1', 'http://graph.localhost:1'],
  ])('%s', (given, expected) => {
    expect(normaliseGraphUrl(given)).toBe(expected);
    expect(normaliseGraphUrl(normaliseGraphUrl(given))).toBe(expected);
  });
  it.each([
    'http://graph.microsoft.com',
    'http://10.0.0.1',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://[::2]',
    'https://u:p@graph.microsoft.com',
    'https://graph.microsoft.com/?x=1',
    'https://graph.microsoft.com/?',
    'https://graph.microsoft.com/#top',
    'https://graph.microsoft.com/beta',
    'ftp://graph.microsoft.com',
    'javascript:alert(1)',
    'graph.microsoft.com',
    '',
  ])('refuses %s, naming the field and the cure', (given) => {
    expect(() => normaliseGraphUrl(given)).toThrow(
      expect.objectContaining({ code: 'bad-input', field: 'graphUrl', cure: expect.stringMatching(/\S/) }),
    );
  });
  it('never quotes credentials', () => {
    expect(() => normaliseGraphUrl('https://u:hunter2@x')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    );
  });
});

describe('authority URL', () => {
  it.each([
    ['https://login.microsoftonline.com/', 'https://login.microsoftonline.com'],
    [`https://login.microsoftonline.com/${tenant}`, 'https://login.microsoftonline.com'],
    [`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`, 'https://login.microsoftonline.com'],
    [`https://login.microsoftonline.com/${tenant}/v2.0/`, 'https://login.microsoftonline.com'],
    ['https://login.microsoftonline.com/contoso.onmicrosoft.com', 'https://login.microsoftonline.com'],
    ['https://login.microsoftonline.com/common', 'https://login.microsoftonline.com'],
    ['https://sso.corp/entra/contoso.com/oauth2/v2.0/token', 'https://sso.corp/entra'],
    ['https://sso.corp/entra', 'https://sso.corp/entra'],
    ['http://127.0.0.1:9/prefix/login', 'http://127.0.0.1:9/prefix/login'],
  ])('%s', (given, expected) => {
    expect(normaliseAuthorityUrl(given)).toBe(expected);
  });
  it('takes off the tenant that the connection names', () => {
    expect(normaliseAuthorityUrl('https://x.example/login/Contoso.com', 'contoso.COM')).toBe('https://x.example/login');
    expect(() => normaliseAuthorityUrl('http://x.example')).toThrow(expect.objectContaining({ field: 'authorityUrl' }));
  });
});

describe('clouds', () => {
  it('presets', () => {
    expect(cloudPresets).toEqual({
      global: {
        authorityUrl: 'https://login.microsoftonline.com',
        graphUrl: 'https://graph.microsoft.com',
        scope: 'https://graph.microsoft.com/.default',
      },
      usgov: {
        authorityUrl: 'https://login.microsoftonline.us',
        graphUrl: 'https://graph.microsoft.us',
        scope: 'https://graph.microsoft.us/.default',
      },
      dod: {
        authorityUrl: 'https://login.microsoftonline.us',
        graphUrl: 'https://dod-graph.microsoft.us',
        scope: 'https://dod-graph.microsoft.us/.default',
      },
    });
  });
  it('the scope follows a Graph URL of its own, except on this machine', () => {
    const of = (graphUrl: string) => endpointsOf({ cloud: 'usgov', graphUrl }).scope;
    expect(of('https://proxy.corp:8443/graph/v1.0')).toBe('https://proxy.corp:8443/.default');
    expect(of('http://localhost:4000/graph')).toBe('https://graph.microsoft.us/.default');
    expect(of('https://127.0.0.1:4000')).toBe('https://graph.microsoft.us/.default');
    expect(endpointsOf({ cloud: 'global', authorityUrl: 'https://a.example/t', tenant: 't' })).toEqual({
      ...cloudPresets.global,
      authorityUrl: 'https://a.example',
    });
  });
});

describe('links', () => {
  const base = 'https://graph.microsoft.com/v1.0/identityProtection/riskyUsers?$top=500';
  it.each([
    ['https://graph.microsoft.com/v1.0/x?$skiptoken=a%2Bb', 'https://graph.microsoft.com/v1.0/x?$skiptoken=a%2Bb'],
    ['https://GRAPH.microsoft.com:443/y', 'https://graph.microsoft.com/y'],
    ['?$skiptoken=1', 'https://graph.microsoft.com/v1.0/identityProtection/riskyUsers?$skiptoken=1'],
    ['/v1.0/z', 'https://graph.microsoft.com/v1.0/z'],
    ['http://graph.microsoft.com/v1.0/x', null],
    ['https://graph.microsoft.com:444/x', null],
    ['https://graph.microsoft.com.evil.example/x', null],
    ['https://u@graph.microsoft.com/x', null],
    ['//evil.example/x', null],
    ['http://[', null],
  ])('%s', (link, expected) => {
    expect(resolveLink(link, base)).toBe(expected);
  });
  it('this machine is one origin under all its names, port and scheme alike', () => {
    expect(resolveLink('http://localhost:4000/x', 'http://127.0.0.1:4000/v1.0/')).toBe('http://localhost:4000/x');
    expect(resolveLink('http://localhost:4001/x', 'http://127.0.0.1:4000/v1.0/')).toBeNull();
    expect(resolveLink('https://localhost:4000/x', 'http://127.0.0.1:4000/v1.0/')).toBeNull();
    expect(['127.0.0.1', '[::1]', 'a.localhost', '128.0.0.1', 'localhost.com'].map(isLoopbackHost)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
