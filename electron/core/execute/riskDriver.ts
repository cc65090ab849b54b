/**
 * Confirm compromised, confirm safe, dismiss (Microsoft Graph: riskyuser-confirmcompromised, -confirmsafe, -dismiss). 60
 * users a call; Graph refuses a call that names one it does not accept, so what is refused is halved. A change takes
 * minutes to show: `isProcessing` counts as having taken effect.
 */
import { z } from 'zod';
import { batchSize } from '../graph/batch.ts';
import { safeId } from '../graph/calls/call.ts';
import { getRiskyUser, type RiskActionKind, riskAction, riskActionSize } from '../graph/calls/risk.ts';
import { GraphError } from '../graph/types.ts';
import type { StepChange } from '../journal/journal.ts';
import { bisect, halves, type Judged } from './bisect.ts';
import type { RunContext } from './context.ts';
import type { Driver, Probe } from './driver.ts';
import { concernsAll, failed, fullText, names, succeeded, unknown, userGone } from './judge.ts';
import { batchOrErrors, sendOrError } from './sending.ts';

export type RiskKind = 'confirm-compromised' | 'confirm-safe' | 'dismiss';

const calls: Readonly<Record<RiskKind, { readonly call: RiskActionKind; readonly state: string }>> = {
  'confirm-compromised': { call: 'confirmCompromised', state: 'confirmedCompromised' },
  'confirm-safe': { call: 'confirmSafe', state: 'confirmedSafe' },
  dismiss: { call: 'dismiss', state: 'dismissed' },
};

/**
 * A change takes minutes to show, and Graph says nothing of how soon `isProcessing` is set. A request whose answer was lost
 * is not sent again before that much time has passed, ms.
 */
const showsAfter = 10_000;

const riskyUser = z.looseObject({
  riskState: z.string().catch('none'),
  isProcessing: z.boolean().nullish().catch(null),
});

export function riskDriver(ctx: RunContext, kind: RiskKind): Driver {
  const { call, state } = calls[kind];
  return {
    size: riskActionSize,
    lanes: 2,
    probeSize: batchSize,
    after: state,
    showsAfter,
    stillAlready: () => null,
    prepare: () => Promise.resolve(),

    async decide(steps) {
      const bad = steps.filter((step) => !safeId.test(step.objectId));
      const changes = bad.map(
        (step): StepChange => ({
          seq: step.seq,
          state: 'failed',
          reason: 'The object id is not one that Entra gives.',
        }),
      );
      const ready = steps.filter((step) => !bad.includes(step)).map((step) => ({ step, before: step.riskState }));
      return { ready, changes };
    },

    send: (steps, options) =>
      bisect({
        steps,
        size: riskActionSize,
        width: 1,
        send: (chunks) =>
          Promise.all(
            chunks.map((chunk) =>
              sendOrError(
                ctx.graph,
                riskAction(
                  call,
                  chunk.map((step) => step.objectId),
                ),
                options,
              ),
            ),
          ),
        judge(chunk, answer): Judged {
          if (!(answer instanceof GraphError)) return { changes: chunk.map((step) => succeeded(step, answer, state)) };
          if (answer.effect === 'unknown') return { changes: chunk.map((step) => unknown(step, answer)) };
          if (concernsAll(answer)) return { again: [chunk], stop: fullText(answer) };
          if (chunk.length > 1) {
            const named = chunk.filter((step) => names(answer, step.objectId));
            const rest = chunk.filter((step) => !named.includes(step));
            if (named.length === 1 && rest.length > 0) return { again: [named, rest] };
            return { again: halves(chunk) };
          }
          return {
            changes: chunk.map((step) => (answer.status === 404 ? userGone(step, answer) : failed(step, answer))),
          };
        },
      }),

    async probe(steps, options) {
      const answers = await batchOrErrors(
        ctx.graph,
        steps.map((step) => getRiskyUser(step.objectId)),
        options,
      );
      return steps.map(({ seq }, i): Probe => {
        const answer = answers[i];
        if (answer === undefined || (answer instanceof GraphError && answer.status !== 404))
          throw answer ?? new Error('no answer');
        if (answer instanceof GraphError) return { seq, state: 'gone', seen: null };
        const user = riskyUser.safeParse(answer.body).data;
        if (user === undefined) return { seq, state: 'absent', seen: null };
        if (user.riskState === state) return { seq, state: 'shows', seen: user.riskState };
        return { seq, state: user.isProcessing === true ? 'processing' : 'absent', seen: user.riskState };
      });
    },
  };
}
