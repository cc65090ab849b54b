/**
 * Disable and enable account, revoke sessions, require password change (Microsoft Graph: user-update,
 * user-revokesigninsessions). One call a user, 20 a `$batch`. Whether an account is enabled is read before, so that the
 * run claims only what it changed. Revoking sessions and requiring a password change cannot be read back with the
 * permissions that they need; doing either twice has the effect of doing it once, so a lost one is simply sent again.
 */
import { z } from 'zod';
import { batchSize } from '../graph/batch.ts';
import { safeId } from '../graph/calls/call.ts';
import { getUser, requirePasswordChange, revokeSessions, setAccountEnabled } from '../graph/calls/users.ts';
import { type GraphCall, GraphError } from '../graph/types.ts';
import type { StepChange, WorkStep } from '../journal/journal.ts';
import { bisect, type Judged } from './bisect.ts';
import type { RunContext } from './context.ts';
import type { Driver, Probe, ReadOptions, Ready } from './driver.ts';
import { type Answer, concernsAll, failed, fullText, succeeded, unknown, userGone } from './judge.ts';
import { batchOrErrors } from './sending.ts';

export type AccountKind = 'disable-account' | 'enable-account' | 'revoke-sessions' | 'require-password-change';

const account = z.looseObject({ accountEnabled: z.boolean() });

function callFor(kind: AccountKind): (id: string) => GraphCall {
  switch (kind) {
    case 'disable-account':
      return (id) => setAccountEnabled(id, false);
    case 'enable-account':
      return (id) => setAccountEnabled(id, true);
    case 'revoke-sessions':
      return revokeSessions;
    case 'require-password-change':
      return requirePasswordChange;
  }
}

const wordFor: Readonly<Record<AccountKind, string>> = {
  'disable-account': 'disabled',
  'enable-account': 'enabled',
  'revoke-sessions': 'sessions revoked',
  'require-password-change': 'password change required',
};

export function accountDriver(ctx: RunContext, kind: AccountKind): Driver {
  const call = callFor(kind);
  const after = wordFor[kind];
  const wanted = kind === 'enable-account' ? true : kind === 'disable-account' ? false : null;
  /** Set by the first success: from then on a 403 is about the user, not about the permission. */
  let permitted = false;

  async function read(steps: readonly WorkStep[], options: ReadOptions): Promise<readonly (boolean | Answer)[]> {
    const answers = await batchOrErrors(
      ctx.graph,
      steps.map((step) => getUser(step.objectId)),
      options,
    );
    return answers.map((answer) => {
      if (answer instanceof GraphError) return answer;
      return account.safeParse(answer.body).data?.accountEnabled ?? answer;
    });
  }

  return {
    size: batchSize,
    lanes: 3,
    probeSize: batchSize,
    after,
    showsAfter: 0,
    stillAlready: () => null,
    prepare: () => Promise.resolve(),

    async decide(steps, options) {
      const changes: StepChange[] = [];
      const ready: Ready[] = [];
      const good = steps.filter((step) => safeId.test(step.objectId));
      for (const step of steps) {
        if (!good.includes(step))
          changes.push({ seq: step.seq, state: 'failed', reason: 'The object id is not one that Entra gives.' });
      }
      if (wanted === null) return { ready: good.map((step) => ({ step, before: null })), changes };
      const states = good.length === 0 ? [] : await read(good, options);
      for (const [i, step] of good.entries()) {
        const state = states[i];
        if (state instanceof GraphError && state.status === 404) changes.push(userGone(step, state));
        else if (state instanceof GraphError) throw state;
        else if (typeof state !== 'boolean') ready.push({ step, before: null });
        else if (state === wanted)
          changes.push({ seq: step.seq, state: 'already', reason: null, before: after, after });
        else ready.push({ step, before: state ? 'enabled' : 'disabled' });
      }
      return { ready, changes };
    },

    send: (steps, options) =>
      bisect({
        steps,
        size: 1,
        width: batchSize,
        async send(chunks) {
          const answers = await batchOrErrors(
            ctx.graph,
            chunks.flat().map((step) => call(step.objectId)),
            options,
          );
          permitted ||= answers.some((answer) => !(answer instanceof GraphError));
          return answers;
        },
        judge(chunk, answer): Judged {
          if (!(answer instanceof GraphError)) return { changes: chunk.map((step) => succeeded(step, answer, after)) };
          if (answer.effect === 'unknown') return { changes: chunk.map((step) => unknown(step, answer)) };
          if (answer.status === 404) return { changes: chunk.map((step) => userGone(step, answer)) };
          const aboutUser = answer.status === 403 && (permitted || answer.code === 'graph-refused');
          if (aboutUser) {
            const said = answer.graphMessage === null ? '' : ` Graph said: ${answer.graphMessage}`;
            const reason = `Graph denied this user (403); an administrator's account needs a directory role as well.${said}`;
            return { changes: chunk.map((step) => ({ ...failed(step, answer), reason })) };
          }
          if (concernsAll(answer)) return { again: [chunk], stop: fullText(answer) };
          return { changes: chunk.map((step) => failed(step, answer)) };
        },
      }),

    async probe(steps, options) {
      if (wanted === null) return steps.map(({ seq }): Probe => ({ seq, state: 'unreadable', seen: null }));
      const states = await read(steps, options);
      return steps.map(({ seq }, i): Probe => {
        const state = states[i];
        if (state instanceof GraphError && state.status === 404) return { seq, state: 'gone', seen: null };
        if (state instanceof GraphError) throw state;
        if (typeof state !== 'boolean') return { seq, state: 'unreadable', seen: null };
        return { seq, state: state === wanted ? 'shows' : 'absent', seen: state ? 'enabled' : 'disabled' };
      });
    },
  };
}
