/**
 * Tells what the failure of a list means: that it had ended, that it must be read from its beginning, or neither. Links
 * expire, and Graph says so in more than one way. Pure.
 */
import { GraphError } from '../graph/types.ts';
import type { SyncTask } from './decide.ts';

/** A task that reads pages. */
export type Begun = Extract<SyncTask, { readonly do: 'start' | 'resume' }>;

/** Beginning again is for links that died, not for a list that cannot be read; so it ends soon. */
const mostRestarts = 2;

/**
 * Known defect of Graph (microsoft-graph-docs 16332): with a filter, the link after a last page that was exactly full
 * answers 400 `BadRequest` without a message. The pager knows it within one walk; here is the sync that stood at it.
 */
export function isTheEnd(task: SyncTask, pagesRead: number, error: unknown): boolean {
  return (
    task.do === 'resume' &&
    task.since !== null &&
    task.allFull &&
    pagesRead === 0 &&
    error instanceof GraphError &&
    error.status === 400 &&
    error.graphCode === 'BadRequest' &&
    error.graphMessage === null
  );
}

/**
 * What to do instead of ending as incomplete; null when there is nothing better. `unsent`: the request never left,
 * because the link leads to another server than the connection's.
 */
export function restartAfter(
  task: SyncTask,
  at: { readonly error: unknown; readonly pagesRead: number; readonly unsent: boolean },
  restarts: number,
): SyncTask | null {
  const { error, pagesRead } = at;
  if (restarts >= mostRestarts || task.do === 'finish' || !(error instanceof GraphError)) return null;
  const refused = error.code === 'graph-refused' || error.code === 'not-found';
  if (task.do === 'start' && pagesRead === 0) {
    // The first page of a full sync has neither link nor filter that a server could refuse.
    return refused && task.kind === 'incremental' ? { do: 'start', kind: 'full', since: null } : null;
  }
  // Of a stored link that brings garbage, or would be followed to another server, nothing better is to be expected later.
  const useless = error.code === 'graph-failed' && (isOk(error.status) || (at.unsent && error.status === null));
  if (!refused && !(useless && pagesRead === 0)) return null;
  return task.since === null
    ? { do: 'start', kind: 'full', since: null }
    : { do: 'start', kind: 'incremental', since: task.since };
}

function isOk(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}
