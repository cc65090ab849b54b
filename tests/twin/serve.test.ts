import { request } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import type { Transport } from '../../electron/core/ports.ts';
import { type ServedTwin, serveTwin } from '../../electron/twin/serve.ts';
import { createTwin } from '../../electron/twin/twin.ts';
import { makeCertificate } from '../harness/tls.ts';
import { all, asker, form, START, tokenOf } from './client.ts';

const risky = '/identityProtection/riskyUsers?$top=500';
const open: ServedTwin[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((served) => served.close()));
});

async function start(options: Parameters<typeof serveTwin>[1] = {}, twin = createTwin({ users: 1_200, now: START })) {
  const served = await serveTwin(twin, options);
  open.push(served);
  return { twin, served };
}

describe('the twin over HTTP', () => {
  it.each([undefined, '/proxy/entra', '/proxy/'])('serves login and Graph below the prefix %s', async (prefix) => {
    const { twin, served } = await start({ prefix });
    const token = await tokenOf(twin, fetch, served.authorityUrl);
    const list = await all(asker(fetch, token, `${served.graphUrl}/v1.0`), risky);
    expect(list.sizes).toEqual([500, 500, 200]);
    const page = await asker(fetch, token, `${served.graphUrl}/v1.0`)('GET', risky);
    expect(String(page.body['@odata.nextLink']).startsWith(`${served.graphUrl}/v1.0/`)).toBe(true);
  });

  it('answers at the bare address too, and links lead back there', async () => {
    const { twin, served } = await start({ prefix: '/x' });
    const token = await tokenOf(twin, fetch, served.url);
    const { body } = await asker(fetch, token, `${served.url}/v1.0`)('GET', risky);
    expect(String(body['@odata.nextLink']).startsWith(`${served.url}/v1.0/`)).toBe(true);
    const metadata = await fetch(`${served.url}/${twin.credentials.tenant}/v2.0/.well-known/openid-configuration`);
    expect(await metadata.json()).toMatchObject({
      token_endpoint: `${served.url}/${twin.credentials.tenant}/oauth2/v2.0/token`,
    });
  });

  it('writes links with the host that was asked', async () => {
    const { twin, served } = await start();
    const token = await tokenOf(twin);
    const base = served.graphUrl.replace('127.0.0.1', 'localhost');
    const { body } = await asker(fetch, token, `${base}/v1.0`)('GET', risky);
    expect(String(body['@odata.nextLink'])).toContain('http://localhost:');
  });

  it('logs no token and no body, and counts by kind', async () => {
    const { twin, served } = await start();
    const token = await tokenOf(twin, fetch, served.authorityUrl);
    await asker(fetch, token, `${served.graphUrl}/v1.0`)('GET', risky, { headers: { 'User-Agent': 'riskdesk/1' } });
    const log = JSON.stringify(twin.control.requestLog);
    expect(log).not.toContain(token);
    expect(log).not.toContain(twin.credentials.secret);
    expect(twin.control.requestLog.at(-1)).toMatchObject({
      method: 'GET',
      status: 200,
      headers: { 'user-agent': 'riskdesk/1' },
    });
    expect(twin.control.requests).toEqual({ http: 2, token: 1, 'riskyUsers.list': 1 });
    twin.control.resetCounters();
    expect([twin.control.requests, twin.control.requestLog]).toEqual([{}, []]);
  });

  it('refuses a body that is too large, and what is neither login nor Graph', async () => {
    const { twin, served } = await start();
    const token = await tokenOf(twin);
    const large = fetch(`${served.graphUrl}/v1.0/$batch`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: 'x'.repeat(5 * 1024 * 1024),
    });
    expect((await large).status).toBe(413);
    expect((await fetch(`${served.url}/beta/users`)).status).toBe(404);
    expect((await fetch(`${served.url}/`)).status).toBe(404);
  });

  it('frees its port when closed, even with a connection open', async () => {
    const { served } = await start();
    await fetch(served.url);
    await served.close();
    await expect(fetch(served.url)).rejects.toThrow(TypeError);
    await expect(start({ port: Number(new URL((await start()).served.url).port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

describe('the twin over TLS', () => {
  it('is trusted with its certificate and refused without', async () => {
    const tls = makeCertificate();
    const { twin, served } = await start({ tls });
    const path = `${served.authorityUrl}/${twin.credentials.tenant}/oauth2/v2.0/token`;
    const post = (ca: string | undefined) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(path, { method: 'POST', ca, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.on('error', reject);
        sent.end(form(twin));
      });
    expect(served.url).toMatch(/^https:/);
    expect(await post(tls.cert)).toBe(200);
    await expect(post(undefined)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    await expect(post(makeCertificate().cert)).rejects.toThrow();
  });
});

describe('the in-process transport', () => {
  it("has the shape of the core's Transport and goes by the tail of any address", async () => {
    const twin = createTwin({ users: 3 });
    const transport: Transport = twin.fetch;
    const response = await transport(`https://login.microsoftonline.com/${twin.credentials.tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: {},
      body: form(twin),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const graph = await transport('https://graph.microsoft.com/v1.0/identityProtection/riskyUsers?$top=2', {
      method: 'GET',
      headers: { authorization: `Bearer ${token}` },
    });
    const page = (await graph.json()) as { value: unknown[]; '@odata.nextLink': string };
    expect(page.value).toHaveLength(2);
    expect(page['@odata.nextLink']).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\//);
    const aborted = transport('https://graph.microsoft.com/v1.0/', {
      method: 'GET',
      headers: {},
      signal: AbortSignal.abort(new Error('gave up')),
    });
    await expect(aborted).rejects.toThrow('gave up');
  });
});
