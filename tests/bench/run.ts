/**
 * `npm run bench`: the budgets of the design as a table, and as JSON in bench-results/. Each measurement is a process of
 * its own; ratios compare figures of one run. `--quick` uses smaller tenants. Exits with 1 when a budget is missed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Figure } from './report.ts';

const quick = process.argv.includes('--quick');
const sizes = quick ? [20_000] : [200_000, 1_000_000];

const plan: readonly (readonly [script: string, ...args: string[]])[] = [
  ['cliStart'],
  ...sizes.flatMap((users) => [
    ['syncSpeed', String(users), users > 500_000 ? '1' : '3'] as const,
    ['changedSync', String(users)] as const,
    ['store/bench', String(users)] as const,
    ['servingThread', String(users)] as const,
    ['window/window', String(users)] as const,
  ]),
  ['groupRun', String(sizes[0])],
  ['pacedSync', quick ? '20' : '60'],
];

const figures: (Figure & { readonly script: string })[] = [];
let failed = false;
for (const [script, ...args] of plan) {
  process.stderr.write(`${script} ${args.join(' ')}\n`);
  const { stdout, status } = spawnSync(process.execPath, [...process.execArgv, `tests/bench/${script}.ts`, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 16 * 1024 * 1024,
  });
  if (status !== 0) {
    failed = true;
    process.stderr.write(`${script} ended with ${status}\n`);
  }
  for (const line of stdout.split('\n')) {
    if (line.startsWith('{')) figures.push({ script, ...(JSON.parse(line) as Figure) });
  }
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const rows = figures.map(({ what, users, value, unit, budget }) => {
  const verdict = budget === null ? '' : value <= budget ? 'fits' : 'MISSED';
  return [
    what,
    number.format(users),
    `${number.format(value)} ${unit}`,
    budget === null ? '' : `<= ${number.format(budget)}`,
    verdict,
  ];
});
const head = ['what', 'users', 'measured', 'budget', ''];
const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
for (const row of [head, ...rows]) {
  process.stdout.write(
    `${row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`,
  );
}
mkdirSync('bench-results', { recursive: true });
const machine = {
  cpus: cpus().length,
  model: cpus()[0]?.model,
  memoryGB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
};
writeFileSync(
  'bench-results/latest.json',
  `${JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2)}\n`,
);
const missed = figures.filter(({ value, budget }) => budget !== null && value > budget);
process.exitCode = failed || missed.length > 0 ? 1 : 0;
