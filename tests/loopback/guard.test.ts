/** Nobody but the person who started the program gets in: token, cookie, Host, Origin, and the same for the WebSocket. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Served, serve } from './harness.ts';

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(() => served.close());

const origin = () => `http://127.0.0.1:${served.server.port}`;

describe('the one-time token', () => {
  it('turns into a cookie once, by a redirect that takes it out of the address', async () => {
    const { pathname, search } = new URL(served.server.url);
    const first = await served.ask(pathname + search);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['cache-control']).toBe('no-store');
    const [cookie = ''] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/; HttpOnly(;|$)/);
    expect(cookie).toMatch(/; SameSite=Strict(;|$)/);
    expect(cookie).toMatch(/; Path=\/(;|$)/);
    expect(cookie).not.toMatch(/Domain=|Expires=|Max-Age=/i);

    const second = await served.ask(pathname + search);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body).toMatch(/used already/);
  });

  it('is long, random, and not the cookie', async () => {
    const token = new URL(served.server.url).searchParams.get('token') ?? '';
    expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(32);
    expect(await served.enter()).not.toContain(token);
  });

  it('lets whoever holds the cookie open the address again', async () => {
    const { pathname, search } = new URL(served.server.url);
    const cookie = await served.enter();
    const again = await served.ask(pathname + search, { cookie });
    expect(again.status).toBe(303);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('is not used up by a HEAD request or a wrong guess', async () => {
    const { pathname, search } = new URL(served.server.url);
    expect((await served.ask('/?token=guess')).status).toBe(403);
    expect((await served.ask(pathname + search, {}, 'HEAD')).headers['set-cookie']).toBeUndefined();
    expect(await served.enter()).not.toBe('');
  });

  it('gives a cookie of its own to each port, so that two Riskdesks do not log one another out', async () => {
    expect(await served.enter()).toContain(String(served.server.port));
  });
});

describe('pages', () => {
  it('need the cookie', async () => {
    expect((await served.ask('/')).status).toBe(403);
    const cookie = await served.enter();
    const [name = ''] = cookie.split('=');
    expect((await served.ask('/', { cookie: `${name}=wrong` })).status).toBe(403);
    expect((await served.ask('/', { cookie: `other=1; ${cookie}` })).status).toBe(200);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1', '127.0.0.1:1', '[::1]:80'])(
    'are refused for the Host "%s", cookie or not (DNS rebinding)',
    async (host) => {
      const cookie = await served.enter();
      expect((await served.ask('/', { cookie, host })).status).toBe(403);
    },
  );

  it('answer to localhost too', async () => {
    const cookie = await served.enter();
    expect((await served.ask('/', { cookie, host: `localhost:${served.server.port}` })).status).toBe(200);
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1', 'https://127.0.0.1:{port}', 'http://localhost:{port}'])(
    'are refused for the Origin "%s"',
    async (text) => {
      const cookie = await served.enter();
      const other = text.replace('{port}', String(served.server.port));
      expect((await served.ask('/', { cookie, origin: other })).status).toBe(403);
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuse %s, and say what they take', async (method) => {
    const cookie = await served.enter();
    const { status, headers } = await served.ask('/', { cookie }, method);
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });
});

describe('the WebSocket', () => {
  it('opens with cookie and origin', async () => {
    const cookie = await served.enter();
    expect(await served.connect({ cookie, origin: origin() })).not.toBeTypeOf('number');
  });

  it('is refused without the cookie', async () => {
    await served.enter();
    expect(await served.connect({ origin: origin() })).toBe(403);
  });

  it.each([
    ['another origin', () => ({ origin: 'http://evil.example' })],
    ['no origin', () => ({})],
    ['another port', () => ({ origin: 'http://127.0.0.1:1' })],
    ['another host', () => ({ origin: 'http://evil.example:1', host: 'evil.example:1' })],
  ])('is refused from %s, cookie or not', async (_name, headers) => {
    const cookie = await served.enter();
    expect(await served.connect({ cookie, ...headers() })).toBe(403);
  });
});
