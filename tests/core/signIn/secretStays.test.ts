/** A stored secret never leaves for a server that it was not given for, whoever changes the connection. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CredentialStore } from '../../../electron/core/ports.ts';
import { twinDefaults } from '../../../electron/twin/options.ts';
import type { Client } from '../../contract/transports.ts';
import { openTestCore, type TestCore } from '../../harness/openTestCore.ts';

function keychainInMemory(): CredentialStore {
  const kept = new Map<string, string>();
  return {
    available: async () => ({ ok: true }),
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  };
}

let test: TestCore;
let client: Client;
let stranger: Server;
let heard: string[];
let address: string;

beforeEach(async () => {
  heard = [];
  stranger = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      heard.push(`${request.headers.authorization ?? ''} ${body}`);
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_request"}');
    });
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  test = await openTestCore({ credentials: keychainInMemory() });
  client = createRouterClient(test.core.router, { context: {} });
});
afterEach(async () => {
  await test.close();
  await new Promise((resolve) => stranger.close(resolve));
});

async function connect(credential: Parameters<Client['connections']['add']>[0]['credential']): Promise<void> {
  const { authorityUrl, graphUrl } = test.server;
  const { tenant, client: application } = twinDefaults;
  await client.connections.add({ name: 'contoso', tenant, client: application, authorityUrl, graphUrl, credential });
}

describe('a connection that is pointed at another server', () => {
  it.each(['authorityUrl', 'graphUrl'] as const)(
    'needs its secret again (%s), and sends nothing before',
    async (key) => {
      for (const credential of [
        { kind: 'secret', secret: twinDefaults.secret },
        { kind: 'secret-env', variable: test.secretVariable },
      ] as const) {
        await connect(credential);
        const before = await client.connections.get({ name: 'contoso' });
        await expect(client.connections.update({ name: 'contoso', change: { [key]: address } })).rejects.toMatchObject({
          code: 'bad-input',
          data: { field: 'credential', cure: expect.stringMatching(/again/) },
        });
        expect(await client.connections.get({ name: 'contoso' })).toEqual(before);
        expect((await client.connections.test({ name: 'contoso' })).ok).toBe(true);
        await client.connections.remove({ name: 'contoso' });
      }
      expect(heard).toEqual([]);
    },
  );

  it('takes a new secret with the new address, and sends that one alone', async () => {
    await connect({ kind: 'secret', secret: twinDefaults.secret });
    const credential = { kind: 'secret', secret: 'for-the-other-server' } as const;
    await client.connections.update({ name: 'contoso', change: { authorityUrl: address, credential } });
    expect((await client.connections.test({ name: 'contoso' })).ok).toBe(false);
    expect(heard.join('\n')).toContain('for-the-other-server');
    expect(heard.join('\n')).not.toContain(twinDefaults.secret);
  });

  it('may go back to Microsoft, and change its path, its name or what it keeps', async () => {
    await connect({ kind: 'secret', secret: twinDefaults.secret });
    const { authorityUrl } = test.server;
    await client.connections.update({ name: 'contoso', change: { name: 'Contoso Ltd', authorityUrl, syncEvery: 5 } });
    const change = { authorityUrl: null, graphUrl: null, cloud: 'usgov' } as const;
    const after = await client.connections.update({ name: 'Contoso Ltd', change });
    expect(after).toMatchObject({ authorityUrl: null, graphUrl: null, cloud: 'usgov' });
  });
});
