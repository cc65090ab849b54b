/** A keychain in memory, for tests that look at what was put into it. The real one has tests of its own. */
import type { CredentialStore } from '../../electron/core/ports.ts';

export function memoryKeychain(): CredentialStore & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    available: async () => ({ ok: true }),
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => {
      kept.set(key, value);
    },
    delete: async (key) => {
      kept.delete(key);
    },
  };
}
