/**
 * The commands of the pages work as they stand there: every line `npm run -s cli -- …` of a fenced block is run in its order
 * against a served tenant. What a reader fills in (`<plan id>`) is filled in from the answers before.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOutput } from '../../electron/hosts/cli/output.ts';
import { buildProgram } from '../../electron/hosts/cli/program.ts';
import { desk, documentOf, highRisk, serveTwinChild, type TwinChild } from './harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const prefix = 'npm run -s cli -- ';
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** Words as a POSIX shell makes them of a line without variables; a comment ends it. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/'[^']*'|"[^"]*"|<[^>]*>|#.*$|[^\s'"<]+/g) ?? [];
  return words.filter((word) => !word.startsWith('#')).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
}

function commandsOf(page: string): readonly (readonly string[])[] {
  const blocks = [...read(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.split('\n')).filter((line) => line.startsWith(prefix));
  return lines.map((line) => wordsOf(line.slice(prefix.length)));
}

let twin: TwinChild;
beforeAll(async () => {
  twin = await serveTwinChild('--users', '600', '--faults', '0', '--delay', '1');
});
afterAll(async () => {
  await twin.stop();
});

describe('the commands of', () => {
  it.each(['README.md', 'docs/admin.md'])('%s work in their order', async (page) => {
    const [here, elsewhere] = [desk(twin), desk(twin)];
    const filled = new Map([
      ['<application id>', twin.client],
      ['<plan id>', ''],
      ['<count>', ''],
    ]);
    const commands = commandsOf(page);
    expect(commands.length).toBeGreaterThan(3);
    // Whoever follows the administrator's guide has a rule already.
    if (page === 'docs/admin.md') await here.json(['rule', 'add', 'High', '--query', highRisk]);
    for (const command of commands) {
      const words = command.map((word) => filled.get(word) ?? word);
      const [group, name] = words;
      const address = ['--authority-url', twin.authorityUrl, '--graph-url', twin.graphUrl];
      // What was exported on one machine is imported on another.
      const { run } = group === 'rule' && name === 'import' ? elsewhere : here;
      const all = [...words, ...(group === 'connection' && name === 'add' ? address : []), '--json'];
      const outcome = await run(all, { cwd: here.dir, env: { RISKDESK_SECRET: twin.secret } });
      expect(`${outcome.code} ${words.join(' ')} ${outcome.code === 0 ? '' : outcome.stdout}`).toBe(
        `0 ${words.join(' ')} `,
      );
      if (name !== 'plan') continue;
      const plan = documentOf(outcome) as { readonly planId: string; readonly counts: { readonly act: number } };
      filled.set('<plan id>', plan.planId).set('<count>', String(plan.counts.act));
    }
    if (page === 'README.md') expect(filled.get('<plan id>')).not.toBe('');
    for (const { remove } of [here, elsewhere]) remove();
  });
});

describe('commands elsewhere on the pages', () => {
  const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))].map((name) =>
    name === 'README.md' ? name : `docs/${name}`,
  );
  const inline = pages.flatMap((page) =>
    [
      ...read(page).matchAll(/(?:npm run -s cli --|riskdesk-cli|riskdesk --cli) ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/gm),
    ].map(([whole, group = '', name]) => ({ page, whole, group, name })),
  );

  it('name commands that exist', async () => {
    expect(inline.length).toBeGreaterThan(5);
    for (const { page, whole, group, name } of inline) {
      const { program } = await buildProgram(makeOutput(false), [group]);
      const found = program.commands.find((command) => command.name() === group);
      expect(found, `${whole} in ${page}`).toBeDefined();
      const below = found?.commands.map((command) => command.name()) ?? [];
      if (below.length > 0) expect(below, `${whole} in ${page}`).toContain(name);
    }
  });
});
