/** A twin in a process of its own, so that what is measured shares neither its heap nor its event loop. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type TwinProcess = {
  readonly url: string;
  readonly authorityUrl: string;
  readonly graphUrl: string;
  readonly tenant: string;
  readonly client: string;
  readonly secret: string;
  close(): Promise<void>;
};

/** Starts `serve-twin` and resolves when it answers. */
export async function startTwin(users: number, ...more: readonly string[]): Promise<TwinProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['electron/hosts/cli/main.mjs', 'serve-twin', '--users', String(users), '--json', ...more],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (child.stdout === null) throw new Error('The twin has no standard output.');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    try {
      const served = JSON.parse(lines.join('\n')) as Omit<TwinProcess, 'close'>;
      return {
        ...served,
        close: async () => {
          child.kill('SIGTERM');
          await once(child, 'exit');
        },
      };
    } catch {
      // The document goes on in the next line.
    }
  }
  throw new Error('The twin ended before it answered.');
}
