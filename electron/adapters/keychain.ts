/**
 * The OS keychain (Windows Credential Manager, macOS Keychain, Secret Service) by keytar, which is an optional dependency:
 * where it or a keychain is missing, that is said, and the caller keeps the secret for the running app only. Leaves out any
 * file of our own as a substitute.
 */
import { RiskdeskError } from '../../shared/model/errors.ts';
import type { CredentialStore } from '../core/ports.ts';
import { type Entries, inParts } from './keychainParts.ts';

/** The part of keytar that is used; also what a test may stand in for. */
export type Keytar = {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
};

const serviceName = 'Riskdesk';
const probe = 'probe';

/**
 * @param options.probeMs how long `available` waits; `callMs` how long a call does (a person may have to unlock the
 * keychain first). Nothing waits for ever: after that it rejects with `keychain-unavailable`.
 */
export function createKeychain(
  options: {
    readonly load?: () => Promise<Keytar>;
    readonly probeMs?: number;
    readonly callMs?: number;
    readonly platform?: NodeJS.Platform;
  } = {},
): CredentialStore {
  const { load = loadKeytar, probeMs = 3000, callMs = 30_000, platform = process.platform } = options;
  // A Secret Service that D-Bus has just started answers every question with "nothing" and can keep nothing, because it
  // has no unlocked collection: only writing tells. Elsewhere reading does, and asks nobody for permission.
  const writes = platform === 'linux';
  let loading: Promise<Keytar> | null = null;
  const keytar = (): Promise<Keytar> => {
    loading ??= load();
    return loading;
  };

  async function call<T>(ms: number, what: string, act: (keys: Keytar) => Promise<T>): Promise<T> {
    try {
      return await within(ms, keytar().then(act));
    } catch (error) {
      throw unavailable(what, error);
    }
  }

  return {
    async available() {
      try {
        await call(probeMs, 'used', writes ? writeProbe : readProbe);
        return { ok: true };
      } catch (error) {
        return { ok: false, why: error instanceof RiskdeskError ? error.message : 'The keychain did not answer.' };
      }
    },
    get: (key) => call(callMs, 'read', (keys) => partsOf(keys).get(key)),
    set: (key, value) => call(callMs, 'written', (keys) => partsOf(keys).set(key, value)),
    delete: (key) => call(callMs, 'written', (keys) => partsOf(keys).delete(key)),
  };
}

function partsOf(keys: Keytar): Entries {
  return inParts({
    get: (key) => keys.getPassword(serviceName, key),
    set: (key, value) => keys.setPassword(serviceName, key, value),
    async delete(key) {
      await keys.deletePassword(serviceName, key);
    },
  });
}

async function readProbe(keys: Keytar): Promise<void> {
  await keys.getPassword(serviceName, probe);
}

async function writeProbe(keys: Keytar): Promise<void> {
  await keys.setPassword(serviceName, probe, probe);
  await keys.deletePassword(serviceName, probe);
}

async function loadKeytar(): Promise<Keytar> {
  const module: { readonly default?: Keytar } & Partial<Keytar> = await import('keytar');
  const keys = module.default ?? module;
  const { getPassword, setPassword, deletePassword } = keys;
  if (!getPassword || !setPassword || !deletePassword) throw new Error('keytar has no functions');
  return { getPassword, setPassword, deletePassword };
}

class TooSlow extends Error {}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooSlow()), ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Says why in words; the library's own text is not passed on, only recognised. */
function unavailable(what: string, error: unknown): RiskdeskError {
  const text = error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : '';
  const [why, cure] = explain(text, error instanceof TooSlow);
  return new RiskdeskError('keychain-unavailable', `The keychain could not be ${what}: ${why}.`, { cure });
}

const keepInstead = 'Until then secrets are kept for this run only, or named by --secret-env.';

function explain(text: string, slow: boolean): readonly [string, string] {
  if (slow) return ['it did not answer in time', `Unlock the keychain, then try again. ${keepInstead}`];
  if (/libsecret|cannot open shared object/i.test(text)) {
    return ['the library libsecret is not installed', `On Debian: apt-get install libsecret-1-0. ${keepInstead}`];
  }
  if (/MODULE_NOT_FOUND|Cannot find (module|package)/i.test(text)) {
    return ['keytar is not installed', `Install libsecret-1-dev, then run npm ci again. ${keepInstead}`];
  }
  if (/D-?Bus|dbus|autolaunch|Could not connect/i.test(text)) {
    return [
      'this session has no D-Bus',
      `Start the app in a desktop session, or below dbus-run-session. ${keepInstead}`,
    ];
  }
  if (/does not exist|ServiceUnknown|not provided by any/i.test(text)) {
    return [
      'no Secret Service with an unlocked keyring is running',
      `Start and unlock gnome-keyring or KWallet. ${keepInstead}`,
    ];
  }
  if (/locked|dismissed|cancel|denied|not allowed|interaction/i.test(text)) {
    return ['it is locked, or access was denied', `Unlock the keychain and allow access. ${keepInstead}`];
  }
  return ['the system refused', `Check that the keychain works for other programs. ${keepInstead}`];
}
