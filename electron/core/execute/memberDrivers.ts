/**
 * Add to group, remove from group (Microsoft Graph: group-post-members, group-delete-members). Adding: 20 users a PATCH,
 * which Graph takes or refuses as a whole, 20 PATCHes a `$batch`. Removing: 20 DELETEs a `$batch`, always of the
 * reference. Who is a member is read just before, so that a request is only sent where it changes something.
 */

import { batchSize } from '../graph/batch.ts';
import { safeId } from '../graph/calls/call.ts';
import { addMember, addMembers, membersPerPatch, removeMember } from '../graph/calls/groups.ts';
import { GraphError } from '../graph/types.ts';
import type { StepChange, WorkStep } from '../journal/journal.ts';
import { bisect, halves, type Judged } from './bisect.ts';
import type { RunContext } from './context.ts';
import type { Driver, Probe } from './driver.ts';
import type { Group } from './groupTarget.ts';
import {
  concernsAll,
  failed,
  fullText,
  names,
  refused,
  saysAlreadyMember,
  saysGroupRefused,
  succeeded,
  unknown,
  userGone,
} from './judge.ts';
import { batchOrErrors } from './sending.ts';

const member = 'member';
const notMember = 'not a member';

export function addDriver(ctx: RunContext, group: Group): Driver {
  const base = membershipDriver(group, true);
  /** Set by the first success: until then a 404 that names the group may be about the group for every user. */
  let reached = false;
  return {
    ...base,
    size: membersPerPatch * batchSize,
    send: (steps, options) =>
      bisect({
        steps,
        size: membersPerPatch,
        width: batchSize,
        send: (chunks) =>
          batchOrErrors(
            ctx.graph,
            chunks.map((chunk) => {
              const [only] = chunk;
              return chunk.length === 1 && only !== undefined
                ? addMember(group.id(), only.objectId)
                : addMembers(
                    group.id(),
                    chunk.map((step) => step.objectId),
                  );
            }),
            options,
          ),
        async judge(chunk, answer): Promise<Judged> {
          if (!(answer instanceof GraphError)) {
            reached = true;
            return { changes: chunk.map((step) => succeeded(step, answer, member)) };
          }
          if (answer.effect === 'unknown') return { changes: chunk.map((step) => unknown(step, answer)) };
          if (saysGroupRefused(answer)) return { again: [chunk], stop: fullText(answer) };
          const [only] = chunk;
          if (answer.status === 404) {
            const missing = chunk.filter((step) => names(answer, step.objectId));
            if (missing.length > 0 && missing.length < chunk.length) {
              return {
                changes: missing.map((step) => userGone(step, answer)),
                again: [chunk.filter((step) => !missing.includes(step))],
              };
            }
            const aboutGroup = names(answer, group.id()) && missing.length === 0;
            if (chunk.length > 1 && !aboutGroup) return { again: halves(chunk) };
            const next = missing.length > 0 ? 'there' : await group.afterNotFound(aboutGroup, options);
            if (next === 'again') return { again: [chunk] };
            if (next !== 'there') return { again: [chunk], stop: next.stop };
            if (chunk.length > 1) return { again: halves(chunk) };
            if (aboutGroup && !reached) return { again: [chunk], stop: group.unreachable() };
            return { changes: chunk.map((step) => userGone(step, answer)) };
          }
          if (answer.status === 400 && chunk.length > 1) return { again: halves(chunk) };
          if (concernsAll(answer) || only === undefined) return { again: [chunk], stop: fullText(answer) };
          if (saysAlreadyMember(answer)) return { changes: [alreadyMember(only, answer)] };
          return { changes: chunk.map((step) => failed(step, answer)) };
        },
      }),
  };
}

export function removeDriver(ctx: RunContext, group: Group): Driver {
  const base = membershipDriver(group, false);
  return {
    ...base,
    size: batchSize,
    send: (steps, options) =>
      bisect({
        steps,
        size: 1,
        width: batchSize,
        send: (chunks) =>
          batchOrErrors(
            ctx.graph,
            chunks.flat().map((step) => removeMember(group.id(), step.objectId)),
            options,
          ),
        async judge(chunk, answer): Promise<Judged> {
          if (!(answer instanceof GraphError))
            return { changes: chunk.map((step) => succeeded(step, answer, notMember)) };
          if (answer.effect === 'unknown') return { changes: chunk.map((step) => unknown(step, answer)) };
          if (saysGroupRefused(answer)) return { again: [chunk], stop: fullText(answer) };
          if (answer.status === 404) {
            const named = names(answer, group.id()) && !chunk.some((step) => names(answer, step.objectId));
            if (named) {
              const next = await group.afterNotFound(true, options);
              if (next !== 'there') return next === 'again' ? { again: [chunk] } : { again: [chunk], stop: next.stop };
            }
            // Not a member any more, or no such user: membership is read back before anything is claimed.
            return {
              changes: chunk.map((step) =>
                refused(step, answer, 'unknown', 'Graph did not find the membership; it is read back.'),
              ),
            };
          }
          if (concernsAll(answer)) return { again: [chunk], stop: fullText(answer) };
          return { changes: chunk.map((step) => failed(step, answer)) };
        },
      }),
  };
}

/** A user who joined between the diff and the request; after a lost answer it was this run's own request. */
function alreadyMember(step: WorkStep, error: GraphError): StepChange {
  if (step.state === 'unknown')
    return { ...refused(step, error, 'succeeded', 'An answer was lost; the membership is there.'), after: member };
  return { ...refused(step, error, 'already', 'The user was a member already.'), after: member };
}

function membershipDriver(group: Group, wanted: boolean): Omit<Driver, 'send' | 'size'> {
  let members: ReadonlySet<string> = new Set();
  const isMember = (step: WorkStep) => members.has(step.objectId.toLowerCase());
  return {
    lanes: 2,
    probeSize: Number.POSITIVE_INFINITY,
    after: wanted ? member : notMember,
    showsAfter: 0,

    async prepare(among, options) {
      await group.prepare(options);
      members = await group.members(await among(), options);
    },

    async decide(steps) {
      const changes: StepChange[] = [];
      const ready = [];
      for (const step of steps) {
        if (!safeId.test(step.objectId))
          changes.push({ seq: step.seq, state: 'failed', reason: 'The object id is not one that Entra gives.' });
        else if (isMember(step) === wanted) {
          const state = wanted ? member : notMember;
          changes.push({ seq: step.seq, state: 'already', reason: null, before: state, after: state });
        } else ready.push({ step, before: wanted ? notMember : member });
      }
      return { ready, changes };
    },

    stillAlready: (step) => isMember(step) === wanted,

    async probe(steps, options) {
      const among = new Set(steps.map((step) => step.objectId.toLowerCase()));
      const present = await group.members(among, options);
      return steps.map((step): Probe => {
        const is = present.has(step.objectId.toLowerCase());
        return { seq: step.seq, state: is === wanted ? 'shows' : 'absent', seen: is ? member : notMember };
      });
    },
  };
}
