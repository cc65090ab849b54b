/** The workflows: what they call exists, actions are pinned, rights are the least, Node is the one of the lock file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signingVariables } from '../../scripts/pack/signing.ts';
import { readYaml } from '../../scripts/release/yaml.ts';

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
};
type Job = {
  readonly steps: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: {
    readonly matrix: { readonly include?: readonly { readonly os: string; readonly arch: string }[] };
  };
};
type Workflow = { readonly permissions: unknown; readonly jobs: Readonly<Record<string, Job>> };

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const { scripts, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'scripts' | 'devDependencies',
  Record<string, string>
>;
const workflows = readdirSync(folder).map((name): [string, Workflow] => [
  name,
  readYaml(readFileSync(join(folder, name), 'utf8')) as Workflow,
]);
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

describe.each(workflows)('%s', (name, workflow) => {
  const steps = stepsOf(workflow);

  it('calls npm scripts and files that exist', () => {
    const commands = steps.flatMap(({ run }) => run ?? []).join('\n');
    for (const [, script = ''] of commands.matchAll(/npm run (?:-s )?([\w:]+)/g))
      expect(scripts).toHaveProperty([script]);
    for (const [, file = ''] of commands.matchAll(/node ((?:scripts|node_modules)\/\S+)/g)) {
      expect([file, existsSync(join(root, file))]).toEqual([file, true]);
    }
    if (/\bnpm test\b/.test(commands)) expect(scripts).toHaveProperty('test');
  });

  it('pins every action to a commit, with the version beside it', () => {
    const text = readFileSync(join(folder, name), 'utf8');
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    expect(text.match(/uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm)).toHaveLength(used.length);
  });

  it('runs the Node that the lock file has', () => {
    const nodes = steps.filter(({ uses }) => uses?.startsWith('actions/setup-node@'));
    expect(nodes.length).toBeGreaterThan(0);
    for (const step of nodes) expect(step.with?.['node-version']).toBe(devDependencies.node);
  });

  it('has the least rights, keeps no credentials, and ends', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [job, { permissions, ...rest }] of Object.entries(workflow.jobs)) {
      expect([job, permissions]).toEqual([
        job,
        job === 'publish' ? { contents: 'write', 'id-token': 'write', attestations: 'write' } : undefined,
      ]);
      expect(rest['timeout-minutes']).toBeGreaterThan(0);
    }
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step.with).toMatchObject({ 'persist-credentials': false });
    }
  });

  it('puts nothing that somebody else may write into a shell', () => {
    for (const { run } of steps) {
      const spliced = [...(run ?? '').matchAll(/\$\{\{\s*([^}]+?)\s*\}\}/g)].map(([, expression = '']) => expression);
      for (const expression of spliced) expect(expression).toMatch(/^matrix\./);
    }
  });
});

describe('release.yml', () => {
  const release = workflows.find(([name]) => name === 'release.yml')?.[1];
  const steps = release === undefined ? [] : stepsOf(release);

  it('hands every signing variable to the packing step, and no other secret to anything else', () => {
    const packing = steps.find(({ run }) => run?.startsWith('npm run pack '));
    const elsewhere = ['APPLE_API_KEY', 'APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'];
    for (const name of signingVariables) {
      if (!elsewhere.includes(name)) expect(packing?.env).toHaveProperty(name);
    }
    const holders = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(holders.length).toBe(2);
  });

  it('packs each platform and processor on a machine of its own', () => {
    const matrix = release?.jobs.pack?.strategy?.matrix.include ?? [];
    const kinds = matrix.map(({ os, arch }) => `${os.split('-')[0]} ${arch}`);
    expect(kinds.sort()).toEqual([
      'macos arm64',
      'macos x64',
      'ubuntu arm64',
      'ubuntu x64',
      'windows arm64',
      'windows x64',
    ]);
  });
});
