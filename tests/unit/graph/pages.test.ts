/** Walking a collection over real HTTP: prefetch, links of every form, garbage, loops and the documented quirk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMembers } from '../../../electron/core/graph/calls/groups.ts';
import { followLink } from '../../../electron/core/graph/calls/links.ts';
import { listRiskyUsers } from '../../../electron/core/graph/calls/risk.ts';
import type { GraphCall, GraphError, GraphPage } from '../../../electron/core/graph/types.ts';
import { cut, graphError, json, type ScriptedServer, type Step, scriptedServer, testClient, text } from './server.ts';

let server: ScriptedServer;
beforeAll(async () => {
  server = await scriptedServer();
});
afterAll(() => server.close());

const page = (items: readonly unknown[], nextLink?: string): Step =>
  json(200, {
    '@odata.context': 'x',
    value: items,
    ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
  });

async function walk(options: { from?: GraphCall; pageSize?: number | null; url?: string; limit?: number } = {}) {
  const { client, clock } = testClient(options.url ?? server.url);
  const pages: GraphPage[] = [];
  let error: GraphError | null = null;
  try {
    const from = options.from ?? listRiskyUsers();
    for await (const one of client.pages(from, { priority: 'background', pageSize: options.pageSize ?? null })) {
      pages.push(one);
      if (pages.length > 50) expect.fail('the walk never ends');
    }
  } catch (caught) {
    error = caught as GraphError;
  }
  return { items: pages.flatMap((one) => one.items), pages, error, clock, counters: client.counters() };
}

describe('links', () => {
  const forms: readonly [string, (n: number) => string][] = [
    ['absolute', (n) => `${server.url}/v1.0/identityProtection/riskyUsers?$skiptoken=${n}`],
    ['from the root', (n) => `/v1.0/identityProtection/riskyUsers?$skiptoken=${n}`],
    ['query only', (n) => `?$skiptoken=${n}`],
    ['another path of the same server', (n) => `${server.url}/elsewhere/${n}?x=%2F%3D`],
  ];
  it.each(forms)('%s', async (_name, link) => {
    server.script(page([1, 2], link(1)), page([3], link(2)), page([], link(3)), page([4]));
    const { items, pages, error } = await walk();
    expect(error).toBeNull();
    expect(items).toEqual([1, 2, 3, 4]);
    expect(pages.map((one) => one.nextLink?.startsWith(server.url) ?? null)).toEqual([true, true, true, null]);
    expect(server.seen).toHaveLength(4);
    expect(server.seen.every((one) => one.headers.prefer === 'include-unknown-enum-members')).toBe(true);
  });
  it('follows whatever the length of a page: short, empty, longer than asked', async () => {
    server.script(page([1], '?a=1'), page([], '?a=2'), page([2, 3, 4], '?a=3'), page([]));
    expect((await walk({ pageSize: 2 })).items).toEqual([1, 2, 3, 4]);
  });
  it('works below a path prefix', async () => {
    server.script((seen, response, socket) =>
      page(
        [1],
        seen.url.includes('skip')
          ? undefined
          : `http://${seen.headers.host}/gw/v1.0/identityProtection/riskyUsers?skip=1`,
      )(seen, response, socket),
    );
    const { items } = await walk({ url: `${server.url}/gw` });
    expect(items).toEqual([1, 1]);
    expect(server.seen[1]?.url).toBe('/gw/v1.0/identityProtection/riskyUsers?skip=1');
  });
  it('refuses another origin, without sending the token there', async () => {
    const other = await scriptedServer();
    other.script(page([9]));
    server.script(page([1], other.url));
    const { error, counters } = await walk();
    expect(error).toMatchObject({ code: 'graph-failed', effect: 'none' });
    expect(error?.message).toContain('another server');
    expect(other.seen).toHaveLength(0);
    expect(counters.requests).toBe(1);
    await other.close();
  });
  it('goes on at a link that an earlier process stored', async () => {
    server.script(page([7]));
    const from = followLink(`${server.url}/v1.0/identityProtection/riskyUsers?$skiptoken=stored`, listRiskyUsers());
    expect((await walk({ from })).items).toEqual([7]);
    expect(server.seen[0]?.url).toContain('$skiptoken=stored');
  });
});

describe('garbage', () => {
  it.each<[string, Step]>([
    ['cut JSON', cut],
    ['HTML with 200', text(200, '<html>sign in</html>')],
    ['no collection', json(200, { error: null })],
    ['value is an object', json(200, { value: {} })],
    ['a nextLink that is no text', json(200, { value: [], '@odata.nextLink': 7 })],
  ])('%s is asked for again', async (_name, garbage) => {
    server.script(page([1], '?a=1'), garbage, page([2]));
    const { items, error } = await walk();
    expect([items, error]).toEqual([[1, 2], null]);
    server.script(page([1], '?a=1'), garbage);
    const lasting = await walk();
    expect(lasting.items).toEqual([1]);
    expect(lasting.error?.code).toMatch(/graph-failed|offline/);
    expect(server.seen.length).toBeLessThanOrEqual(7);
  });
  it('a link that repeats itself is retried, then ends the walk as failed', async () => {
    server.script(page([1], '?a=1'), page([2], '?a=2'), page([3], '?a=1'));
    const { items, error } = await walk();
    expect(items).toEqual([1, 2]);
    expect(error).toMatchObject({ code: 'graph-failed' });
    expect(error?.message).toContain('read already');
    expect(server.seen).toHaveLength(5);
    server.script(page([1], '?a=1'), page([2], '?a=1'), page([2]));
    expect((await walk()).items).toEqual([1, 2]);
  });
});

describe('the link after an exactly full page', () => {
  const broken = json(400, { error: { code: 'BadRequest', message: '' } });
  const from = listRiskyUsers({ since: '2026-11-23T16:18:00Z' });
  it('that answers 400 BadRequest without a message is the end of a list with a filter', async () => {
    server.script(page([1, 2], '?a=1'), page([3, 4], '?a=2'), broken);
    const { items, error, pages } = await walk({ from, pageSize: 2 });
    expect([items, error]).toEqual([[1, 2, 3, 4], null]);
    expect(pages.at(-1)?.nextLink).not.toBeNull();
    server.script(page([1, 2], '?a=1'), broken);
    expect(await walk({ from, pageSize: 2 })).toMatchObject({ items: [1, 2], error: null });
  });
  it('is the end, too, where the server makes its pages smaller than was asked', async () => {
    server.script(page([1, 2], '?a=1'), page([3, 4], '?a=2'), broken);
    expect(await walk({ from, pageSize: 500 })).toMatchObject({ items: [1, 2, 3, 4], error: null });
  });
  it.each<[string, readonly Step[]]>([
    ['the last page was shorter', [page([1, 2], '?a=1'), page([3], '?a=2')]],
    ['the only page was shorter', [page([1], '?a=1')]],
    ['the last page was empty', [page([1, 2], '?a=1'), page([], '?a=2'), page([], '?a=3')]],
  ])('is an error when %s', async (_name, pages) => {
    server.script(...pages, broken);
    expect((await walk({ from, pageSize: 2 })).error).toMatchObject({ code: 'graph-refused', status: 400 });
  });
  it('is an error without a filter: who was not read yet would be taken for gone', async () => {
    server.script(page([1, 2], '?a=1'), page([3, 4], '?a=2'), broken);
    expect((await walk({ pageSize: 2 })).error).toMatchObject({ code: 'graph-refused', status: 400 });
  });
  it('is an error when it carries a message: the link has expired', async () => {
    server.script(page([1, 2], '?a=1'), graphError(400, 'BadRequest', 'Skip token expired.'));
    expect((await walk({ from, pageSize: 2 })).error).toMatchObject({ code: 'graph-refused' });
  });
  it('is an error on a first page', async () => {
    server.script(broken);
    expect((await walk({ from, pageSize: 2 })).error).toMatchObject({ code: 'graph-refused' });
  });
});

describe('prefetch', () => {
  it('has page N+1 on the wire while N is consumed, and never N+2', async () => {
    server.script(page([1], '?a=1'), page([2], '?a=2'), page([3]));
    const { client } = testClient(server.url);
    const ahead: number[] = [];
    for await (const _page of client.pages(listMembers('g1'), { priority: 'person', pageSize: null })) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      ahead.push(server.seen.length);
    }
    expect(ahead).toEqual([2, 3, 3]);
  });
  it('asks for nothing before the first page is wanted', async () => {
    server.script(page([1]));
    const pages = testClient(server.url).client.pages(listMembers('g1'), { priority: 'person', pageSize: null });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.seen).toHaveLength(0);
    expect(pages).toBeDefined();
  });
  it('cancels the page on the wire when the consumer leaves', async () => {
    let closed = false;
    server.script(page([1], '?a=1'), (_seen, response) => {
      response.on('close', () => {
        closed = true;
      });
    });
    for await (const _page of testClient(server.url).client.pages(listMembers('g1'), {
      priority: 'person',
      pageSize: null,
    })) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(closed).toBe(true);
  });
  it('rejects with the reason of the signal', async () => {
    server.script(page([1], '?a=1'), () => {});
    const stop = new AbortController();
    const walkUntilStopped = async () => {
      const options = { priority: 'person', pageSize: null, signal: stop.signal } as const;
      for await (const _page of testClient(server.url).client.pages(listMembers('g1'), options))
        stop.abort(new Error('stopped'));
    };
    await expect(walkUntilStopped()).rejects.toThrow('stopped');
  });
});
