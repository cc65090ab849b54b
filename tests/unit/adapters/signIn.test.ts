/** msal-node against real token endpoints that are not Microsoft's: any host, port and path, and every refusal by field. */
import { constants, createHash, createVerify, X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../electron/adapters/clock.ts';
import { nodeTransport } from '../../../electron/adapters/network.ts';
import { makeTokenSource } from '../../../electron/adapters/signIn.ts';
import { readRoles } from '../../../electron/adapters/signInClaims.ts';
import type { Clock, Credential, SignInTarget } from '../../../electron/core/ports.ts';
import type { RiskdeskError } from '../../../shared/model/errors.ts';
import { makeCertificate } from './certificates.ts';

type Handler = (form: URLSearchParams, response: ServerResponse, request: IncomingMessage) => void;

let server: Server;
let base: string;
let handle: Handler;
let seen: { url: string; form: URLSearchParams }[] = [];
const secret = 'Kx8~very+secret/value==';
const roles = ['IdentityRiskyUser.Read.All', 'Group.Create'];
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown) => `${part({ alg: 'none' })}.${part(claims)}.sig`;

const grant =
  (token: string, expiresIn: unknown = 3600): Handler =>
  (_form, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(
      JSON.stringify({ token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token }),
    );
  };
const refuse =
  (status: number, error: string, code: number | null, text: string): Handler =>
  (_form, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    const description = `${code === null ? '' : `AADSTS${code}: `}${text}\r\nTrace ID: 1`;
    response.end(
      JSON.stringify({
        error,
        error_description: description,
        ...(code === null ? {} : { error_codes: [code] }),
        trace_id: '1',
      }),
    );
  };

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const form = new URLSearchParams(text);
      seen.push({ url: request.url ?? '', form });
      handle(form, response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  seen = [];
});

function testClock() {
  let skipped = 0;
  const clock: Clock = {
    now: () => Date.now() + skipped,
    monotonic: () => performance.now() + skipped,
    async sleep(ms) {
      skipped += ms;
    },
  };
  return {
    clock,
    skip(ms: number) {
      skipped += ms;
    },
  };
}

function source(target: Partial<SignInTarget> = {}, credential: Credential = { kind: 'secret', secret }) {
  const { clock, skip } = testClock();
  const lines: string[] = [];
  const make = makeTokenSource({
    transport: nodeTransport(),
    clock,
    log: (level, event, facts) => lines.push(JSON.stringify({ level, event, facts })),
  });
  const full = {
    tenant: 'contoso.com',
    client: newId(),
    authorityUrl: `${base}/some/prefix`,
    scope: 'https://graph.microsoft.com/.default',
    ...target,
  };
  return { tokens: make(full, async () => credential), skip, lines };
}
const failure = async (target: Partial<SignInTarget> = {}, credential?: Credential): Promise<RiskdeskError> =>
  await source(target, credential)
    .tokens.get()
    .then(
      () => expect.fail('signed in'),
      (error: RiskdeskError) => error,
    );

describe('a token', () => {
  it('comes from {authority}/{tenant}/oauth2/v2.0/token by one request, with the roles', async () => {
    handle = grant(jwt({ roles }));
    const { tokens, lines } = source();
    const got = await tokens.get();
    expect(got).toMatchObject({ token: jwt({ roles }), roles });
    expect(got.expiresAt - Date.now()).toBeGreaterThan(3_590_000);
    expect(seen.map((one) => one.url)).toEqual(['/some/prefix/contoso.com/oauth2/v2.0/token']);
    expect(seen[0]?.form.get('client_secret')).toBe(secret);
    expect(seen[0]?.form.get('grant_type')).toBe('client_credentials');
    expect(seen[0]?.form.get('scope')).toBe('https://graph.microsoft.com/.default');
    expect(lines.join()).not.toContain(secret);
    expect(lines.join()).not.toContain(got.token);
  });
  it('is kept until five minutes before it expires, then renewed', async () => {
    handle = grant('opaque');
    const { tokens, skip } = source();
    expect((await tokens.get()).roles).toEqual([]);
    skip(54 * 60_000);
    await tokens.get();
    expect(seen).toHaveLength(1);
    skip(2 * 60_000);
    await tokens.get();
    expect(seen).toHaveLength(2);
    await tokens.get({ force: true });
    expect(seen).toHaveLength(3);
  });
  it('of a short life is used for most of it', async () => {
    handle = grant('opaque', '100');
    const { tokens, skip } = source();
    await tokens.get();
    skip(70_000);
    await tokens.get();
    expect(seen).toHaveLength(1);
    skip(15_000);
    await tokens.get();
    expect(seen).toHaveLength(2);
  });
  it('is asked for once by many', async () => {
    handle = grant('opaque');
    const { tokens } = source();
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens.get()));
    expect(new Set(got.map((one) => one.token)).size).toBe(1);
    expect(seen).toHaveLength(1);
  });
  it('one who leaves does not take the others along', async () => {
    handle = (form, response, request) => setTimeout(() => grant('opaque')(form, response, request), 40);
    const { tokens } = source();
    const stop = new AbortController();
    const leaving = tokens.get({ signal: stop.signal });
    const staying = tokens.get();
    stop.abort(new Error('left'));
    await expect(leaving).rejects.toThrow('left');
    expect((await staying).token).toBe('opaque');
  });
  it('survives 429, 5xx and a reset on the way', async () => {
    const answers: Handler[] = [
      (_form, response) => response.writeHead(429, { 'Retry-After': '1' }).end(),
      (_form, response) => response.writeHead(503).end('<html>'),
      (_form, _response, request) => request.socket.destroy(),
      grant('opaque'),
    ];
    handle = (...args) => answers.shift()?.(...args);
    expect((await source().tokens.get()).token).toBe('opaque');
    expect(seen).toHaveLength(4);
  });
  it('with a certificate: a signed assertion for the real endpoint', async () => {
    const made = makeCertificate();
    handle = grant('opaque');
    await source({ tenant: newId() }, { kind: 'certificate', pem: made.cert + made.key }).tokens.get();
    const assertion = seen[0]?.form.get('client_assertion') ?? '';
    expect(seen[0]?.form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const [header = '', payload = '', signature = ''] = assertion.split('.');
    const head = JSON.parse(Buffer.from(header, 'base64url').toString());
    const certificate = new X509Certificate(made.cert);
    expect(head['x5t#S256']).toBe(createHash('sha256').update(certificate.raw).digest('base64url'));
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString()).aud).toBe(base + (seen[0]?.url ?? ''));
    const verify = createVerify('sha256').update(`${header}.${payload}`);
    const key = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING };
    expect(verify.verify(key, Buffer.from(signature, 'base64url'))).toBe(true);
  });
});

describe('a refusal names the field', () => {
  it.each<[string, Handler, string, RegExp]>([
    [
      'tenant',
      refuse(400, 'invalid_request', 90002, "Tenant 'contoso.com' not found."),
      'tenant',
      /tenant 'contoso.com' was not found \(AADSTS90002\)/,
    ],
    [
      'application',
      refuse(400, 'unauthorized_client', 700016, 'Application not found'),
      'client',
      /application .* was not found in the tenant/,
    ],
    [
      'secret',
      refuse(401, 'invalid_client', 7000215, 'Invalid client secret provided.'),
      'secret',
      /secret is wrong \(AADSTS7000215\)/,
    ],
    ['expired secret', refuse(401, 'invalid_client', 7000222, 'expired'), 'secret', /has expired/],
    ['scope', refuse(400, 'invalid_resource', 500011, 'resource principal not found'), 'graphUrl', /resource/],
    [
      'another number',
      refuse(400, 'invalid_request', 123456, 'Something new.'),
      'client',
      /Something new \(AADSTS123456\)/,
    ],
    [
      'no number',
      refuse(401, 'invalid_client', null, 'Client authentication failed'),
      'secret',
      /Client authentication failed/,
    ],
    ['HTML', (_form, response) => response.writeHead(200).end('<html>'), 'authorityUrl', /not a token/],
    ['another server', (_form, response) => response.writeHead(404).end('nope'), 'authorityUrl', /no token endpoint/],
  ])('%s', async (_name, handler, field, message) => {
    handle = handler;
    const error = await failure();
    expect(error).toMatchObject({ name: 'RiskdeskError', code: 'auth-failed', field });
    expect(error.message).toMatch(message);
    expect(error.cure).toBeTruthy();
    expect(JSON.stringify([error.message, error.cure, error.facts])).not.toContain(secret);
  });
  it("tells a secret's ID from its value", async () => {
    handle = refuse(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
    const error = await failure({}, { kind: 'secret', secret: newId() });
    expect(error.message).toContain("looks like the secret's ID");
    expect(error.facts).toMatchObject({ aadsts: 7000215, status: 401 });
  });
  it('never repeats a secret that the server echoes', async () => {
    handle = refuse(401, 'invalid_client', null, `Bad secret ${secret} given`);
    const error = await failure();
    expect(error.message).not.toContain(secret);
    expect(String(error.cause ?? '')).not.toContain(secret);
  });
  it('a registered certificate that is not known', async () => {
    const made = makeCertificate();
    handle = refuse(401, 'invalid_client', 700027, 'The certificate is not registered.');
    expect(await failure({}, { kind: 'certificate', pem: made.key + made.cert })).toMatchObject({
      field: 'certificate',
    });
  });
  it.each([
    ['tenant', { tenant: 'a/b' }],
    ['tenant', { tenant: 'common' }],
    ['tenant', { tenant: '' }],
    ['client', { client: ' ' }],
  ])('%s that cannot be one is refused before anything is sent', async (field, target) => {
    expect(await failure(target)).toMatchObject({ code: 'bad-input', field });
    expect(seen).toHaveLength(0);
  });
  it('offline, and by the name of the host', async () => {
    const error = await failure({ authorityUrl: 'http://127.0.0.1:9' });
    expect(error).toMatchObject({ code: 'offline', field: 'authorityUrl' });
    expect(error.message).toContain('127.0.0.1:9');
  });
  it('plain http leaves this machine under no circumstances', async () => {
    expect(await failure({ authorityUrl: 'http://login.example' })).toMatchObject({ code: 'offline' });
  });
  it('keeps asking after a failure', async () => {
    handle = refuse(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
    const { tokens } = source();
    await expect(tokens.get()).rejects.toMatchObject({ field: 'secret' });
    handle = grant('opaque');
    expect((await tokens.get()).token).toBe('opaque');
  });
});

it('roles of anything that is not a readable JWT are none', () => {
  expect(['', 'a.b.c', 'opaque', jwt({}), jwt({ roles: 'x' }), jwt(null)].map(readRoles)).toEqual([
    [],
    [],
    [],
    [],
    [],
    [],
  ]);
  expect(readRoles(jwt({ roles: ['a', 5, 'b'] }))).toEqual(['a', 'b']);
});
