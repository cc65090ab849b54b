/** What is served, what never is, and that no request, however odd, ends the server. */
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outsideText, type Served, serve } from './harness.ts';

let served: Served;
let cookie: string;
beforeEach(async () => {
  served = await serve();
  cookie = await served.enter();
});
afterEach(() => served.close());

describe('headers', () => {
  it('keep everything else out of the page', async () => {
    const { headers } = await served.ask('/', { cookie });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("form-action 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('are on refusals too', async () => {
    for (const { headers } of [await served.ask('/'), await served.ask('/nothing', { cookie })]) {
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('let a browser keep what has its version in its name, and nothing else', async () => {
    expect((await served.ask('/assets/index-1.js', { cookie })).headers['cache-control']).toContain('immutable');
    expect((await served.ask('/', { cookie })).headers['cache-control']).toBe('no-store');
  });
});

describe('paths', () => {
  it.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/%2e%2e%2foutside.txt',
    '/assets/../../outside.txt',
    '/..\\outside.txt',
    '/..%5coutside.txt',
    '/../renderer-private/outside.txt',
    '/..%2frenderer-private%2foutside.txt',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/assets',
    '/index.html%00.js',
  ])('%s leads nowhere', async (path) => {
    const { status, body } = await served.ask(path, { cookie });
    expect([400, 403, 404]).toContain(status);
    expect(body).not.toContain(outsideText);
    expect(body).not.toContain('root:');
  });

  // Any page on the internet can make a browser ask for these, without the cookie.
  it.each(['//', '///', '/%', '/%E0%A4%A', '/?token=%', '/%00', '//[', 'http://[/'])(
    '%s is answered, with and without the cookie, and the server lives on',
    async (path) => {
      for (const headers of [{}, { cookie }]) {
        expect((await served.ask(path, headers as Record<string, string>)).status).toBeLessThan(500);
      }
      expect((await served.ask('/', { cookie })).status).toBe(200);
    },
  );
});

describe('connections that misbehave', () => {
  it('outlives a refused upgrade that is torn down', async () => {
    for (let round = 0; round < 5; round += 1) {
      const socket = connect(served.server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${served.server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      );
      socket.resetAndDestroy();
    }
    await pause(50);
    expect((await served.ask('/', { cookie })).status).toBe(200);
  });

  it('drops a window that sends more than any question needs', async () => {
    const origin = `http://127.0.0.1:${served.server.port}`;
    const socket = await served.connect({ cookie, origin });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.send(Buffer.alloc(9 * 1024 * 1024));
    expect(await closed).toBe(1009);
    expect((await served.ask('/', { cookie })).status).toBe(200);
  });

  it('drops a window that sends no frames at all', async () => {
    const socket = connect(served.server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      [
        'GET /rpc HTTP/1.1',
        `Host: 127.0.0.1:${served.server.port}`,
        `Origin: http://127.0.0.1:${served.server.port}`,
        `Cookie: ${cookie}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        '\r\n',
      ].join('\r\n'),
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write('this is not a frame at all');
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await served.ask('/', { cookie })).status).toBe(200);
  });

  it('closes at once, whoever is still connected', async () => {
    const origin = `http://127.0.0.1:${served.server.port}`;
    await served.connect({ cookie, origin });
    const before = performance.now();
    await served.server.close();
    expect(performance.now() - before).toBeLessThan(2_000);
    await expect(served.ask('/', { cookie })).rejects.toThrow();
  });
});
