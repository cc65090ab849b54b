/** Search finds what a person sees: parts of names, literally, whatever their length or letters. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUsers } from '../../../electron/core/query/count.ts';
import { compileFilter } from '../../../electron/core/query/filter.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import { objectId, syncPages, userNumber } from '../../store/harness.ts';
import { context, everybody, storeWith } from './fixture.ts';

const pieces = [
  'a',
  'b',
  'An',
  'na',
  '%',
  '_',
  '"',
  "'",
  '*',
  ' ',
  'NEAR',
  ' OR ',
  '(',
  '#EXT#',
  'é',
  'e\u0301',
  'ß',
  'İ',
  '😀',
  '\ud83d',
  '@',
  '.',
  '-',
  '\u0001',
  '\0',
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''));
const name = fc.option(text, { nil: null });

/** What the store keeps of a text, folded. */
function kept(value: string | null): string | null {
  return value === null ? null : fold(value.toWellFormed().replaceAll('\0', '\ufffd').replaceAll('\u0001', '\ufffd'));
}

describe('search', () => {
  it('finds exactly the users whose UPN or display name holds the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 30 }),
        fc.array(text, { minLength: 1, maxLength: 12 }),
        async (people, needles) => {
          const users = people.map(([userPrincipalName, displayName], n) =>
            userNumber(n, { userPrincipalName, displayName }),
          );
          const store = await storeWith(users);
          for (const needle of needles) {
            const found = await everybody(store, { search: needle });
            const wanted = fold(needle.trim().toWellFormed());
            const naive = users
              .filter((user) =>
                [user.userPrincipalName, user.displayName].some((each) => kept(each)?.includes(wanted) === true),
              )
              .map(({ objectId: id }) => id);
            const expected = wanted === '' ? users.map(({ objectId: id }) => id) : naive;
            expect(found.map(({ id }) => id).sort(), JSON.stringify(needle)).toEqual(expected.sort());
            expect(await countUsers(store.reader, { search: needle }, context)).toBe(expected.length);
          }
          await store.close();
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it('finds the same by reading text as by the trigram index', async () => {
    const users = [
      userNumber(1, { displayName: 'Ann' }),
      userNumber(2, { displayName: 'Zoë' }),
      userNumber(3, { userPrincipalName: null, displayName: 'zo' }),
    ];
    const store = await storeWith(users);
    for (const search of ['ann', 'o', 'zo', 'oë', 'user1@', 'nothing', '1']) {
      const { indexed, scanned } = await compileFilter(store.reader, { search }, context);
      const [ids, same] = await Promise.all(
        [indexed, scanned].map((conditions) =>
          store.reader.all(
            `SELECT u.id FROM risky_user u JOIN user_text t ON t.id = u.id WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
            conditions.flatMap(({ params }) => params),
          ),
        ),
      );
      expect(ids, search).toEqual(same);
    }
  });

  it('finds an object id, whole and in any case, and no part of one', async () => {
    const id = 'abcdef00-1111-4000-8000-000000000001';
    const store = await storeWith([userNumber(1, { objectId: id }), userNumber(2)]);
    expect((await everybody(store, { search: ` ${id.toUpperCase()} ` })).map((user) => user.id)).toEqual([id]);
    expect(await everybody(store, { search: id.slice(0, 20) })).toEqual([]);
    expect(await countUsers(store.reader, { search: id }, context)).toBe(1);
  });

  it('counts a user once who is found by id and by name', async () => {
    const store = await storeWith([
      userNumber(1, { objectId: 'anna' }),
      userNumber(2, { displayName: 'Anna' }),
      userNumber(3, { objectId: 'an', displayName: 'An' }),
    ]);
    expect(await countUsers(store.reader, { search: 'anna' }, context)).toBe(2);
    expect(await countUsers(store.reader, { search: 'an' }, context)).toBe(2);
  });

  it('finds nobody who is gone, and only the name that a user has now', async () => {
    const store = await storeWith([userNumber(1), userNumber(2, { displayName: 'Old name' })]);
    await syncPages(store, 1, [[userNumber(2, { displayName: 'New name' })]]);
    expect(await everybody(store, { search: 'user1' })).toEqual([]);
    expect(await everybody(store, { search: objectId(1) })).toEqual([]);
    expect(await everybody(store, { search: 'old name' })).toEqual([]);
    expect(await everybody(store, { search: 'new' })).toHaveLength(1);
  });

  it('works while the first sync is under way', async () => {
    const store = await storeWith([]);
    const { syncId } = await store.writer.startSync({ connection: 1, kind: 'full', since: null, now: 0 });
    const page = {
      syncId,
      users: [userNumber(1), userNumber(2)],
      nextLink: 'x',
      skipped: 0,
      repaired: 0,
      examples: [],
      requests: 0,
      throttled: 0,
      durationMs: 0,
      now: 0,
    };
    await store.writer.writePage(page);
    expect(await everybody(store, { search: 'user2' })).toHaveLength(1);
    expect(await everybody(store, { search: objectId(1) })).toHaveLength(1);
    expect(await everybody(store, { search: 'u' })).toHaveLength(2);
  });
});
