/** Node's fetch as the Transport: redirects, plain http, and the operating system's certificates. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { nodeTransport } from '../../../electron/adapters/network.ts';
import { readNetworkFault } from '../../../shared/model/networkFault.ts';
import { makeCertificate } from './certificates.ts';

const listen = (server: ReturnType<typeof createServer>) =>
  new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

describe('nodeTransport', () => {
  it('hands a redirect back instead of following it', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    const port = await listen(server);
    const response = await nodeTransport()(`http://127.0.0.1:${port}/a`, {
      method: 'GET',
      headers: { Authorization: 'Bearer x' },
    });
    expect([response.status, asked]).toEqual([302, ['/a']]);
    server.close();
  });
  it.each(['http://graph.microsoft.com/v1.0', 'http://10.0.0.1/', 'ftp://127.0.0.1/', 'http://127.0.0.1.example/'])(
    'sends nothing to %s',
    async (url) => {
      let called = false;
      const transport = nodeTransport(async () => {
        called = true;
        return new Response();
      });
      await expect(transport(url, { method: 'GET', headers: {} })).rejects.toThrow(/Plain http/);
      expect(called).toBe(false);
    },
  );
  it('trusts what the operating system trusts, and nothing more', async () => {
    const { key, cert } = makeCertificate();
    const server = createSecureServer({ key, cert }, (_request, response) => response.end('hello'));
    const port = await listen(server);
    const dir = mkdtempSync(path.join(tmpdir(), 'riskdesk-ca-'));
    const store = path.join(dir, 'store.pem');
    writeFileSync(store, cert);
    const script = path.join(dir, 'ask.ts');
    writeFileSync(
      script,
      `import { nodeTransport } from ${JSON.stringify(path.resolve('electron/adapters/network.ts'))};
       const send = nodeTransport();
       const ask = () => send('https://localhost:${port}/', { method: 'GET', headers: {} }).then((r) => r.text(), (e) => e.cause?.code ?? String(e));
       console.log(await ask(), await ask());`,
    );
    const run = async (env: Record<string, string>) =>
      (
        await promisify(execFile)(process.execPath, [script], { env: { PATH: process.env.PATH ?? '', ...env } })
      ).stdout.trim();
    expect(await run({ SSL_CERT_FILE: store })).toBe('hello hello');
    expect(await run({ NODE_EXTRA_CA_CERTS: store })).toBe('hello hello');
    expect(await run({})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT DEPTH_ZERO_SELF_SIGNED_CERT');
    server.closeAllConnections();
    server.close();
    rmSync(dir, { recursive: true });
  });
});

describe('network faults', () => {
  const withCode = (code: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('inner'), { code }) });
  it.each([
    ['ECONNREFUSED', 'offline', false],
    ['ENOTFOUND', 'offline', false],
    ['ECONNRESET', 'offline', true],
    ['UND_ERR_SOCKET', 'offline', true],
    ['ETIMEDOUT', 'offline', true],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-untrusted', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-untrusted', false],
    ['CERT_HAS_EXPIRED', 'certificate-untrusted', false],
    ['SOMETHING_NEW', 'offline', true],
  ])('%s', (code, expected, sent) => {
    expect(readNetworkFault(withCode(code))).toMatchObject({ code: expected, sent, reason: code });
  });
  it('reads Chromium, aggregates, and careful guesses', () => {
    expect(readNetworkFault(new Error('net::ERR_CERT_AUTHORITY_INVALID'))).toMatchObject({
      code: 'certificate-untrusted',
    });
    expect(readNetworkFault(new Error('net::ERR_NAME_NOT_RESOLVED'))).toMatchObject({ sent: false });
    const both = new AggregateError([Object.assign(new Error('a'), { code: 'ECONNREFUSED' })]);
    expect(readNetworkFault(new TypeError('fetch failed', { cause: both }))).toMatchObject({ sent: false });
    expect(readNetworkFault('what')).toMatchObject({ code: 'offline', sent: true, reason: 'unknown' });
  });
});
