/** Starts `tests/harness/syncChild.ts` on the data folder of a scene, with its core closed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { twinDefaults } from '../../../electron/twin/options.ts';
import type { SyncReport } from '../../../shared/model/sync.ts';

const script = fileURLToPath(new URL('../../harness/syncChild.ts', import.meta.url));
const variable = 'RISKDESK_TEST_SECRET';

export type SyncProcess = {
  readonly process: ChildProcess;
  /** Resolves when the core is open. */
  readonly started: Promise<void>;
  /** Resolves when the process ended: its report, or null when it was killed before it had one. */
  readonly ended: Promise<{
    readonly report: SyncReport | null;
    readonly errors: string;
    readonly code: number | null;
  }>;
};

export function startSync(
  dataDir: string,
  options: { readonly full?: boolean; readonly workers?: boolean } = {},
): SyncProcess {
  const { full = false, workers = false } = options;
  const job = { dataDir, connection: 'contoso', full, workers, variable };
  const child = spawn(process.execPath, [script, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, [variable]: twinDefaults.secret },
  });
  let out = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const started = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('started')) resolve();
    });
    child.once('close', () => resolve());
  });
  const ended = new Promise<Awaited<SyncProcess['ended']>>((resolve) => {
    child.once('close', (code) => {
      const line = out.split('\n').find((one) => one.startsWith('{'));
      resolve({ report: line === undefined ? null : (JSON.parse(line) as SyncReport), errors, code });
    });
  });
  return { process: child, started, ended };
}
