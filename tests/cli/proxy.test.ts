/** A proxy in the environment is used for the world and never for this machine. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desk, documentOf, serveTwinChild, type TwinChild } from './harness.ts';

let twin: TwinChild;
let proxy: Server;
const asked: string[] = [];
beforeAll(async () => {
  twin = await serveTwinChild('--users', '5');
  proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterAll(async () => {
  proxy.close();
  await twin.stop();
});

describe('HTTPS_PROXY and HTTP_PROXY', () => {
  it('carry what goes out, not what stays on this machine', async () => {
    const work = desk(twin);
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const env = { HTTPS_PROXY: address, HTTP_PROXY: address };
    await work.connect('near');
    const near = await work.run(['connection', 'test', 'near', '--json'], { env });
    expect(documentOf(near)).toMatchObject({ ok: true });
    expect(asked).toEqual([]);
    await work.connect(
      'far',
      '--authority-url',
      'https://login.riskdesk.invalid',
      '--graph-url',
      'https://graph.riskdesk.invalid',
    );
    const far = await work.run(['connection', 'test', 'far', '--json'], { env });
    expect(far.code).toBe(1);
    expect(asked).toContain('login.riskdesk.invalid:443');
    work.remove();
  }, 60_000);
});
