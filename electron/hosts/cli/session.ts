/**
 * Opens the core for one command and closes it afterwards. Everything heavy (zod, oRPC, SQLite, sign-in) is loaded
 * here, at the moment of need, so that help, version and usage errors stay instant.
 */
import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../../shared/contract/contract.ts';
import { accountName } from '../../adapters/account.ts';
import { nodeOutside } from '../../adapters/outside.ts';
import { readBuild, readVersion } from '../../adapters/version.ts';
import type { Log, OutsideSecrets } from '../../core/ports.ts';
import { takeProxyFrom } from './proxy.ts';

/** The core as the contract describes it. Fails with the closed list of errors. */
export type Client = ContractRouterClient<Contract>;

export type SessionOptions = {
  readonly dataDir: string;
  /** True for work that writes much (sync, runs): SQLite gets threads of its own. A single question is faster without. */
  readonly workers: boolean;
  /** True for a command that stays open and keeps the schedule meanwhile. */
  readonly scheduler?: boolean | undefined;
  /** Where secrets are read that the user keeps outside; the environment and the disk by default. */
  readonly outside?: OutsideSecrets | undefined;
};

/** Opens the core on the data folder, hands its client to `use`, and closes it whatever happens. */
export async function withCore<T>(options: SessionOptions, use: (client: Client) => Promise<T>): Promise<T> {
  const [
    { openCore },
    { createRouterClient },
    network,
    signIn,
    interactive,
    browser,
    keychain,
    { newId, systemClock },
    log,
  ] = await Promise.all([
    import('../../core/core.ts'),
    import('@orpc/server'),
    import('../../adapters/network.ts'),
    import('../../adapters/signIn.ts'),
    import('../../adapters/signInInteractive.ts'),
    import('../../adapters/openInBrowser.ts'),
    import('../../adapters/keychain.ts'),
    import('../../adapters/clock.ts'),
    openLog(options.dataDir),
  ]);
  takeProxyFrom(process.env);
  const transport = network.nodeTransport();
  const core = await openCore({
    dataDir: options.dataDir,
    version: readVersion(),
    build: readBuild(),
    host: 'cli',
    platform: process.platform,
    who: accountName(),
    transport,
    makeTokenSource: signIn.makeTokenSource({ transport, clock: systemClock, log }),
    interactiveSignIn: interactive.makeInteractiveSignIn({
      transport,
      clock: systemClock,
      log,
      prompt: async (address) => browser.openInBrowser(address),
    }),
    credentials: keychain.createKeychain(),
    outside: options.outside ?? nodeOutside(),
    clock: systemClock,
    newId,
    log,
    notify: () => {},
    workers: options.workers,
    workerUrl: import.meta.url.endsWith('.ts') ? undefined : new URL('../storeWorker.js', import.meta.url),
    readOnly: null,
    scheduler: options.scheduler,
  });
  try {
    return await use(createRouterClient(core.router, { context: {} }));
  } finally {
    await core.close();
  }
}

/** Puts an error that nobody expected into the log of the data folder, where a person can find and report it. */
export async function logDefect(dataDir: string, error: unknown): Promise<void> {
  const log = await openLog(dataDir);
  log('error', 'cli.defect', { error });
}

async function openLog(dataDir: string): Promise<Log> {
  const [{ createLogFile }, { systemClock }] = await Promise.all([
    import('../../adapters/logFile.ts'),
    import('../../adapters/clock.ts'),
  ]);
  return createLogFile({ dir: join(dataDir, 'logs'), clock: systemClock }).log;
}
