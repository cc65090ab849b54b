/** Rows that are not as documented: kept where they can be, told where they cannot, and never the end of a sync. */
import { afterEach, describe, expect, it } from 'vitest';
import { openSyncScene, type SyncScene } from './scene.ts';

let scene: SyncScene;
afterEach(() => scene.close());

const cachedRow = (objectId: string) => scene.cached().find((user) => user.objectId === objectId);

/** Replaces row `index` by itself with `change`; returns its id. */
function corrupt(index: number, change: Readonly<Record<string, unknown>>): string {
  const { id, userPrincipalName, displayName, riskLevel, riskState, riskDetail, riskLastUpdatedDateTime, isDeleted } =
    scene.control.userAt(index);
  scene.control.corruptUser(index, {
    id,
    userPrincipalName,
    userDisplayName: displayName,
    riskLevel,
    riskState,
    riskDetail,
    riskLastUpdatedDateTime,
    isDeleted,
    isProcessing: false,
    ...change,
  });
  return id;
}

describe('a bad row', () => {
  it.each([
    ['without an id', { id: undefined }, 'id is missing'],
    ['with an empty id', { id: '' }, 'id is missing'],
    ['with a null id', { id: null }, 'id is missing'],
    ['with a number for an id', { id: 42 }, 'id is not text'],
  ])('%s is left out and told', async (_name, change, problem) => {
    scene = await openSyncScene({ twin: { users: 700 } });
    const id = corrupt(10, change);
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: true, users: 699, added: 699, skipped: 1, repaired: 0 });
    expect(report.examples).toEqual([`skipped a row: ${problem}`]);
    expect(cachedRow(id)).toBeUndefined();
  });

  it.each([[null], ['text'], [17], [[]]])('that is no object at all (%j) is left out and told', async (row) => {
    scene = await openSyncScene({ twin: { users: 700 } });
    scene.control.corruptUser(699, row);
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: true, users: 699, skipped: 1 });
    expect(report.examples).toEqual(['skipped a row: the row is not an object']);
  });

  it('with fields of wrong types is kept without them, and told', async () => {
    scene = await openSyncScene({ twin: { users: 700 } });
    const id = corrupt(600, { userPrincipalName: 5, riskLevel: ['high'], isDeleted: 'yes', riskState: 'atRisk' });
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: true, users: 700, skipped: 0, repaired: 1 });
    expect(report.examples).toEqual([
      `kept ${id}: userPrincipalName is not text, riskLevel is not text, isDeleted is neither true nor false`,
    ]);
    expect(cachedRow(id)).toMatchObject({ upn: null, level: 'none', state: 'atRisk', score: null });
  });

  it.each(['yesterday', '2026-13-40T00:00:00Z', ''])('with the date %j is kept', async (riskLastUpdatedDateTime) => {
    scene = await openSyncScene({ twin: { users: 600 } });
    const id = corrupt(1, { riskLastUpdatedDateTime });
    expect(await scene.sync()).toMatchObject({ complete: true, users: 600, skipped: 0 });
    expect(cachedRow(id)).toMatchObject({ updated: null });
  });

  it('an unknown enum member survives as it came, and null names are kept', async () => {
    scene = await openSyncScene({ twin: { users: 600 } });
    const odd = corrupt(2, { riskLevel: 'catastrophic', riskState: 'underReview', riskDetail: 'somethingNew' });
    const nameless = corrupt(3, { userPrincipalName: null, userDisplayName: null, riskLevel: 'high' });
    const dated = corrupt(4, { riskLastUpdatedDateTime: '2026-11-20T10:00:00.1234567Z' });
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: true, users: 600, skipped: 0, repaired: 0, examples: [] });
    expect(cachedRow(odd)).toMatchObject({ level: 'catastrophic', state: 'underReview', score: null });
    expect(cachedRow(nameless)).toMatchObject({ upn: null, name: null, score: 375 });
    expect(cachedRow(dated)).toMatchObject({ updated: Date.parse('2026-11-20T10:00:00.123Z') });
  });

  it('examples are at most five, and what was lost stands first', async () => {
    scene = await openSyncScene({ twin: { users: 400 } });
    for (let index = 0; index < 20; index += 1) corrupt(index, { isDeleted: 'no' });
    corrupt(300, { id: null });
    const report = await scene.sync();
    expect(report).toMatchObject({ complete: true, users: 399, skipped: 1, repaired: 20 });
    expect(report.examples).toHaveLength(5);
    expect(report.examples[0]).toBe('skipped a row: id is missing');
  });

  it('a page of nothing else is passed over', async () => {
    scene = await openSyncScene({ twin: { users: 1_500 } });
    for (let index = 500; index < 1_000; index += 1) scene.control.corruptUser(index, { id: null });
    expect(await scene.sync()).toMatchObject({ complete: true, users: 1_000, added: 1_000, skipped: 500, requests: 3 });
    expect(scene.cached()).toHaveLength(1_000);
  });

  it('in an incremental sync is told as well, and the user is not lost', async () => {
    scene = await openSyncScene({ twin: { users: 600 } });
    await scene.sync();
    scene.control.advance(20 * 60_000);
    const [bad, good] = scene.control.changeRisk((user) => user.index < 2, {
      riskLevel: 'high',
      riskDetail: 'generic',
    });
    corrupt(0, { id: null });
    expect(await scene.sync()).toMatchObject({ kind: 'incremental', skipped: 1, changed: 1, users: 600 });
    expect(cachedRow(bad ?? '')).toBeDefined();
    expect(cachedRow(good ?? '')).toMatchObject({ level: 'high' });
  });
});

describe('the same id twice', () => {
  it.each([
    ['in one page', 20],
    ['over two pages', 900],
  ])('%s is one user, as the last row has it', async (_name, index) => {
    scene = await openSyncScene({ twin: { users: 1_000 } });
    const { id } = scene.control.userAt(10);
    corrupt(10, { riskLevel: 'low', userPrincipalName: 'early@contoso.com' });
    corrupt(index, { id: id.toUpperCase(), riskLevel: 'high', userPrincipalName: 'late@contoso.com' });
    for (const kind of ['first', 'second']) {
      const report = await scene.sync({ full: true });
      expect(report).toMatchObject({ complete: true, users: 999, added: kind === 'first' ? 999 : 0, gone: 0 });
      const same = scene.cached().filter(({ objectId }) => objectId.toLowerCase() === id.toLowerCase());
      expect(same).toHaveLength(1);
      expect(same[0]).toMatchObject({ level: 'high', upn: 'late@contoso.com', score: 375 });
    }
  });
});
