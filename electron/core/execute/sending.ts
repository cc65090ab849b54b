/** Sends calls so that every one of them has an answer or an error: a refusal of the whole is one for each. */
import type { GraphCall, GraphClient } from '../graph/types.ts';
import type { ReadOptions } from './driver.ts';
import { type Answer, asGraphError } from './judge.ts';

/** One `$batch` of up to 20 calls; a single call travels alone. */
export async function batchOrErrors(
  client: GraphClient,
  calls: readonly GraphCall[],
  options: ReadOptions,
): Promise<readonly Answer[]> {
  const [only] = calls;
  if (only !== undefined && calls.length === 1) return [await sendOrError(client, only, options)];
  try {
    return await client.batch(calls, { priority: 'person', signal: options.signal });
  } catch (error) {
    const judged = asGraphError(error, only?.purpose ?? 'batch');
    return calls.map(() => judged);
  }
}

export async function sendOrError(client: GraphClient, call: GraphCall, options: ReadOptions): Promise<Answer> {
  try {
    return await client.send(call, { priority: 'person', signal: options.signal });
  } catch (error) {
    return asGraphError(error, call.purpose);
  }
}
