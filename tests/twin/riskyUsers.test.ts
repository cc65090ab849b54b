import { describe, expect, it } from 'vitest';
import type { TwinUser } from '../../electron/twin/control.ts';
import type { Twin } from '../../electron/twin/twin.ts';
import { all, asker, type Row, START, tenant, tokenOf } from './client.ts';

const risky = '/identityProtection/riskyUsers';
const DAY = 86_400_000;
const filtered = (filter: string, more = '') => `${risky}?$filter=${encodeURIComponent(filter)}${more}`;

function users(twin: Twin): readonly TwinUser[] {
  return Array.from({ length: twin.control.userCount() }, (_, index) => twin.control.userAt(index));
}
const ids = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map((row) => row.id);

describe('paging', () => {
  it.each([
    ['', [...Array.from({ length: 12 }, () => 100)]],
    ['?$top=500', [500, 500, 200]],
    ['?$top=400', [400, 400, 400]],
    ['?$top=1&$select=id', Array.from({ length: 1200 }, () => 1)],
  ])('of%s gives every user once, and no link after the last', async (query, sizes) => {
    const { twin, ask } = await tenant();
    const list = await all(ask, `${risky}${query}`);
    expect(list.sizes).toEqual(sizes);
    expect(ids(list.rows)).toEqual(ids(users(twin)));
  });

  it.each(['0', '501', '-1', 'x', '1.5', ''])('refuses $top=%s', async (top) => {
    const { ask } = await tenant();
    const { status, body } = await ask('GET', `${risky}?$top=${top}`);
    expect([status, body.error.code]).toEqual([400, 'BadRequest']);
    expect(body.error.message).toContain('between 1 and 500');
  });

  it('links are absolute, keep prefix and query, and cannot be altered or used elsewhere', async () => {
    const { twin, ask } = await tenant();
    const { body } = await ask('GET', `${risky}?$top=500&$select=id,riskLevel`);
    const link = String(body['@odata.nextLink']);
    expect(link).toMatch(
      /^http:\/\/twin\/graph\/v1\.0\/identityProtection\/riskyUsers\?\$top=500&\$select=id,riskLevel&/,
    );
    expect(link).not.toMatch(/skiptoken=500$/);
    const altered = `${link.slice(0, -3)}AAA`;
    expect((await ask('GET', altered)).status).toBe(400);
    expect((await ask('GET', `${link}&$filter=riskLevel eq 'high'`)).status).toBe(400);
    expect((await ask('GET', link.replace('identityProtection/riskyUsers', 'users'))).status).toBe(400);
    twin.control.addUsers(1);
    expect((await ask('GET', link)).status).toBe(200);
  });

  it('lets links expire where a lifetime is set', async () => {
    const { twin, ask } = await tenant({ linkLifetimeMs: 60_000 });
    const { body } = await ask('GET', risky);
    const link = String(body['@odata.nextLink']);
    twin.control.advance(60_000);
    expect((await ask('GET', link)).status).toBe(200);
    twin.control.advance(1);
    expect((await ask('GET', link)).status).toBe(400);
  });

  it('neither repeats nor skips when users change, come and go meanwhile', async () => {
    const { twin, ask } = await tenant();
    const first = await ask('GET', `${risky}?$top=500`);
    twin.control.changeRisk(300, { riskLevel: 'high', riskState: 'atRisk' });
    twin.control.dropUser(twin.control.userAt(3).id);
    twin.control.dropUser(twin.control.userAt(600).id);
    const [added] = twin.control.addUsers(1);
    const rest = await all(ask, String(first.body['@odata.nextLink']));
    const seen = [...ids(first.body.value), ...ids(rest.rows)];
    expect(seen).toHaveLength(1_200);
    expect(new Set(seen).size).toBe(1_200);
    expect(seen.at(-1)).toBe(added);
    expect(seen).not.toContain(twin.control.userAt(600).id);
  });
});

describe('$select, $count and $orderby', () => {
  it('select properties of riskyUser and nothing else', async () => {
    const { ask } = await tenant();
    const { body } = await ask('GET', `${risky}?$top=1&$select=riskLevel,id`);
    expect(Object.keys(body.value[0] ?? {}).toSorted()).toEqual(['id', 'riskLevel']);
    expect((await ask('GET', `${risky}?$select=id,password`)).body.error.message).toContain(
      "named 'password' on type 'microsoft.graph.riskyUser'",
    );
  });

  it('count matches, over all pages', async () => {
    const { twin, ask } = await tenant();
    const high = users(twin).filter((user) => user.riskLevel === 'high').length;
    expect((await ask('GET', filtered("riskLevel eq 'high'", '&$top=1&$count=true'))).body['@odata.count']).toBe(high);
    expect((await ask('GET', `${risky}?$count=yes`)).status).toBe(400);
  });

  it('sort by the last update, both ways', async () => {
    const { twin, ask } = await tenant();
    const by = users(twin).toSorted((a, b) => (a.riskLastUpdatedDateTime < b.riskLastUpdatedDateTime ? -1 : 1));
    const down = await all(ask, `${risky}?$top=500&$orderby=riskLastUpdatedDateTime desc`);
    expect(ids(down.rows)).toEqual(ids(by.toReversed()));
    const up = await all(ask, `${risky}?$top=500&$orderby=riskLastUpdatedDateTime`);
    expect(ids(up.rows)).toEqual(ids(by));
    expect((await ask('GET', `${risky}?$orderby=riskLevel`)).status).toBe(400);
  });
});

describe('$filter', () => {
  const since = new Date(START - 30 * DAY).toISOString();
  it.each<[string, (user: TwinUser) => boolean]>([
    ["riskLevel eq 'high'", (u) => u.riskLevel === 'high'],
    ["riskLevel ne 'high'", (u) => u.riskLevel !== 'high'],
    ["riskLevel eq microsoft.graph.riskLevel'low'", (u) => u.riskLevel === 'low'],
    ["riskState eq 'atRisk' and riskLevel eq 'medium'", (u) => u.riskState === 'atRisk' && u.riskLevel === 'medium'],
    [
      "riskLevel eq 'high' or riskLevel eq 'low' and isDeleted eq true",
      (u) => u.riskLevel === 'high' || (u.riskLevel === 'low' && u.isDeleted),
    ],
    [
      "(riskLevel eq 'high' or riskLevel eq 'low') and isDeleted eq true",
      (u) => ['high', 'low'].includes(u.riskLevel) && u.isDeleted,
    ],
    ["not (riskLevel eq 'high')", (u) => u.riskLevel !== 'high'],
    ['isDeleted eq true', (u) => u.isDeleted],
    ['isProcessing eq true', () => false],
    ["riskDetail eq 'aiConfirmedSigninSafe'", (u) => u.riskDetail === 'aiConfirmedSigninSafe'],
    [`riskLastUpdatedDateTime ge ${since}`, (u) => u.riskLastUpdatedDateTime >= since],
    [`riskLastUpdatedDateTime lt ${since}`, (u) => u.riskLastUpdatedDateTime < since],
    ["startswith(userPrincipalName,'a')", (u) => u.userPrincipalName?.toLowerCase().startsWith('a') === true],
    ['userDisplayName eq null', (u) => u.displayName === null],
  ])('%s', async (filter, matches) => {
    const { twin, ask } = await tenant();
    const { rows } = await all(ask, filtered(filter, '&$top=499'));
    expect(ids(rows)).toEqual(ids(users(twin).filter(matches)));
  });

  it('compares times to the seventh decimal, and ids and names without case', async () => {
    const { twin, ask } = await tenant();
    const user = twin.control.userAt(5);
    const at = user.riskLastUpdatedDateTime;
    const count = async (filter: string) => (await ask('GET', filtered(filter, '&$top=500'))).body.value.length;
    expect(await count(`riskLastUpdatedDateTime eq ${at}`)).toBe(1);
    expect(await count(`riskLastUpdatedDateTime ge ${at} and riskLastUpdatedDateTime le ${at}`)).toBe(1);
    expect(await count(`riskLastUpdatedDateTime gt ${at} and riskLastUpdatedDateTime le ${at}`)).toBe(0);
    expect(await count(`id eq '${user.id.toUpperCase()}'`)).toBe(1);
    const quoted = twin.control.userAt(700);
    expect(
      await count(`userPrincipalName eq '${(quoted.userPrincipalName ?? '').replaceAll("'", "''")}'`),
    ).toBeGreaterThan(0);
  });

  it.each([
    "riskLevel gt 'high'",
    "riskLevel eq 'extreme'",
    'riskLevel eq high',
    'riskLevel eq 3',
    "riskLastUpdatedDateTime ge '2026-01-01T00:00:00Z'",
    'riskLastUpdatedDateTime ge 2026-01-01',
    "password eq 'x'",
    "toString eq 'x'",
    "contains(userPrincipalName,'a')",
    "riskLevel in ('high','low')",
    "riskLevel eq 'high' and",
    "riskLevel eq 'high",
    "(riskLevel eq 'high'",
    "riskLevel eq 'high' xor isDeleted eq true",
    "history/any(h:h eq 'x')",
    '',
    '*',
  ])('refuses %s', async (filter) => {
    const { ask } = await tenant({ users: 5 });
    const { status, body } = await ask('GET', filtered(filter));
    expect([status, body.error.code]).toEqual([400, 'BadRequest']);
    expect(body.error.message).not.toBe('');
  });

  it('after an exactly full last page, links to a 400 with an empty message', async () => {
    const { twin, ask } = await tenant();
    const high = users(twin).filter((user) => user.riskLevel === 'high');
    const size = high.length % 2 === 0 ? high.length / 2 : high.length;
    const list = await all(ask, filtered("riskLevel eq 'high'", `&$top=${size}`));
    expect(ids(list.rows)).toEqual(ids(high));
    expect([list.last?.status, list.last?.body.error.code, list.last?.body.error.message]).toEqual([
      400,
      'BadRequest',
      '',
    ]);
    const other = await all(ask, filtered("riskLevel eq 'high'", `&$top=${high.length - 1}`));
    expect(other.last).toBeNull();
    const none = await all(ask, filtered("userPrincipalName eq 'nobody'"));
    expect([none.rows.length, none.last]).toEqual([0, null]);
  });
});

describe('one user', () => {
  it('is found by id, with the selected properties, or 404', async () => {
    const { twin, ask } = await tenant();
    const user = twin.control.userAt(9);
    const whole = await ask('GET', `${risky}/${user.id}`);
    expect(whole.body).toMatchObject({ id: user.id, riskLevel: user.riskLevel });
    expect(String(whole.body['@odata.context'])).toContain('/$entity');
    const part = await ask('GET', `${risky}/${user.id}?$select=riskState`);
    expect(part.body).toMatchObject({ riskState: user.riskState });
    expect(part.text).not.toContain('riskLevel');
    expect((await ask('GET', `${risky}/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
    twin.control.dropUser(user.id);
    expect((await ask('GET', `${risky}/${user.id}`)).status).toBe(404);
  });

  it('is served as a test corrupted it', async () => {
    const { twin, ask } = await tenant({ users: 3 });
    twin.control.corruptUser(1, { id: 7, riskLevel: ['x'] });
    twin.control.corruptUser(2, null);
    expect((await ask('GET', risky)).body.value.slice(1)).toEqual([{ id: 7, riskLevel: ['x'] }, null]);
    twin.control.corruptUser(2, undefined);
    expect((await ask('GET', risky)).body.value[2]?.id).toBe(twin.control.userAt(2).id);
  });

  it('names evolved enum members only when it is asked to', async () => {
    const { twin, ask } = await tenant({ users: 4 });
    const id = twin.control.userAt(0).id;
    twin.control.changeRisk((user) => user.id === id, { riskDetail: 'microsoftRevokedSessions', riskLevel: 'extreme' });
    const plain = await ask('GET', `${risky}/${id}`);
    expect(plain.body).toMatchObject({ riskDetail: 'unknownFutureValue', riskLevel: 'unknownFutureValue' });
    const headers = { Prefer: 'include-unknown-enum-members' };
    const named = await ask('GET', `${risky}/${id}`, { headers });
    expect(named.body).toMatchObject({ riskDetail: 'microsoftRevokedSessions', riskLevel: 'extreme' });
    expect(named.headers.get('preference-applied')).toBe('include-unknown-enum-members');
  });
});

describe('history and detections', () => {
  const dates = (rows: readonly Row[], name: string) => rows.map((row) => String(row[name]));

  it('history is in order, of that user, within 90 days, and grows with each change', async () => {
    const { twin, ask } = await tenant({ riskDelayMs: 0 });
    const recent = users(twin).find(
      (u) => u.riskLastUpdatedDateTime > new Date(START - DAY).toISOString() && !u.isDeleted,
    );
    const id = recent?.id ?? '';
    const before = (await ask('GET', `${risky}/${id}/history`)).body.value;
    expect(before.every((item) => item.userId === id)).toBe(true);
    expect(dates(before, 'riskLastUpdatedDateTime')).toEqual(dates(before, 'riskLastUpdatedDateTime').toSorted());
    await ask('POST', `${risky}/dismiss`, { body: { userIds: [id] } });
    const after = (await ask('GET', `${risky}/${id}/history`)).body.value;
    expect(after.at(-1)).toMatchObject({ riskState: 'dismissed', riskDetail: 'adminDismissedAllRiskForUser' });
    twin.control.advance(91 * DAY);
    const later = asker(twin.fetch, await tokenOf(twin));
    expect((await later('GET', `${risky}/${id}/history`)).body.value).toEqual([]);
  });

  it("detections are one user's, newest first, at most 500 a page", async () => {
    const { twin, ask } = await tenant();
    const path = '/identityProtection/riskDetections';
    const { rows } = await all(ask, `${path}?$top=500`);
    expect(rows.length).toBeGreaterThan(500);
    expect(new Set(ids(rows)).size).toBe(rows.length);
    expect((await ask('GET', path)).body.value).toHaveLength(20);
    expect((await ask('GET', `${path}?$top=501`)).status).toBe(400);
    const id = String(rows[10]?.userId);
    const own = (await ask('GET', `${path}?$filter=userId eq '${id}'`)).body.value;
    expect(ids(own)).toEqual(ids(rows.filter((row) => row.userId === id)));
    expect(dates(own, 'detectedDateTime')).toEqual(dates(own, 'detectedDateTime').toSorted().toReversed());
    expect((await ask('GET', `${path}?$filter=userId eq 'nobody'`)).body.value).toEqual([]);
    expect(Date.parse(String(own[0]?.detectedDateTime))).toBeGreaterThan(START - 90 * DAY);
    expect(twin.control.requests['riskDetections.list']).toBeGreaterThan(4);
  });
});
