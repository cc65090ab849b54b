/**
 * The import table of the design, as rules. Type-only imports count. `tests/architecture` breaks each rule once on
 * purpose and expects the refusal, so a rule that no longer bites is seen.
 */

/** A rule for one folder: it may reach only what `to` lists (files by path, packages by name). */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: to },
});

const model = '^shared/';
const nodeBuiltIn =
  '^(node:)?(assert|async_hooks|buffer|child_process|crypto|events|fs|http|https|module|net|os|path|perf_hooks|process|readline|stream|timers|tls|url|util|v8|worker_threads|zlib)(/|$)';
const pkg = (...names) => names.map((one) => `node_modules/(@types/)?${one}/`);
const ports = '^electron/core/ports\\.ts$';
const inside = (folder) => `^electron/core/${folder}/`;

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-resolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^keytar$', 'node_modules/keytar/'] },
    },
    only(
      'shared-is-pure',
      '^shared/',
      [model, ...pkg('zod', '@orpc/contract')],
      'shared runs anywhere: no Node, DOM, React or Electron',
    ),
    only('plan-is-pure', inside('plan'), [inside('plan'), model, '^(node:)?crypto$'], 'plan decides: no I/O'),
    only('rules-are-pure', inside('rules'), [inside('rules'), model], 'rules decide: no I/O'),
    only(
      'graph-knows-no-store',
      inside('graph'),
      [inside('graph'), ports, model, ...pkg('zod', '@microsoft/microsoft-graph-types')],
      'Graph client: shared and ports',
    ),
    only(
      'store-knows-no-graph',
      inside('store'),
      [inside('store'), ports, model, nodeBuiltIn, ...pkg('better-sqlite3')],
      'store: shared and better-sqlite3',
    ),
    only(
      'sync',
      inside('sync'),
      [inside('sync'), inside('graph'), inside('store'), ports, model],
      'sync: graph, store, ports, shared',
    ),
    only(
      'query-reads',
      inside('query'),
      [inside('query'), '^electron/core/store/types\\.ts$', inside('rules'), model],
      'query: the reader, rules, shared; never the writer',
    ),
    only(
      'journal',
      inside('journal'),
      [inside('journal'), inside('store'), ports, model, nodeBuiltIn],
      'journal: store, shared',
    ),
    only(
      'execute-knows-no-store',
      inside('execute'),
      [inside('execute'), inside('graph'), inside('journal'), inside('plan'), ports, model, ...pkg('zod')],
      'execute: graph, journal, plan, ports, shared',
    ),
    only(
      'directory-knows-no-store',
      inside('directory'),
      [inside('directory'), inside('graph'), ports, model, ...pkg('zod')],
      'directory: graph, ports, shared',
    ),
    only(
      'schedule',
      inside('schedule'),
      [inside('(schedule|sync|execute|journal|plan|store)'), ports, model, '^(node:)?os$'],
      'schedule: sync, execute, journal, plan, store, ports, shared; plans are made for it',
    ),
    only(
      'config',
      inside('config'),
      [
        inside('config'),
        inside('store'),
        '^electron/core/graph/(clouds|urls)\\.ts$',
        ports,
        model,
        '^(node:)?path$',
        ...pkg('zod'),
      ],
      'config: store, ports, shared and the pure URL rules',
    ),
    only('updates', inside('updates'), [inside('updates'), ports, model], 'updates: ports, shared'),
    only(
      'api-knows-no-store-no-graph',
      inside('api'),
      [
        inside('(api|sync|query|journal|execute|schedule|directory|config|rules|plan|updates)'),
        ports,
        model,
        ...pkg('@orpc/server', 'zod'),
      ],
      'api: the modules, never store or graph',
    ),
    only(
      'adapters',
      '^electron/adapters/',
      [
        '^electron/adapters/',
        ports,
        model,
        nodeBuiltIn,
        ...pkg('keytar', '@azure/msal-node', '@azure/msal-common'),
        '^keytar$',
      ],
      'adapters: ports, shared, their own packages',
    ),
    only(
      'twin',
      '^electron/twin/',
      ['^electron/twin/', model, nodeBuiltIn, ...pkg('@orpc/contract')],
      'the twin stands alone; the sample tenant knows the contract by which it is introduced',
    ),
    only(
      'hosts-are-thin',
      '^electron/hosts/(loopback|cli)/',
      [
        '^electron/hosts/$1/',
        '^electron/core/(core|ports)\\.ts$',
        '^electron/adapters/',
        '^electron/twin/',
        model,
        nodeBuiltIn,
        ...pkg('commander', '@orpc/server', '@orpc/client', '@orpc/contract', 'ws'),
      ],
      'hosts: core.ts, ports, adapters, twin, shared',
    ),
    only(
      'desktop-is-thin',
      '^electron/hosts/desktop/',
      [
        '^electron/hosts/desktop/',
        '^electron/core/(core|ports)\\.ts$',
        '^electron/adapters/',
        '^electron/twin/',
        model,
        nodeBuiltIn,
        ...pkg('electron', 'electron-updater', '@orpc/server', '@orpc/client', '@orpc/contract', 'i18next'),
      ],
      'the desktop host alone imports electron',
    ),
    {
      name: 'core-never-imports-electron',
      severity: 'error',
      from: { pathNot: '^electron/hosts/desktop/' },
      to: { path: ['node_modules/electron/', '^electron$'] },
    },
    {
      name: 'readers-cannot-write',
      comment: 'only the modules that own a table may name the writer',
      severity: 'error',
      from: { path: ['^electron/core/(query|api|execute|directory|plan|rules)/'] },
      to: { path: '^electron/core/store/(writes|tables|writerSide|worker)' },
    },
    {
      name: 'features-do-not-meet',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^(renderer/features/|electron/)', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'tests-are-not-shipped',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    enhancedResolveOptions: {
      mainFields: ['module', 'main', 'types', 'typings'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
