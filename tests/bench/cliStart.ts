/**
 * How long a command takes that has next to nothing to do, as a person starts it: `npm run -s cli -- …` from source, on a
 * data folder that exists. The median of ten, after one that fills Node's compile cache.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile, report } from './report.ts';

const repeats = 10;
const commands: readonly (readonly string[])[] = [
  ['--help'],
  ['connection', 'list'],
  ['users', 'list', '--json'],
  ['scores', 'histogram', '--json'],
  ['rule', 'list'],
  ['action', 'list'],
  ['journal', 'list'],
  ['settings', 'show'],
];

const dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-bench-'));
try {
  for (const command of commands) {
    const folder = command[0] === '--help' ? [] : ['--data-dir', dataDir];
    const once = (): number => {
      const began = performance.now();
      const { status } = spawnSync('npm', ['run', '-s', 'cli', '--', ...command, ...folder], {
        stdio: 'ignore',
        shell: process.platform === 'win32',
      });
      if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}.`);
      return performance.now() - began;
    };
    once();
    const took = Array.from({ length: repeats }, once);
    report({
      what: `command: ${command.join(' ')}, median`,
      users: 0,
      value: percentile(took, 0.5),
      unit: 'ms',
      budget: 500,
    });
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
