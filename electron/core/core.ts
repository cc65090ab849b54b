/**
 * The only wiring: takes what a host supplies, opens the store, and hands back one router that serves the contract.
 * Every host calls this and nothing else of the core.
 */
import type { HostInfo } from '../../shared/contract/host.ts';
import { createLimits } from './api/limits.ts';
import { draftAction } from './api/planning.ts';
import { createRouter, type Router } from './api/router.ts';
import { createClients } from './clients.ts';
import { createActions } from './config/actions.ts';
import { createConnections } from './config/connections.ts';
import { createNotes } from './config/notes.ts';
import { createPersonSignIns } from './config/personSignIns.ts';
import { createRules } from './config/rules.ts';
import { createSettings } from './config/settings.ts';
import { createSignIns } from './config/signIns.ts';
import { createDirectory } from './directory/directory.ts';
import { createExecutor } from './execute/executor.ts';
import { createJournal } from './journal/journal.ts';
import { lookUpGroup } from './lookUpGroup.ts';
import type {
  Clock,
  CredentialStore,
  InteractiveSignIn,
  Log,
  MakeTokenSource,
  NewId,
  Notifier,
  OutsideSecrets,
  Transport,
  Updater,
} from './ports.ts';
import { createQueries } from './query/queries.ts';
import { createSchedule, type Wake } from './schedule/schedule.ts';
import { openStore } from './store/open.ts';
import { createSyncManager } from './sync/manager.ts';
import { createUpdates } from './updates/updates.ts';
import { startUpkeep } from './upkeep.ts';

export type CorePorts = {
  /** Folder of the database and the log; made when it is not there. */
  readonly dataDir: string;
  readonly version: string;
  /** The stamp of the bundle; absent or null when running from source. */
  readonly build?: HostInfo['build'] | undefined;
  readonly host: HostInfo['host'];
  readonly platform: string;
  /** Account of the operating system; the journal's "who". */
  readonly who: string;
  readonly transport: Transport;
  readonly makeTokenSource: MakeTokenSource;
  /** Signs a person in with the browser of this machine; absent where the host has none, and then refused by name. */
  readonly interactiveSignIn?: InteractiveSignIn | undefined;
  readonly credentials: CredentialStore;
  readonly outside: OutsideSecrets;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly notify: Notifier;
  /** True where a window is served: SQLite then runs in threads of its own. */
  readonly workers: boolean;
  /** Where the bundled store worker is; absent when running from source. */
  readonly workerUrl?: URL | undefined;
  /** Why this host refuses actions; null when it allows them. */
  readonly readOnly: string | null;
  /** How this program replaces itself; absent where it cannot. */
  readonly updater?: Updater | undefined;
  /** True where the program stays open: due syncs and automatic plans then happen by themselves. */
  readonly scheduler?: boolean | undefined;
};

export type Core = {
  readonly router: Router;
  /** The host says that the machine woke or that the network is back; what is due then begins after a short while. */
  wake(reason: Wake): void;
  /** Stops syncs and runs so that each can be resumed, then closes the store. */
  close(): Promise<void>;
};

/**
 * Opens the data folder and everything on it. Runs that a dead process left behind are marked interrupted first.
 * @throws RiskdeskError store-newer, store-corrupt, store-read-only, store-busy, disk-full.
 */
export async function openCore(ports: CorePorts): Promise<Core> {
  const { clock, newId, log, credentials, outside } = ports;
  const store = await openStore({ dataDir: ports.dataDir, workers: ports.workers, workerUrl: ports.workerUrl, log });
  const { reader, writer } = store;
  const signIns = createSignIns({ writer, credentials });
  const connections = createConnections({ reader, writer, credentials, outside, signIns, clock });
  const settings = createSettings(reader, writer);
  const rules = createRules(reader, writer, clock);
  const clients = createClients({ ...ports, connections });
  const { graphFor, tokensFor, budget } = clients;
  const directory = createDirectory({ graphFor, tokensFor });
  const actions = createActions({ reader, writer, clock, rules, connections, lookUpGroup: lookUpGroup(directory) });
  const journal = createJournal({ reader, writer, clock, who: ports.who });
  const queries = createQueries({
    reader,
    now: () => clock.now(),
    thresholds: async () => (await settings.get()).thresholds,
  });
  const sync = createSyncManager({ reader, writer, graphFor, settings: settings.get, clock, log });
  const settingsHere = async () => {
    const now = await settings.get();
    return ports.readOnly === null ? now : { ...now, guardrails: { ...now.guardrails, readOnly: true } };
  };
  const actor = async (name: string): Promise<string | undefined> => {
    const account = (await connections.get(name)).signIn?.account ?? null;
    return account === null ? undefined : `${ports.who} as ${account}`;
  };
  const executor = createExecutor({
    journal,
    graphFor,
    clock,
    newId,
    log,
    notify: ports.notify,
    settings: settingsHere,
    hostReadOnly: ports.readOnly,
    actor,
    onGroupChanged: ({ connection, ...news }) => actions.noteGroup(connection, news),
    onGroupCreated: (action, groupId, name) => actions.keepCreatedGroup(action, groupId, name),
  });
  await executor.recover();
  const planning = { settings, journal, clock, newId, directory, actions, connections, rules, queries };
  const schedule = createSchedule({
    reader,
    writer,
    journal,
    executor,
    sync,
    connections: connections.list,
    actions: actions.list,
    rules: rules.list,
    settings: settingsHere,
    hostReadOnly: ports.readOnly,
    draft: (name) => draftAction(planning, name),
    who: `schedule (${ports.who})`,
    person: ports.who,
    runner: async (name) => `schedule (${(await actor(name)) ?? ports.who})`,
    clock,
    newId,
    log,
    notify: ports.notify,
    keeps: ports.scheduler === true,
  });
  const updates = createUpdates({
    updater: ports.updater,
    settings: settings.get,
    work: async () => {
      const states = await Promise.all((await connections.list()).map((one) => sync.state(one)));
      const { total } = await journal.runs({ states: ['running'], limit: 1, offset: 0 });
      return { runs: total, syncs: states.filter((one) => one.running !== null).length };
    },
    clock,
    log,
  });
  const upkeep = startUpkeep({ settings: settings.get, journal, writer, clock, log, staysOpen: ports.workers });

  const hostInfo = async (): Promise<HostInfo> => {
    const keychain = await credentials.available();
    return {
      version: ports.version,
      build: ports.build ?? null,
      host: ports.host,
      platform: ports.platform,
      dataDir: ports.dataDir,
      keychain: { available: keychain.ok, why: keychain.ok ? null : keychain.why },
      readOnly: ports.readOnly,
    };
  };

  const router = createRouter({
    ...planning,
    personSignIns: createPersonSignIns({
      connections,
      signIns,
      interactive: ports.interactiveSignIn ?? null,
      forgetTokens: clients.forget,
    }),
    notes: createNotes(writer, clock, ports.who),
    limits: createLimits({ readOnly: ports.readOnly, actions, rules }),
    sync,
    executor,
    schedule,
    updates,
    log,
    hostInfo,
    budget,
    wipeCache: async () => {
      for (const connection of await connections.list()) await sync.stopAndWait(connection);
      return (await writer.wipeCache({})).users;
    },
  });

  return {
    router,
    wake: schedule.wake,
    async close() {
      await upkeep.stop();
      await updates.stop();
      await schedule.close();
      await sync.close();
      await executor.close();
      await store.close();
    },
  };
}
