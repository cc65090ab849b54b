/** Documentation rots unless a test reads it: settings, rules, permissions, actions, contract and dependencies. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { settingKeys } from '../../electron/core/config/settings.ts';
import { featurePermissions } from '../../electron/core/graph/permissions.ts';
import { contract } from '../../shared/contract/contract.ts';
import { actionKinds, inverseOf } from '../../shared/model/action.ts';
import { errorCodes } from '../../shared/model/errors.ts';
import { skipReasons } from '../../shared/model/plan.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { fields } from '../../shared/rules/fields.ts';
import { operators } from '../../shared/rules/schema.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** First cells of the table rows of a page: the code-quoted name of each. */
function rowsOf(page: string): ReadonlyMap<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (const line of read(page).split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const name = /^`([^`]+)`$/.exec(cells[1] ?? '')?.[1];
    if (name !== undefined) rows.set(name, cells.slice(2, -1));
  }
  return rows;
}

describe('the documentation', () => {
  it('lists every setting with its default', () => {
    const rows = rowsOf('docs/settings.md');
    expect([...rows.keys()]).toEqual(settingKeys());
    for (const [key, [shown]] of rows) {
      const [top = '', name = ''] = key.split('.');
      const group = (defaultSettings as Record<string, Record<string, unknown>>)[top];
      expect(`${key} ${shown}`).toBe(`${key} ${JSON.stringify(group?.[name])}`);
    }
  });

  it('lists every field of a rule under its name', () => {
    const rows = rowsOf('docs/rules.md');
    expect([...rows].map(([name, [label]]) => [name, label])).toEqual(fields.map(({ name, label }) => [name, label]));
  });

  it('lists every operator', () => {
    const section = read('docs/rules.md').split('## Operators')[1]?.split('##')[0] ?? '';
    for (const operator of operators) expect(section).toContain(`\`${operator}\``);
  });

  it('lists every permission', () => {
    const listed = [...read('docs/permissions.md').matchAll(/^\| [^|]+ \| `([A-Za-z.-]+)` \|$/gm)].map(
      ([, name]) => name,
    );
    expect(listed.sort()).toEqual(Object.values(featurePermissions).sort());
  });

  it('lists every kind of action and its inverse, and every reason to skip', () => {
    const page = read('docs/actions.md');
    const rows = rowsOf('docs/actions.md');
    for (const kind of actionKinds) {
      expect(`${kind}: ${rows.get(kind)?.[1]}`).toBe(
        `${kind}: ${inverseOf(kind) === null ? 'none' : `\`${inverseOf(kind)}\``}`,
      );
    }
    for (const reason of skipReasons) expect(page).toContain(`\`${reason}\``);
  });

  it('lists the whole contract and every error code', () => {
    const rows = rowsOf('docs/contract.md');
    for (const [group, procedures] of Object.entries(contract)) {
      const names = [...(rows.get(group)?.[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
      expect([group, names.sort()]).toEqual([group, Object.keys(procedures).sort()]);
    }
    const codes = [...rows.keys()].filter((name) => !(name in contract));
    expect(codes).toEqual([...errorCodes]);
  });

  it('names every dependency with its reason', () => {
    const { dependencies, optionalDependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const section = read('ARCHITECTURE.md').split('## Dependencies')[1] ?? '';
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies })) {
      if (name.startsWith('@types/')) continue;
      const short = name.replace(/^@orpc\/(server|client)$/, '$1');
      expect(section).toMatch(new RegExp(`[|, ]${short.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}[, ]`));
    }
  });

  it('has a changelog that begins with this version', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(/^## (\S+)$/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  });
});
