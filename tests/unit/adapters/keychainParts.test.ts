/** Long values survive a keychain whose entries are as small as Windows' are, and leave nothing behind. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inParts } from '../../../electron/adapters/keychainParts.ts';

/** CRED_MAX_CREDENTIAL_BLOB_SIZE. */
const windowsBytes = 2_560;

function smallEntries() {
  const kept = new Map<string, string>();
  const entries = {
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: string) => {
      if (Buffer.byteLength(value) > windowsBytes) throw new Error('The stub received bad data.');
      kept.set(key, value);
    },
    delete: async (key: string) => {
      kept.delete(key);
    },
  };
  return { kept, store: inParts(entries) };
}

it('gives back what was kept, of any length, whatever was there before; deleting leaves nothing', async () => {
  const text = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6_000 }));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (values) => {
      const { kept, store } = smallEntries();
      for (const value of values) {
        await store.set('sign-in:1', value);
        expect(await store.get('sign-in:1')).toBe(value);
      }
      await store.delete('sign-in:1');
      expect([...kept]).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('a value that was cut off while it was written counts as absent', async () => {
  const { kept, store } = smallEntries();
  await store.set('sign-in:1', 'a'.repeat(5_000));
  await store.set('sign-in:2', 'short');
  kept.set('sign-in:1#2', 'b'.repeat(2_000));
  expect(await store.get('sign-in:1')).toBeNull();
  kept.delete('sign-in:1#3');
  expect(await store.get('sign-in:1')).toBeNull();
  expect(await store.get('sign-in:2')).toBe('short');
});

it('a short secret stands as it is: what older versions kept is still read', async () => {
  const { kept, store } = smallEntries();
  await store.set('connection:1', 'plain~secret');
  expect([...kept]).toEqual([['connection:1', 'plain~secret']]);
});
