/** Routes of users. The cache answers; only the `entra*` routes, detections and memberships ask Graph, for one user. */
import { mostByHand } from '../../../shared/contract/base.ts';
import { guarded, type Implementer } from './base.ts';
import { resolveFilter } from './filters.ts';
import type { Modules } from './modules.ts';

export function userRoutes(os: Implementer, modules: Modules) {
  const { connections, directory, journal, notes, queries, log } = modules;
  const routes = os.users;
  return {
    list: routes.list.handler(async ({ input: { filter, ...page } }) =>
      queries.list(await resolveFilter(modules, filter), page),
    ),
    count: routes.count.handler(async ({ input }) => ({
      total: await queries.count(await resolveFilter(modules, input.filter)),
    })),
    keys: routes.keys.handler(async ({ input }) =>
      queries.keys(await resolveFilter(modules, input.filter), mostByHand),
    ),
    some: routes.some.handler(async ({ input }) =>
      queries.some((await connections.get(input.connection)).name, input.ids),
    ),
    get: routes.get.handler(async ({ input }) =>
      queries.detail((await connections.get(input.connection)).name, input.id),
    ),
    addNote: routes.addNote.handler(async ({ input: { connection: name, id, text } }) => {
      const connection = await connections.get(name);
      await notes.add(connection, id, text);
      await journal.append({ event: 'note.added', connection: connection.name, objectId: id, after: text });
      return queries.notes(await queries.keyOf(connection.name, id));
    }),
    deleteNote: routes.deleteNote.handler(async ({ input: { connection: name, id, noteId } }) => {
      const connection = await connections.get(name);
      const key = await queries.keyOf(connection.name, id);
      const note = (await queries.notes(key)).find((one) => one.id === noteId);
      await notes.remove(note?.id ?? 0);
      await journal.append({
        event: 'note.deleted',
        connection: connection.name,
        objectId: id,
        before: note?.text ?? null,
      });
      return queries.notes(key);
    }),
    entraHistory: routes.entraHistory.handler(async ({ input }) =>
      directory.entraHistory((await connections.get(input.connection)).name, input.id),
    ),
    detections: routes.detections.handler(async ({ input }) =>
      directory.detections((await connections.get(input.connection)).name, input.id),
    ),
    memberships: routes.memberships.handler(async ({ input }) =>
      directory.memberships((await connections.get(input.connection)).name, input.id),
    ),
    export: routes.export.handler(async ({ input }) =>
      guarded(log, queries.export(await resolveFilter(modules, input.filter), input.format, input.sort)),
    ),
  };
}
