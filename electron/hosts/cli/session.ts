/**
 * Opens the core for one command and closes it afterwards. Everything heavy (zod, oRPC, SQLite, sign-in) is loaded
 * here, at the moment of need, so that help, version and usage errors stay instant.
 */
import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../../shared/contract/contract.ts';
import { nodeOutside } from '../../adapters/outside.ts';
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
  const [{ openCore }, { createRouterClient }, { nodeTransport }, { machinePorts }, { openInBrowser }, log] =
    await Promise.all([
      import('../../core/core.ts'),
      import('@orpc/server'),
      import('../../adapters/network.ts'),
      import('../../adapters/machine.ts'),
      import('../../adapters/openInBrowser.ts'),
      openLog(options.dataDir),
    ]);
  takeProxyFrom(process.env);
  const core = await openCore({
    dataDir: options.dataDir,
    ...machinePorts({ transport: nodeTransport(), log, prompt: async (address) => openInBrowser(address) }),
    host: 'cli',
    outside: options.outside ?? nodeOutside(),
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
