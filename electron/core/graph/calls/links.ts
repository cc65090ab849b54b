/**
 * Follows a nextLink that the server handed out, perhaps to an earlier process. The link is opaque: nothing is read from
 * it and nothing added. Whether the token may go there is decided by the client, which knows Graph's origin.
 */
import { badInput } from '../../../../shared/model/errors.ts';
import type { GraphCall } from '../types.ts';
import { makeCall } from './call.ts';

/**
 * The call that continues `like` (the list call that the walk began with) at `link`: an absolute URL, as GraphPage hands
 * it out whatever the server wrote.
 * @throws RiskdeskError bad-input for anything else.
 */
export function followLink(link: string, like: GraphCall): GraphCall {
  if (!/^https?:\/\/[^/]/i.test(link)) {
    throw badInput('link', 'The link to follow is not an absolute URL.', 'Start the list again from its first page.');
  }
  return makeCall({
    method: 'GET',
    path: link,
    headers: like.headers,
    workload: like.workload,
    permission: like.permission,
    purpose: like.purpose,
  });
}
