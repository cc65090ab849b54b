/** Breaks every import rule once, in a scratch copy of the folders, and expects the refusal by name. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Rule -> a file that breaks it, and its text. Some are type-only imports, which count. */
const offences: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['shared-is-pure', 'shared/model/zz.ts', `import { join } from 'node:path';\nexport const a = join('a');\n`],
  ['plan-is-pure', 'electron/core/plan/zz.ts', `import type { Clock } from '../ports.ts';\nexport type A = Clock;\n`],
  [
    'rules-are-pure',
    'electron/core/rules/zz.ts',
    `import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n`,
  ],
  [
    'graph-knows-no-store',
    'electron/core/graph/zz.ts',
    `import type { Reader } from '../store/types.ts';\nexport type A = Reader;\n`,
  ],
  [
    'store-knows-no-graph',
    'electron/core/store/zz.ts',
    `import type { GraphCall } from '../graph/types.ts';\nexport type A = GraphCall;\n`,
  ],
  ['sync', 'electron/core/sync/zz.ts', `import { compileSql } from '../rules/sql.ts';\nexport const a = compileSql;\n`],
  [
    'query-reads',
    'electron/core/query/zz.ts',
    `import { writes } from '../store/writes.ts';\nexport const a = writes;\n`,
  ],
  [
    'journal',
    'electron/core/journal/zz.ts',
    `import type { GraphCall } from '../graph/types.ts';\nexport type A = GraphCall;\n`,
  ],
  [
    'execute-knows-no-store',
    'electron/core/execute/zz.ts',
    `import type { Reader } from '../store/types.ts';\nexport type A = Reader;\n`,
  ],
  [
    'directory-knows-no-store',
    'electron/core/directory/zz.ts',
    `import type { Reader } from '../store/types.ts';\nexport type A = Reader;\n`,
  ],
  [
    'schedule',
    'electron/core/schedule/zz.ts',
    `import type { GraphCall } from '../graph/types.ts';\nexport type A = GraphCall;\n`,
  ],
  [
    'config',
    'electron/core/config/zz.ts',
    `import type { GraphCall } from '../graph/types.ts';\nexport type A = GraphCall;\n`,
  ],
  [
    'api-knows-no-store-no-graph',
    'electron/core/api/zz.ts',
    `import type { Reader } from '../store/types.ts';\nexport type A = Reader;\n`,
  ],
  [
    'updates',
    'electron/core/updates/zz.ts',
    `import type { Reader } from '../store/types.ts';\nexport type A = Reader;\n`,
  ],
  [
    'adapters',
    'electron/adapters/zz.ts',
    `import type { Reader } from '../core/store/types.ts';\nexport type A = Reader;\n`,
  ],
  [
    'twin',
    'electron/twin/zz.ts',
    `import type { GraphCall } from '../core/graph/types.ts';\nexport type A = GraphCall;\n`,
  ],
  [
    'hosts-are-thin',
    'electron/hosts/cli/zz.ts',
    `import { compileSql } from '../../core/rules/sql.ts';\nexport const a = compileSql;\n`,
  ],
  [
    'desktop-is-thin',
    'electron/hosts/desktop/zz.ts',
    `import { compileSql } from '../../core/rules/sql.ts';\nexport const a = compileSql;\n`,
  ],
  [
    'core-never-imports-electron',
    'electron/core/api/zz2.ts',
    `import type { App } from 'electron';\nexport type A = App;\n`,
  ],
  [
    'readers-cannot-write',
    'electron/core/query/zz2.ts',
    `import type { Writes } from '../store/writes.ts';\nexport type A = Writes;\n`,
  ],
  [
    'features-do-not-meet',
    'renderer/features/users/zz.ts',
    `import type { A } from '../rules/zz.ts';\nexport type B = A;\n`,
  ],
  [
    'tests-are-not-shipped',
    'electron/core/sync/zz2.ts',
    `import { a } from '../../../tests/zz.ts';\nexport const b = a;\n`,
  ],
  ['no-circular', 'shared/model/zx.ts', `import { a } from './zy.ts';\nexport const b = () => a;\n`],
  ['not-resolved', 'shared/model/zw.ts', `import { b } from './nowhere.ts';\nexport const a = b;\n`],
];
const bystanders: readonly (readonly [file: string, text: string])[] = [
  ['renderer/features/rules/zz.ts', 'export type A = string;\n'],
  ['tests/zz.ts', 'export const a = 1;\n'],
  ['shared/model/zy.ts', `import { b } from './zx.ts';\nexport const a = () => b;\n`],
];

let scratch = '';
let violations: readonly { rule: { name: string }; from: string }[] = [];

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'riskdesk-imports-'));
  for (const name of ['electron', 'shared', 'package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) {
    cpSync(join(root, name), join(scratch, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'), 'junction');
  for (const [file, text] of [...offences.map(([, file, text]) => [file, text] as const), ...bystanders]) {
    mkdirSync(dirname(join(scratch, file)), { recursive: true });
    writeFileSync(join(scratch, file), text);
  }
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout } = spawnSync(
    process.execPath,
    [
      cruiser,
      '--config',
      '.dependency-cruiser.mjs',
      '--no-progress',
      '--output-type',
      'json',
      'electron',
      'shared',
      'renderer',
    ],
    { cwd: scratch, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  violations = (JSON.parse(stdout) as { summary: { violations: typeof violations } }).summary.violations;
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('import rules', () => {
  it.each(offences)('%s refuses %s', (rule, file) => {
    expect(violations.some((violation) => violation.rule.name === rule && violation.from === file)).toBe(true);
  });

  it('refuses nothing but what was broken here', () => {
    const broken = new Set([...offences.map(([, file]) => file), ...bystanders.map(([file]) => file)]);
    expect(violations.filter((violation) => !broken.has(violation.from))).toEqual([]);
  });
});
