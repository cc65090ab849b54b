/** Over TLS: an unknown certificate is named as such and never retried into; a trusted one works. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listGroups } from '../../../electron/core/graph/calls/groups.ts';
import { riskAction } from '../../../electron/core/graph/calls/risk.ts';
import { testClient } from './server.ts';

let dir: string;
let server: Server;
let url: string;
let certificate: string;
let requests = 0;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'riskdesk-tls-'));
  const [key, cert] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ],
    { stdio: 'pipe' },
  );
  certificate = readFileSync(cert, 'utf8');
  server = createServer({ key: readFileSync(key), cert: certificate }, (_request, response) => {
    requests += 1;
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"value":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}/graph`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

describe('TLS', () => {
  it('an untrusted certificate is named, with the cure, and nothing was sent', async () => {
    const { client, clock } = testClient(url);
    const error = await client
      .send(riskAction('dismiss', ['a']), { priority: 'person' })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'certificate-untrusted', effect: 'none', status: null });
    expect(String(error)).toMatch(/DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/);
    expect(clock.slept).toHaveLength(0);
    expect(requests).toBe(0);
  });
  it('https to a port that speaks http is offline, not a certificate', async () => {
    const plain = (await import('node:http')).createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as AddressInfo;
    const error = await testClient(`https://127.0.0.1:${port}`)
      .client.send(listGroups(), { priority: 'person' })
      .catch((caught: unknown) => caught);
    plain.close();
    expect(error).toMatchObject({ code: 'offline' });
  });
  it('a trusted certificate works, below a path', async () => {
    const before = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...before, certificate]);
    const { client } = testClient(url);
    expect(await client.send(listGroups(), { priority: 'person' })).toMatchObject({ status: 200, body: { value: [] } });
    tls.setDefaultCACertificates(before);
  });
});
