/** What a core needs besides its folder, for programs that measure or serve it: the real network, and no keychain. */
import { newId, systemClock } from '../../electron/adapters/clock.ts';
import { nodeTransport } from '../../electron/adapters/network.ts';
import { nodeOutside } from '../../electron/adapters/outside.ts';
import { makeTokenSource } from '../../electron/adapters/signIn.ts';
import type { CredentialStore } from '../../electron/core/ports.ts';

/** What a machine without a keychain offers: nothing, with the reason. The real keychain has tests of its own. */
export const noKeychain: CredentialStore = {
  available: async () => ({ ok: false, why: 'this test runs without a keychain' }),
  get: async () => null,
  set: async () => undefined,
  delete: async () => undefined,
};

/** `environment`: where secrets are read. SQLite runs in threads of its own, and actions are allowed. */
export function corePorts(environment: NodeJS.ProcessEnv) {
  const transport = nodeTransport();
  const log = () => undefined;
  return {
    version: '0.0.0-test',
    platform: process.platform,
    transport,
    makeTokenSource: makeTokenSource({ transport, clock: systemClock, log }),
    credentials: noKeychain,
    outside: nodeOutside(environment),
    clock: systemClock,
    newId,
    log,
    notify: () => undefined,
    workers: true,
    readOnly: null,
  };
}
