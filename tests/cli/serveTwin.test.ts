/** `serve-twin` as a child process: what it prints, what its options do, how it ends. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, documentOf, serveTwinChild, spawnCli, type TwinChild } from './harness.ts';

let twin: TwinChild;
beforeAll(async () => {
  twin = await serveTwinChild('--users', '10', '--seed', '7');
});
afterAll(async () => {
  await twin.stop();
});

async function token(of: TwinChild): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: of.client,
    client_secret: of.secret,
    scope: 'https://graph.microsoft.com/.default',
  });
  const answer = await fetch(`${of.authorityUrl}/${of.tenant}/oauth2/v2.0/token`, { method: 'POST', body });
  const read = (await answer.json()) as { readonly access_token: string };
  return read.access_token;
}

async function ids(of: TwinChild): Promise<readonly string[]> {
  const headers = { Authorization: `Bearer ${await token(of)}` };
  const answer = await fetch(`${of.graphUrl}/v1.0/identityProtection/riskyUsers`, { headers });
  const page = (await answer.json()) as { readonly value: readonly { readonly id: string }[] };
  return page.value.map((user) => user.id);
}

describe('serve-twin', () => {
  it('prints one JSON document at once and answers like Graph', async () => {
    expect(twin).toMatchObject({ users: 10, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    expect(await ids(twin)).toHaveLength(10);
  });

  it('makes the same tenant from the same seed', async () => {
    const [same, other] = await Promise.all([
      serveTwinChild('--users', '10', '--seed', '7'),
      serveTwinChild('--users', '10', '--seed', '8'),
    ]);
    expect(await ids(same)).toEqual(await ids(twin));
    expect(await ids(other)).not.toEqual(await ids(twin));
    expect(await Promise.all([same.stop(), other.stop()])).toEqual([0, 0]);
  });

  it('refuses a port that is taken', async () => {
    const { port } = new URL(twin.url);
    const taken = await cli(['serve-twin', '--port', port, '--json']);
    expect(taken.code).toBe(2);
    expect(documentOf(taken)).toMatchObject({ error: { field: '--port', message: `--port: port ${port} is in use` } });
  });

  it('takes a share of faults, or kinds with shares', async () => {
    const all = await serveTwinChild('--users', '5', '--faults', 'html502:1');
    const answer = await fetch(`${all.graphUrl}/v1.0/organization`);
    expect(answer.status).toBe(502);
    await all.stop();
    const some = await serveTwinChild('--users', '5', '--faults', '100%');
    const failed = await fetch(`${some.graphUrl}/v1.0/organization`).then(
      (reply) =>
        reply.status >= 400 ||
        reply.text().then(
          () => false,
          () => true,
        ),
      () => true,
    );
    expect(failed).toBe(true);
    await some.stop();
  });

  it('prints a connection line that can be pasted, and ends at SIGINT', async () => {
    const child = spawnCli(['serve-twin', '--users', '5']);
    const [first] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number | null];
    expect(first.toString()).toMatch(
      /5 risky users[\s\S]*export TWIN_SECRET=\S+\n.*connection add twin --tenant \S+ --client \S+ --secret-env TWIN_SECRET --authority-url http\S+ --graph-url http\S+\n/,
    );
    expect(code).toBe(0);
  });
});
