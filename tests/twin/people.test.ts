/** The twin's Entra for people: PKCE, one use of a code, refresh tokens that turn over and end, directory roles. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SignInSettings } from '../../electron/twin/login/people.ts';
import { createTwin, type Twin } from '../../electron/twin/twin.ts';
import { START } from './client.ts';

const graph = 'https://graph.microsoft.com';
const redirect = 'http://localhost:49152';
const verifier = 'a-verifier-that-is-long-enough-to-be-one-0123456789';
const challenge = createHash('sha256').update(verifier).digest('base64url');

const make = (signIn: Partial<SignInSettings> = {}) => createTwin({ users: 20, now: START, frozen: true, signIn });
const login = (twin: Twin) => `http://twin/login/${twin.credentials.tenant}/oauth2/v2.0`;

async function authorize(twin: Twin, change: Record<string, string> = {}) {
  const query = new URLSearchParams({
    client_id: twin.credentials.client,
    response_type: 'code',
    redirect_uri: redirect,
    scope: `${graph}/IdentityRiskyUser.Read.All openid profile offline_access`,
    state: 'mine',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  });
  const answer = await twin.fetch(`${login(twin)}/authorize?${query.toString()}`, {});
  const location = answer.headers.get('location');
  return { status: answer.status, text: await answer.text(), back: location === null ? null : new URL(location) };
}

async function token(twin: Twin, form: Record<string, string>) {
  const body = new URLSearchParams({ client_id: twin.credentials.client, ...form }).toString();
  const answer = await twin.fetch(`${login(twin)}/token`, { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function codeOf(twin: Twin, change: Record<string, string> = {}): Promise<string> {
  return (await authorize(twin, change)).back?.searchParams.get('code') ?? '';
}

const redeem = (twin: Twin, code: string, change: Record<string, string> = {}) =>
  token(twin, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirect,
    code_verifier: verifier,
    ...change,
  });

const claims = (jwt: unknown) =>
  JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('a code', () => {
  it('comes back with the state, and is worth tokens that name the person', async () => {
    const twin = make();
    const { status, back } = await authorize(twin);
    expect([status, back?.origin, back?.searchParams.get('state')]).toEqual([302, redirect, 'mine']);
    const { body } = await redeem(twin, back?.searchParams.get('code') ?? '');
    expect(claims(body.access_token)).toMatchObject({ scp: 'IdentityRiskyUser.Read.All', idtyp: 'user' });
    expect(claims(body.access_token)).not.toHaveProperty('roles');
    expect(claims(body.id_token)).toMatchObject({ preferred_username: 'ada@contoso.onmicrosoft.com' });
    expect(String(body.refresh_token).length).toBeGreaterThan(1_000);
  });

  it.each([
    ['a second time', {}, 54005],
    ['with another verifier', { code_verifier: 'guessed' }, 501481],
    ['at another address', { redirect_uri: 'http://localhost:1' }, 500112],
    ['with a secret', { client_secret: 'x' }, 700025],
  ])('is refused %s', async (what, change, number) => {
    const twin = make();
    const code = await codeOf(twin);
    if (what === 'a second time') await redeem(twin, code);
    expect((await redeem(twin, code, change)).body.error_codes).toEqual([number]);
  });

  it('ends after ten minutes', async () => {
    const twin = make();
    const code = await codeOf(twin);
    twin.control.advance(10 * 60_000);
    expect((await redeem(twin, code)).body.error_codes).toEqual([70008]);
  });

  it.each([
    [{ code_challenge: '' }, {}, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, {}, 'invalid_request'],
    [{ scope: `${graph}/Mail.Read` }, {}, 'consent_required'],
    [{}, { outcome: 'decline' as const }, 'access_denied'],
  ])('is not given for %j %j', async (change, signIn, error) => {
    const { back } = await authorize(make(signIn), change);
    expect([back?.searchParams.get('error'), back?.searchParams.get('code')]).toEqual([error, null]);
  });

  it.each([
    [{ redirect_uri: 'https://evil.example' }, {}],
    [{}, { desktop: false }],
    [{ client_id: 'somebody-else' }, {}],
  ])('nobody is sent anywhere for %j %j: the page says so', async (change, signIn) => {
    const { status, back, text } = await authorize(make(signIn), change);
    expect([status, back]).toEqual([400, null]);
    expect(text).toMatch(/AADSTS(50011|700016)/);
  });
});

describe('a refresh token', () => {
  const renew = (twin: Twin, refresh: unknown, scope = `${graph}/IdentityRiskyUser.Read.All`) =>
    token(twin, { grant_type: 'refresh_token', refresh_token: String(refresh), scope });

  it('turns over; the old one lives on unless rotation is strict', async () => {
    for (const rotateStrictly of [false, true]) {
      const twin = make({ rotateStrictly });
      const first = (await redeem(twin, await codeOf(twin))).body.refresh_token;
      const second = (await renew(twin, first)).body.refresh_token;
      expect(second).not.toBe(first);
      expect((await renew(twin, first)).status).toBe(rotateStrictly ? 400 : 200);
      expect((await renew(twin, second)).status).toBe(200);
    }
  });

  it('ends unused, by revocation, when the person is wanted, and without consent', async () => {
    const twin = make({ refreshLifetimeMs: 1_000 });
    const refresh = (await redeem(twin, await codeOf(twin))).body.refresh_token;
    twin.control.setSignIn({ demand: 50076 });
    expect((await renew(twin, refresh)).body).toMatchObject({ error: 'interaction_required', error_codes: [50076] });
    twin.control.setSignIn({ demand: null });
    expect((await renew(twin, refresh, `${graph}/Mail.Read`)).body.error_codes).toEqual([65001]);
    twin.control.advance(1_000);
    expect((await renew(twin, refresh)).body.error_codes).toEqual([700082]);
    twin.control.revokeSignIns();
    expect((await renew(twin, refresh)).body.error_codes).toEqual([50173]);
  });
});

it('Graph asks a person for a directory role besides the permission', async () => {
  const twin = make({ directoryRoles: ['Security Reader'] });
  const scope = `${graph}/IdentityRiskyUser.ReadWrite.All ${graph}/GroupMember.ReadWrite.All`;
  const { body } = await redeem(twin, await codeOf(twin, { scope }));
  const headers = { authorization: `Bearer ${String(body.access_token)}`, 'content-type': 'application/json' };
  const risky = 'http://twin/graph/v1.0/identityProtection/riskyUsers';
  expect((await twin.fetch(`${risky}?$top=1`, { headers })).status).toBe(200);
  const dismiss = { method: 'POST', headers, body: JSON.stringify({ userIds: [twin.control.userAt(0).id] }) };
  expect((await twin.fetch(`${risky}/dismiss`, dismiss)).status).toBe(403);
  twin.control.setSignIn({ directoryRoles: ['Security Operator'] });
  expect((await twin.fetch(`${risky}/dismiss`, dismiss)).status).toBe(204);
  twin.control.setSignIn({ directoryRoles: [] });
  expect((await twin.fetch(`${risky}?$top=1`, { headers })).status).toBe(403);
});
