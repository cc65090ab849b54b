/**
 * Reads `@odata.id` and `members@odata.bind`: URLs of users in a body. All of them are checked before anything is
 * changed, because Graph adds all or none (Microsoft Graph: group-post-members).
 */
import { isGuid } from '../data/ids.ts';
import { directoryBadRequest } from '../http/refusal.ts';
import type { Call } from './call.ts';
import { presentUser } from './users.ts';

const MOST = 20;
const form = /^https?:\/\/[^/]+\/(?:.*\/)?v1\.0\/(?:directoryObjects|users)(?:\/([^/?#]+)|\('([^']+)'\))$/i;

/** The row of the user that a reference names. Throws 400 on a malformed URL, 404 when there is no such user. */
export function referencedUser(call: Call, reference: unknown): number {
  const [, inPath, inKey] = (typeof reference === 'string' ? form.exec(reference) : null) ?? [];
  const id = inPath ?? inKey;
  if (id === undefined || !isGuid(id)) throw directoryBadRequest('Invalid URL format specified in payload.');
  return presentUser(call.world.users, id);
}

/** The rows of up to 20 references, none of them twice. */
export function referencedUsers(call: Call, references: unknown): readonly number[] {
  if (!Array.isArray(references) || references.length === 0) {
    throw directoryBadRequest("'members@odata.bind' must be a list of at least one reference.");
  }
  if (references.length > MOST) {
    throw directoryBadRequest(
      `The number of references in 'members@odata.bind' (${references.length}) exceeds the maximum of ${MOST}.`,
    );
  }
  const rows = new Set<number>();
  for (const reference of references as readonly unknown[]) {
    const row = referencedUser(call, reference);
    if (rows.has(row)) {
      throw directoryBadRequest(
        `The object '${call.world.users.ids.of(row)}' can only be present once as an add/remove change.`,
      );
    }
    rows.add(row);
  }
  return [...rows];
}
