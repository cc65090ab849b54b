/** Keychains that are missing, locked, or never answer. A real one is in tests/keyring. */
import { describe, expect, it } from 'vitest';
import { createKeychain, type Keytar } from '../../../electron/adapters/keychain.ts';

const failing = (error: Error): Keytar => ({
  getPassword: () => Promise.reject(error),
  setPassword: () => Promise.reject(error),
  deletePassword: () => Promise.reject(error),
});

describe('without a keychain', () => {
  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', /no D-Bus/],
    ["Object does not exist at path '/org/freedesktop/secrets/collection/login'", /no Secret Service/],
    ['libsecret-1.so.0: cannot open shared object file: No such file or directory', /libsecret/],
    ["Cannot find module 'keytar'", /keytar is not installed/],
    ['Cannot create an item in a locked collection', /locked/],
    ['Prompt dismissed: secret hunter2', /locked/],
    ['User interaction is not allowed.', /locked/],
    ['who knows', /refused/],
  ])('says why: %s', async (text, why) => {
    const keychain = createKeychain({ load: async () => failing(new Error(text)) });
    expect(await keychain.available()).toEqual({ ok: false, why: expect.stringMatching(why) });
    const error = await keychain.set('connection:1', 'hunter2').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'RiskdeskError', code: 'keychain-unavailable', cure: expect.any(String) });
    expect(String(error)).not.toContain('hunter2');
  });
  it('says so when the library itself cannot be loaded', async () => {
    const keychain = createKeychain({ load: () => Promise.reject(new Error("Cannot find package 'keytar'")) });
    expect(await keychain.available()).toMatchObject({ ok: false });
    await expect(keychain.get('x')).rejects.toMatchObject({ code: 'keychain-unavailable' });
  });
  it('never waits for ever', async () => {
    const keys: Keytar = {
      getPassword: () => new Promise(() => {}),
      setPassword: () => new Promise(() => {}),
      deletePassword: () => new Promise(() => {}),
    };
    const keychain = createKeychain({ load: async () => keys, probeMs: 30, callMs: 40 });
    expect(await keychain.available()).toEqual({
      ok: false,
      why: 'The keychain could not be used: it did not answer in time.',
    });
    await expect(keychain.delete('x')).rejects.toMatchObject({ code: 'keychain-unavailable' });
  });
});
