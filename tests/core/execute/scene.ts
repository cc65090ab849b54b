/**
 * A tenant over real HTTP, a database in a temporary folder, and an executor between them. Time runs faster for the
 * client than for the wall: pauses of seconds take milliseconds. Nothing is faked but the speed of time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, systemClock } from '../../../electron/adapters/clock.ts';
import { nodeTransport } from '../../../electron/adapters/network.ts';
import { createExecutor, type Executor } from '../../../electron/core/execute/executor.ts';
import { createGraphClient } from '../../../electron/core/graph/client.ts';
import type { GraphClient } from '../../../electron/core/graph/types.ts';
import { createJournal, type Journal } from '../../../electron/core/journal/journal.ts';
import { makePlan, type PlanInput } from '../../../electron/core/plan/makePlan.ts';
import type { Clock, Log, TokenSource } from '../../../electron/core/ports.ts';
import { openStore } from '../../../electron/core/store/open.ts';
import type { Store } from '../../../electron/core/store/types.ts';
import type { TwinOptions } from '../../../electron/twin/options.ts';
import { type ServedTwin, serveTwin } from '../../../electron/twin/serve.ts';
import { createTwin, type Twin } from '../../../electron/twin/twin.ts';
import type { PlanHead } from '../../../shared/model/plan.ts';
import type { RunStep } from '../../../shared/model/run.ts';
import { defaultSettings, type Settings } from '../../../shared/model/settings.ts';

export const silentLog: Log = () => undefined;

/** The same clock, faster. */
export function fastClock(times: number): Clock {
  const start = Date.now();
  const from = performance.now();
  const passed = () => (performance.now() - from) * times;
  return {
    now: () => Math.floor(start + passed()),
    monotonic: passed,
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
  };
}

/** Signs in at the twin with its own secret, as plainly as it can be done. */
export function plainTokens(authorityUrl: string, credentials: Twin['credentials']): TokenSource {
  let held: { readonly token: string; readonly roles: readonly string[] } | null = null;
  return {
    async get(options) {
      if (held === null || options?.force === true) {
        const answer = await fetch(`${authorityUrl}/${credentials.tenant}/oauth2/v2.0/token`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: credentials.client,
            client_secret: credentials.secret,
            scope: 'https://graph.microsoft.com/.default',
          }),
        });
        const { access_token: token } = (await answer.json()) as { access_token: string };
        const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
          roles?: string[];
        };
        held = { token, roles: claims.roles ?? [] };
      }
      return { ...held, expiresAt: Date.now() + 3_600_000 };
    },
  };
}

export type Scene = {
  readonly twin: Twin;
  readonly served: ServedTwin;
  readonly store: Store;
  readonly journal: Journal;
  readonly graph: GraphClient;
  readonly executor: Executor;
  readonly clock: Clock;
  readonly told: { readonly changed: unknown[]; readonly created: unknown[]; readonly notes: unknown[] };
  settings: Settings;
  /** Another executor on the same database: a second window. */
  second(): Executor;
  /** Saves a plan over users of the twin. */
  plan(input: Partial<PlanInput> & Pick<PlanInput, 'kind'> & { readonly ids: readonly string[] }): Promise<PlanHead>;
  steps(runId: string): Promise<readonly RunStep[]>;
  /** Outcome by object id. */
  outcomes(runId: string): Promise<ReadonlyMap<string, RunStep>>;
  close(): Promise<void>;
};

export async function openScene(
  options: TwinOptions & { readonly times?: number; readonly dataDir?: string } = {},
): Promise<Scene> {
  const { times = 200, dataDir = mkdtempSync(join(tmpdir(), 'riskdesk-execute-')), ...twinOptions } = options;
  const twin = createTwin({ users: 600, ...twinOptions });
  const served = await serveTwin(twin);
  const clock = fastClock(times);
  const store = await openStore({ dataDir, workers: false, log: silentLog });
  const journal = createJournal({ reader: store.reader, writer: store.writer, clock, who: 'tester' });
  const graph = createGraphClient({
    transport: nodeTransport(),
    tokens: plainTokens(served.authorityUrl, twin.credentials),
    graphUrl: served.graphUrl,
    clock,
    newId,
    log: silentLog,
    version: '0.0.0-test',
  });
  const told = { changed: [] as unknown[], created: [] as unknown[], notes: [] as unknown[] };
  const make = () =>
    createExecutor({
      journal,
      graphFor: () => Promise.resolve(graph),
      clock,
      newId,
      log: silentLog,
      notify: (note) => told.notes.push(note),
      settings: () => Promise.resolve(scene.settings),
      onGroupChanged: async (news) => void told.changed.push(news),
      onGroupCreated: async (action, id, name) => void told.created.push({ action, id, name }),
    });

  const scene: Scene = {
    twin,
    served,
    store,
    journal,
    graph,
    clock,
    told,
    settings: defaultSettings,
    executor: make(),
    second: make,
    async plan({ ids: wanted, ...input }) {
      const made = makePlan({
        origin: 'action',
        parentRunId: null,
        action: 'Contain',
        rule: 'Everyone',
        connection: 'contoso',
        group: null,
        days: null,
        candidates: wanted.map((objectId) => {
          const user = twin.control.user(objectId);
          return {
            objectId,
            userPrincipalName: user?.userPrincipalName ?? null,
            displayName: user?.displayName ?? null,
            riskLevel: user?.riskLevel ?? 'high',
            riskState: user?.riskState ?? 'atRisk',
            score: 375,
            isDeleted: false,
            isGuest: false,
            gone: false,
          };
        }),
        members: null,
        protectedMembers: new Set(),
        guardrails: scene.settings.guardrails,
        cap: null,
        recentActs: new Map(),
        now: clock.now(),
        ...input,
      });
      const head: PlanHead = { ...made.head, planId: newId(), createdAt: new Date(clock.now()).toISOString() };
      await journal.savePlan(head, made.steps);
      return head;
    },
    async steps(runId) {
      return (await journal.steps(runId, { offset: 0, limit: 1_000_000 })).rows;
    },
    async outcomes(runId) {
      return new Map((await scene.steps(runId)).map((step) => [step.objectId, step]));
    },
    async close() {
      await scene.executor.close();
      await store.close();
      await served.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return scene;
}

/** Ids of users of the twin that exist in its directory, in its own order. */
export function people(twin: Twin, count: number, from = 0): string[] {
  const ids: string[] = [];
  for (let index = from; ids.length < count; index += 1) {
    const user = twin.control.userAt(index);
    if (!user.isDeleted && user.listed && !user.isGuest) ids.push(user.id);
  }
  return ids;
}

export function existing(group: { readonly id: string; readonly displayName: string | null }) {
  return { mode: 'existing', id: group.id, name: group.displayName, deleted: false } as const;
}
