/** Sign-ins that must not succeed, or succeed by hand: each ends with what is wrong, and leaves nothing behind. */
import { connect } from 'node:net';
import tls from 'node:tls';
import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeTransport } from '../../../electron/adapters/network.ts';
import type { SignInSettings } from '../../../electron/twin/login/people.ts';
import type { SignInProgress } from '../../../shared/contract/connections.ts';
import { memoryKeychain } from '../../harness/keychain.ts';
import { openTestCore, type TestCore } from '../../harness/openTestCore.ts';
import { type Visit, visit } from '../../harness/person.ts';
import { makeCertificate } from '../../harness/tls.ts';

let test: TestCore;
let visits: Promise<Visit>[] = [];
afterEach(async () => {
  await Promise.allSettled(visits);
  await test.close();
  visits = [];
});

async function begin(
  signIn: Partial<SignInSettings> = {},
  browser: (address: string) => Promise<Visit> | null = (address) => visit(address),
  more: Parameters<typeof openTestCore>[0] = {},
) {
  const credentials = memoryKeychain();
  test = await openTestCore({
    credentials,
    twin: { signIn },
    prompt: async (address) => {
      const going = browser(address);
      if (going === null) return false;
      visits.push(going);
      return true;
    },
    ...more,
  });
  const client = createRouterClient(test.core.router, { context: {} });
  const { tenant, client: application } = test.twin.credentials;
  const { authorityUrl, graphUrl } = test.server;
  await client.connections.add({
    name: 'Contoso',
    tenant,
    client: application,
    authorityUrl,
    graphUrl,
    credential: { kind: 'interactive' },
  });
  return { client, credentials };
}

type Client = Awaited<ReturnType<typeof begin>>['client'];

async function outcome(client: Client, signal?: AbortSignal) {
  const seen: SignInProgress[] = [];
  try {
    for await (const progress of await client.connections.signIn(
      { name: 'Contoso' },
      signal === undefined ? {} : { signal },
    )) {
      seen.push(progress);
    }
  } catch (error) {
    return { seen, error };
  }
  return { seen, error: null };
}

/** Whether anything listens on the port of a redirect address. */
function listens(address: string): Promise<boolean> {
  const port = Number(new URL(new URL(address).searchParams.get('redirect_uri') ?? '').port);
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

describe('a sign-in is refused', () => {
  it('when consent is declined', async () => {
    const { client, credentials } = await begin({ outcome: 'decline' });
    const { error } = await outcome(client);
    expect(error).toMatchObject({ code: 'auth-failed', message: expect.stringMatching(/declined.*AADSTS65004/) });
    expect((await visits[0])?.page).toContain('did not succeed');
    expect(credentials.kept.size).toBe(0);
  });

  it('when a permission has no consent', async () => {
    const { client } = await begin({ consented: ['User.Read'] });
    expect((await outcome(client)).error).toMatchObject({
      code: 'auth-failed',
      message: expect.stringContaining('AADSTS65001'),
      data: { cure: expect.stringMatching(/administrator grant consent/) },
    });
  });

  it('when the answer has another state: nothing is redeemed', async () => {
    const { client, credentials } = await begin({ outcome: 'wrong-state' });
    const { error } = await outcome(client);
    expect(error).toMatchObject({ code: 'auth-failed', message: expect.stringMatching(/did not belong/) });
    expect((await visits[0])?.page).toContain('belongs to no sign-in');
    expect(test.twin.control.requests.token ?? 0).toBe(0);
    expect(credentials.kept.size).toBe(0);
  });

  it('when the code is not the one of this sign-in', async () => {
    const { client } = await begin({}, (address) =>
      visit(address, (back) => back.searchParams.set('code', 'stolen-from-somewhere')),
    );
    expect((await outcome(client)).error).toMatchObject({ code: 'auth-failed', data: { field: 'signIn' } });
  });

  it('when the code is redeemed with another verifier', async () => {
    const { client } = await begin({}, undefined, {
      transport: (url, init) =>
        nodeTransport()(url, { ...init, body: init.body?.replace(/code_verifier=[^&]+/, 'code_verifier=guessed') }),
    });
    expect((await outcome(client)).error).toMatchObject({
      code: 'auth-failed',
      message: expect.stringContaining('AADSTS501481'),
    });
  });

  it('when the application has no redirect for desks, with the way to add it', async () => {
    const page = await begin({ desktop: false }, (address) => visit(address), { waitMs: 300 });
    const { error } = await outcome(page.client);
    expect((await visits[0])?.page).toContain('AADSTS50011');
    expect(error).toMatchObject({ code: 'cancelled' });
  });
});

describe('a sign-in ends', () => {
  it('when the person cancels, and its port is closed', async () => {
    const { client } = await begin({}, () => null);
    const cancel = new AbortController();
    const stream = await client.connections.signIn({ name: 'Contoso' }, { signal: cancel.signal });
    const { value } = await stream.next();
    const waiting = value as Extract<SignInProgress, { state: 'waiting' }>;
    expect(waiting).toMatchObject({ state: 'waiting', opened: false });
    expect(await listens(waiting.address)).toBe(true);
    cancel.abort();
    await expect(stream.next()).rejects.toBeDefined();
    await expect.poll(() => listens(waiting.address)).toBe(false);
  });

  it('when nobody comes in time', async () => {
    const { client } = await begin({}, () => null, { waitMs: 200 });
    expect((await outcome(client)).error).toMatchObject({
      code: 'cancelled',
      message: expect.stringMatching(/Nobody signed in within/),
    });
  });

  it('when another one of the same connection begins', async () => {
    const { client } = await begin({}, () => null);
    const first = await client.connections.signIn({ name: 'Contoso' });
    await first.next();
    const second = await client.connections.signIn({ name: 'Contoso' });
    await second.next();
    await expect(first.next()).rejects.toMatchObject({ code: 'cancelled' });
    await second.return?.();
  });

  it('after one answer: whoever knocks with something else changes nothing, and the port is closed afterwards', async () => {
    const { client } = await begin({}, async (address) => {
      const base = new URL(address).searchParams.get('redirect_uri') ?? '';
      const strangers = await Promise.all([
        fetch(`${base}/favicon.ico`),
        fetch(base),
        fetch(`${base}/elsewhere?code=x`),
        fetch(`${base}/?code=x`, { method: 'POST' }),
      ]);
      expect(strangers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      return visit(address);
    });
    const { seen, error } = await outcome(client);
    expect(error).toBeNull();
    expect(seen.at(-1)).toMatchObject({ state: 'done' });
    const { address, page } = (await visits[0]) ?? { address: '', page: '' };
    expect(page).toContain('You can close this window');
    expect(await listens(address)).toBe(false);
  });
});

describe('over HTTPS', () => {
  it('signs in at an authority whose certificate this machine trusts', async () => {
    const certificate = makeCertificate();
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate.cert]);
    const { client } = await begin({}, undefined, { tls: certificate });
    const { seen, error } = await outcome(client);
    expect(error).toBeNull();
    expect(seen[0]).toMatchObject({ address: expect.stringMatching(/^https:\/\/127\.0\.0\.1/) });
    expect((await client.connections.test({ name: 'Contoso' })).ok).toBe(true);
  });

  it('says certificate where it is not trusted', async () => {
    // The browser may trust what this program does not: it comes back with a code all the same.
    const answer = async (address: string): Promise<Visit> => {
      const { searchParams } = new URL(address);
      const query = new URLSearchParams({ code: 'x', state: searchParams.get('state') ?? '' });
      const back = `${searchParams.get('redirect_uri')}/?${query.toString()}`;
      const { status } = await fetch(back);
      return { address, back, status, page: '' };
    };
    const { client } = await begin({}, answer, { tls: makeCertificate() });
    expect((await outcome(client)).error).toMatchObject({ code: 'certificate-untrusted' });
  });
});

it('an application has nobody to sign in', async () => {
  const { client } = await begin();
  const { tenant, client: application } = test.twin.credentials;
  await client.connections.add({
    name: 'Robot',
    tenant,
    client: application,
    credential: { kind: 'secret-env', variable: test.secretVariable },
  });
  const stream = client.connections.signIn({ name: 'Robot' }).then((one) => one.next());
  await expect(stream).rejects.toMatchObject({ code: 'bad-input', data: { field: 'name' } });
});
