/** Notes that analysts write about users. They stay in the cache, and in the journal with who and when. */
import type { Connection } from '../../../shared/model/connection.ts';
import type { Clock } from '../ports.ts';
import type { Writer } from '../store/types.ts';

export type Notes = {
  /** @throws RiskdeskError not-found when the cache does not hold the user. */
  add(connection: Connection, objectId: string, text: string): Promise<void>;
  /** @throws RiskdeskError not-found. */
  remove(noteId: number): Promise<void>;
};

export function createNotes(writer: Writer, clock: Clock, who: string): Notes {
  return {
    async add(connection, objectId, text) {
      await writer.addNote({ connection: connection.id, objectId, who, text, now: clock.now() });
    },
    remove: (noteId) => writer.deleteNote({ id: noteId }),
  };
}
