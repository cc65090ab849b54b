/** Routes of connections. Each change is journalled without the credential. */
import type { SignInProgress } from '../../../shared/contract/connections.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { guarded, type Implementer } from './base.ts';
import type { Modules } from './modules.ts';

/** What the journal keeps of a connection: all of it, since a Connection holds no secret. */
const shown = (connection: Connection): string => JSON.stringify(connection);

export function connectionRoutes(
  os: Implementer,
  { connections, directory, executor, journal, limits, schedule, sync, personSignIns, log }: Modules,
) {
  const routes = os.connections;

  async function* signIn(name: string, signal: AbortSignal | undefined): AsyncGenerator<SignInProgress, void, void> {
    for await (const progress of personSignIns.signIn(name, signal)) {
      if (progress.state === 'done') {
        const { account, kept } = progress;
        const { id, name: connection } = await connections.get(name);
        await schedule.forgetFailures(id);
        await journal.append({ event: 'connection.signed-in', connection, after: account, detail: { kept } });
      }
      yield progress;
    }
  }

  /** Whoever removes a connection expects that nothing is sent in its name any more. */
  async function refuseWhileRun(connection: string): Promise<void> {
    await executor.recover();
    const [run] = (await journal.runs({ connection, states: ['running'], offset: 0, limit: 1 })).rows;
    if (run === undefined) return;
    throw new RiskdeskError('busy', `Run ${run.runId} acts on users of "${connection}" at this moment.`, {
      field: 'name',
      cure: 'Pause it or wait until it ends, then remove the connection.',
      facts: { runId: run.runId },
    });
  }

  return {
    list: routes.list.handler(() => connections.list()),
    get: routes.get.handler(({ input }) => connections.get(input.name)),
    add: routes.add.handler(async ({ input }) => {
      await limits.people();
      const added = await connections.add(input);
      await journal.append({ event: 'connection.added', connection: added.name, after: shown(added) });
      return added;
    }),
    update: routes.update.handler(async ({ input }) => {
      const before = await connections.get(input.name);
      await limits.connection(before, input.change);
      const after = await connections.update(input.name, input.change);
      sync.forget(before.id);
      await schedule.forgetFailures(before.id);
      await journal.append({
        event: 'connection.changed',
        connection: after.name,
        before: shown(before),
        after: shown(after),
        detail: input.change.credential === undefined ? null : { credential: 'replaced' },
      });
      return after;
    }),
    remove: routes.remove.handler(async ({ input }) => {
      const connection = await connections.get(input.name);
      await limits.people();
      await refuseWhileRun(connection.name);
      await sync.stopAndWait(connection);
      const removedUsers = await connections.remove(connection.name);
      sync.forget(connection.id);
      await journal.append({
        event: 'connection.removed',
        connection: connection.name,
        before: shown(connection),
        detail: { removedUsers },
      });
      return { removedUsers };
    }),
    test: routes.test.handler(async ({ input }) => directory.testConnection((await connections.get(input.name)).name)),
    signIn: routes.signIn.handler(async ({ input, signal }) => guarded(log, signIn(input.name, signal))),
    signOut: routes.signOut.handler(async ({ input }) => {
      const before = await connections.get(input.name);
      const after = await personSignIns.signOut(before.name);
      const account = before.signIn?.account ?? null;
      await journal.append({ event: 'connection.signed-out', connection: after.name, before: account });
      return after;
    }),
  };
}
