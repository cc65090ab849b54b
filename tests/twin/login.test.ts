import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { twinDefaults } from '../../electron/twin/options.ts';
import { createTwin } from '../../electron/twin/twin.ts';
import { makeCertificate } from '../harness/tls.ts';
import { asker, form, read, START, tenant, tokenOf } from './client.ts';

const twin = createTwin({ users: 10, now: START, frozen: true });
const post = async (body: string, name = twin.credentials.tenant, on = twin) =>
  read(await on.fetch(`http://twin/login/${name}/oauth2/v2.0/token`, { method: 'POST', body }));

describe('the token endpoint', () => {
  it('issues a token whose claims name roles, tenant, application and expiry', async () => {
    const { status, body } = await post(form(twin));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    const [, payload = ''] = String(body.access_token).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      roles: [...twinDefaults.roles],
      tid: twinDefaults.tenant,
      appid: twinDefaults.client,
      exp: START / 1000 + 3599,
      aud: 'https://graph.microsoft.com',
    });
  });

  it('takes the tenant by id and by domain, and its own address as the resource', async () => {
    expect((await post(form(twin), twinDefaults.domain)).status).toBe(200);
    expect((await post(form(twin, { scope: 'http://twin/graph/.default' }))).status).toBe(200);
  });

  it.each([
    ['an unknown tenant', {}, 'not-a-tenant.example', 400, 90002, 'invalid_request'],
    [
      'an unknown application',
      { client_id: '00000000-0000-4000-8000-000000000000' },
      null,
      400,
      700016,
      'unauthorized_client',
    ],
    ['a wrong secret', { client_secret: 'wrong' }, null, 401, 7000215, 'invalid_client'],
    ['the id of the secret', { client_secret: twinDefaults.secretId }, null, 401, 7000215, 'invalid_client'],
    ['an expired secret', { client_secret: twinDefaults.expiredSecret }, null, 401, 7000222, 'invalid_client'],
    ['an unknown resource', { scope: 'https://example.org/.default' }, null, 400, 500011, 'invalid_resource'],
    ['a scope without .default', { scope: 'User.Read' }, null, 400, 1002012, 'invalid_scope'],
    ['no scope', { scope: '' }, null, 400, 900144, 'invalid_request'],
    ['another grant', { grant_type: 'password' }, null, 400, 70003, 'unsupported_grant_type'],
    ['no secret', { client_secret: '' }, null, 401, 7000218, 'invalid_client'],
    [
      'a malformed assertion',
      {
        client_assertion: 'a.b.c',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      },
      null,
      401,
      50027,
      'invalid_client',
    ],
  ] as const)('refuses %s', async (_, changes, name, status, code, error) => {
    const answer = await post(form(twin, changes), name ?? undefined);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, error_codes: [code] });
    expect(String(answer.body.error_description)).toMatch(new RegExp(`^AADSTS${code}: `));
    expect(answer.text).toContain('trace_id');
    expect(answer.text).not.toContain(twin.credentials.secret);
  });

  it('tells a wrong secret from the id of one', async () => {
    const wrong = await post(form(twin, { client_secret: 'wrong' }));
    const id = await post(form(twin, { client_secret: twinDefaults.secretId }));
    expect(String(id.body.error_description)).toContain('not the client secret ID');
    expect(String(wrong.body.error_description)).not.toContain('not the client secret ID');
  });

  it('answers POST alone, and OpenID metadata with its own addresses', async () => {
    const get = await read(await twin.fetch(`http://twin/x/${twin.credentials.tenant}/oauth2/v2.0/token`));
    expect(get.body).toMatchObject({ error_codes: [900561] });
    const path = `http://twin/x/${twin.credentials.tenant}/v2.0/.well-known/openid-configuration`;
    const metadata = await read(await twin.fetch(path));
    expect(metadata.body).toMatchObject({
      token_endpoint: `http://twin/x/${twin.credentials.tenant}/oauth2/v2.0/token`,
      issuer: `http://twin/x/${twin.credentials.tenant}/v2.0`,
    });
    const unknown = await read(await twin.fetch('http://twin/nobody/v2.0/.well-known/openid-configuration'));
    expect(unknown.body).toMatchObject({ error_codes: [90002] });
  });
});

describe('certificate sign-in', () => {
  const { key, cert } = makeCertificate();
  const assertion = (signer: string, changes: Readonly<Record<string, unknown>> = {}): string => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const thumbprint = createHash('sha256').update(new X509Certificate(cert).raw).digest('base64url');
    const claims = {
      aud: `https://login.microsoftonline.com/${twinDefaults.tenant}/oauth2/v2.0/token`,
      iss: twinDefaults.client,
      sub: twinDefaults.client,
      exp: Math.floor(Date.now() / 1000) + 600,
      ...changes,
    };
    const text = `${part({ alg: 'RS256', typ: 'JWT', 'x5t#S256': thumbprint })}.${part(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), createPrivateKey(signer)).toString('base64url')}`;
  };
  const body = (jwt: string): string => {
    const fields = new URLSearchParams(form(twin));
    fields.delete('client_secret');
    fields.set('client_assertion', jwt);
    fields.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    return fields.toString();
  };
  const strict = createTwin({ users: 1, certificate: cert });

  it('accepts an assertion of the registered certificate, and any well-formed one where none is registered', async () => {
    expect((await post(body(assertion(key)), undefined, strict)).status).toBe(200);
    expect((await post(body(assertion(makeCertificate().key)))).status).toBe(200);
  });

  it.each([
    ['signed by another key', assertion(makeCertificate().key), 700027],
    ['expired', assertion(key, { exp: 1 }), 700024],
    ['for another audience', assertion(key, { aud: 'https://example.org' }), 700023],
    ['by another application', assertion(key, { iss: 'other' }), 700021],
  ])('refuses an assertion that is %s', async (_, jwt, code) => {
    expect((await post(body(jwt), undefined, strict)).body).toMatchObject({ error_codes: [code] });
  });
});

describe('the bearer', () => {
  it('is wanted on every call, unaltered, and not expired', async () => {
    const { twin: own } = await tenant();
    const token = await tokenOf(own);
    const path = '/identityProtection/riskyUsers';
    const status = async (value: string) => (await asker(own.fetch, value)('GET', path)).status;
    expect(await status(token)).toBe(200);
    const none = await read(await own.fetch(`http://twin/v1.0${path}`));
    expect([none.status, none.body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
    expect(none.headers.get('www-authenticate')).toContain('Bearer');
    expect(await status('nonsense')).toBe(401);
    expect(await status(`${token}x`)).toBe(401);
    own.control.advance(3_600_000);
    const late = await asker(own.fetch, token)('GET', path);
    expect([late.status, late.body.error.message]).toEqual([401, 'Lifetime validation failed, the token is expired.']);
    expect(await status(await tokenOf(own))).toBe(200);
    own.control.revokeTokens();
    expect(await status(token)).toBe(401);
  });
});
