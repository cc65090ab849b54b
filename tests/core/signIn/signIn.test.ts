/** A person signs in through the contract, with the twin as Entra over real HTTP: what is kept where, and what is refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, it } from 'vitest';
import type { SignInProgress } from '../../../shared/contract/connections.ts';
import type { DelegatedPermission } from '../../../shared/model/connection.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { memoryKeychain } from '../../harness/keychain.ts';
import { openTestCore, type TestCore } from '../../harness/openTestCore.ts';
import { type Visit, visit } from '../../harness/person.ts';

let test: TestCore;
let visits: Visit[] = [];
afterEach(async () => {
  await test.close();
  visits = [];
});

type Options = Parameters<typeof openTestCore>[0];

async function begin(options: Options = {}, permissions?: DelegatedPermission[]) {
  test = await openTestCore({
    prompt: async (address) => {
      void visit(address).then((one) => visits.push(one));
      return true;
    },
    ...options,
  });
  const client = createRouterClient(test.core.router, { context: {} });
  await client.connections.add({
    name: 'Contoso',
    tenant: test.twin.credentials.tenant,
    client: test.twin.credentials.client,
    authorityUrl: test.server.authorityUrl,
    graphUrl: test.server.graphUrl,
    credential: { kind: 'interactive', ...(permissions === undefined ? {} : { permissions }) },
  });
  return client;
}

type Client = Awaited<ReturnType<typeof begin>>;

async function signIn(client: Client): Promise<readonly SignInProgress[]> {
  const seen: SignInProgress[] = [];
  for await (const progress of await client.connections.signIn({ name: 'Contoso' })) seen.push(progress);
  return seen;
}

/** Everything in the data folder, as text. */
function onDisk(): string {
  const { dataDir } = test;
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(sqlite|db|log|sqlite-wal|db-wal)/.test(name))
    .map((name) => readFileSync(join(dataDir, name), 'latin1'))
    .join('');
}

async function sync(client: Client) {
  await client.sync.start({ connection: 'Contoso' });
  for await (const state of await client.sync.watch({ connection: 'Contoso' })) {
    if (state.running === null) return state.last;
  }
  return null;
}

describe('a person', () => {
  it('signs in with PKCE on a loopback address, and the refresh token is in the keychain alone', async () => {
    const credentials = memoryKeychain();
    const client = await begin({ credentials });
    expect((await client.connections.get({ name: 'Contoso' })).signIn).toMatchObject({
      account: null,
      needed: 'Nobody has signed in yet.',
      permissions: ['IdentityRiskyUser.Read.All'],
    });
    const seen = await signIn(client);
    expect(seen).toMatchObject([
      { state: 'waiting', opened: true },
      { state: 'done', account: 'ada@contoso.onmicrosoft.com', kept: 'keychain' },
    ]);
    const [waiting] = seen;
    const asked = new URL(waiting?.state === 'waiting' ? waiting.address : '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+$/);
    expect(asked.get('scope')?.split(' ').sort()).toEqual([
      'https://graph.microsoft.com/IdentityRiskyUser.Read.All',
      'offline_access',
      'openid',
      'profile',
    ]);
    await expect.poll(() => visits[0]?.page).toContain('You can close this window');
    const [token] = credentials.kept.values();
    expect([...credentials.kept.keys()]).toEqual(['sign-in:1']);
    expect(token).toMatch(/^1\.Refresh\./);
    expect((await sync(client))?.complete).toBe(true);
    await test.core.close();
    const everything = onDisk();
    expect(everything.length).toBeGreaterThan(10_000);
    expect(everything).not.toContain(token?.slice(0, 40));
    expect(everything).not.toContain('eyJ');
    await test.reopen();
  });

  it('is named in the journal of the sign-in and of a run', async () => {
    const client = await begin({}, ['IdentityRiskyUser.Read.All', 'IdentityRiskyUser.ReadWrite.All']);
    await signIn(client);
    await sync(client);
    const { rows } = await client.journal.list({ filter: { event: 'connection.signed-in' } });
    expect(rows).toMatchObject([{ connection: 'Contoso', after: 'ada@contoso.onmicrosoft.com', who: 'tester' }]);
    const person = test.twin.control.userAt(3);
    const plan = await client.actions.planSelection({
      connection: 'Contoso',
      kind: 'confirm-compromised',
      ids: [person.id],
    });
    const { runId } = await client.actions.run({ planId: plan.planId, confirm: plan.counts.act });
    await expect.poll(async () => (await client.actions.status({ runId })).state).not.toBe('running');
    const started = await client.journal.list({ filter: { event: 'run.started' } });
    expect(started.rows).toMatchObject([{ who: 'tester as ada@contoso.onmicrosoft.com' }]);
  });

  it('keeps the sign-in for this process where there is no keychain, and says so after a restart', async () => {
    const client = await begin();
    expect(await signIn(client)).toMatchObject([{}, { kept: 'session' }]);
    expect((await client.connections.test({ name: 'Contoso' })).ok).toBe(true);
    const core = await test.reopen();
    const later = createRouterClient(core.router, { context: {} });
    expect((await later.connections.get({ name: 'Contoso' })).signIn?.needed).toMatch(
      /lasted until Riskdesk was closed/,
    );
    expect((await later.connections.test({ name: 'Contoso' })).problem).toMatchObject({
      code: 'auth-failed',
      field: 'signIn',
    });
  });

  it('is renewed in silence, and the newest refresh token is the one that is kept', async () => {
    const credentials = memoryKeychain();
    const client = await begin({ credentials, twin: { signIn: { rotateStrictly: true } } });
    await signIn(client);
    const [first] = credentials.kept.values();
    expect((await client.connections.test({ name: 'Contoso' })).ok).toBe(true);
    const [second] = credentials.kept.values();
    expect(second).not.toBe(first);
    expect((await client.connections.test({ name: 'Contoso' })).ok).toBe(true);
    expect(test.twin.control.requests.authorize).toBe(1);
  });

  it('waits for a keychain that does not answer now, and asks nobody to sign in again', async () => {
    const keychain = memoryKeychain();
    let locked = false;
    const get = async (key: string) => {
      if (locked) throw new RiskdeskError('keychain-unavailable', 'The keychain could not be read: it is locked.');
      return keychain.get(key);
    };
    const client = await begin({ credentials: { ...keychain, get } });
    await signIn(client);
    locked = true;
    expect((await client.connections.test({ name: 'Contoso' })).problem).toMatchObject({
      code: 'keychain-unavailable',
    });
    expect((await client.connections.get({ name: 'Contoso' })).signIn).toMatchObject({
      needed: null,
      kept: 'keychain',
    });
    locked = false;
    expect((await client.connections.test({ name: 'Contoso' })).ok).toBe(true);
  });

  it('signs out: the token is gone, the journal tells', async () => {
    const credentials = memoryKeychain();
    const client = await begin({ credentials });
    await signIn(client);
    const after = await client.connections.signOut({ name: 'Contoso' });
    expect(after.signIn).toMatchObject({ account: null, kept: null });
    expect(credentials.kept.size).toBe(0);
    const { rows } = await client.journal.list({ filter: { event: 'connection.signed-out' } });
    expect(rows).toMatchObject([{ before: 'ada@contoso.onmicrosoft.com' }]);
  });

  it('is forgotten when tenant, application or permissions change, and with the connection', async () => {
    const credentials = memoryKeychain();
    const client = await begin({ credentials });
    await signIn(client);
    await client.connections.update({ name: 'Contoso', change: { syncEvery: 30 } });
    expect(credentials.kept.size).toBe(1);
    const credential = { kind: 'interactive' as const, permissions: ['GroupMember.Read.All' as const] };
    const changed = await client.connections.update({ name: 'Contoso', change: { credential } });
    expect(changed.signIn).toMatchObject({ needed: expect.stringMatching(/was changed since/) });
    expect(credentials.kept.size).toBe(0);
    await signIn(client);
    await client.connections.remove({ name: 'Contoso' });
    expect(credentials.kept.size).toBe(0);
  });
});

describe('signing in again', () => {
  it.each([
    [50076, /Multifactor/],
    [50079, /Multifactor/],
    [65001, /no consent/],
    [70043, /frequency/],
    [700082, /expired/],
  ])('is asked for after AADSTS%i, and the sync ends as auth-failed with that cure', async (demand, why) => {
    const client = await begin({ credentials: memoryKeychain() });
    await signIn(client);
    test.twin.control.setSignIn({ demand });
    const last = await sync(client);
    expect(last).toMatchObject({ complete: false, errorCode: 'auth-failed' });
    const { signIn: state } = await client.connections.get({ name: 'Contoso' });
    expect(state?.needed).toMatch(why);
    expect(state?.account).toBe('ada@contoso.onmicrosoft.com');
    // The next sync does not even ask, and nothing opened by itself.
    const before = test.twin.control.requests.token;
    expect((await sync(client))?.message).toMatch(/sign in again/i);
    expect(test.twin.control.requests.token).toBe(before);
    expect(test.twin.control.requests.authorize).toBe(1);
    await signIn(client);
    expect((await sync(client))?.complete).toBe(true);
  });

  it('is waited for by the schedule: nothing is due until then', async () => {
    const client = await begin({ credentials: memoryKeychain(), scheduler: true });
    await client.connections.update({ name: 'Contoso', change: { syncEvery: 1 } });
    const nextAt = async () => (await client.schedule.state()).connections.map((one) => one.nextAt);
    expect(await nextAt()).toEqual([null]);
    await signIn(client);
    await expect.poll(nextAt).toEqual([expect.any(String)]);
  });

  it('keeps the sign-in when Entra cannot be reached', async () => {
    const credentials = memoryKeychain();
    const client = await begin({ credentials });
    await signIn(client);
    test.twin.control.inject({ kind: 'http503', match: (_method, path) => path.endsWith('/token') });
    expect((await client.connections.test({ name: 'Contoso' })).problem?.code).not.toBe('auth-failed');
    expect((await client.connections.get({ name: 'Contoso' })).signIn?.needed).toBeNull();
    expect(credentials.kept.size).toBe(1);
  });
});

describe('what the person may do', () => {
  it('is read from scp, with the directory roles of each feature', async () => {
    const client = await begin({ credentials: memoryKeychain() }, [
      'IdentityRiskyUser.Read.All',
      'Group.ReadWrite.All',
      'User.Read',
    ]);
    await signIn(client);
    const found = await client.connections.test({ name: 'Contoso' });
    const allowed = found.permissions.filter((row) => row.allowed).map((row) => row.feature);
    expect(allowed).toEqual([
      'Read risky users',
      'Choose groups and read their members',
      'Add to group, remove from group',
      'Create a new group',
      "Show the tenant's name",
    ]);
    expect(found.permissions.find((row) => row.feature === 'Create a new group')).toMatchObject({
      permission: 'Group.ReadWrite.All',
      directoryRoles: 'Groups Administrator or User Administrator',
    });
    expect(found.tenantName).toBe('Contoso (sample tenant)');
  });

  it.each([
    [{ directoryRoles: ['Groups Administrator'] }, /directory role besides: Global Reader, Security Reader/],
    [{}, /The sign-in lacks IdentityRiskyUser.Read.All/],
  ])('is named where it is missing: %j', async (change, says) => {
    const permissions: DelegatedPermission[] =
      'directoryRoles' in change ? ['IdentityRiskyUser.Read.All'] : ['GroupMember.Read.All'];
    const client = await begin({ credentials: memoryKeychain(), twin: { signIn: change } }, permissions);
    await signIn(client);
    expect((await client.connections.test({ name: 'Contoso' })).problem).toMatchObject({
      code: 'permission-missing',
      message: expect.stringMatching(says),
    });
  });
});
