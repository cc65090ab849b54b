/** Turns Graph's refusals into outcomes of steps. Pure: what decides never awaits. */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { type GraphAnswer, GraphError } from '../graph/types.ts';
import type { StepChange, WorkStep } from '../journal/journal.ts';

export type Answer = GraphAnswer | GraphError;

/** Codes that would be the same for every other user: asking on makes no sense. */
const everybody: ReadonlySet<string> = new Set([
  'permission-missing',
  'licence-missing',
  'auth-failed',
  'offline',
  'certificate-untrusted',
  'throttled',
  'cancelled',
]);

/** Whether the refusal concerns the whole run, and nothing happened. */
export function concernsAll(error: GraphError): boolean {
  if (error.effect === 'unknown') return false;
  return everybody.has(error.code) || error.status === 403 || error.status === 401 || error.code === 'graph-failed';
}

/** "One or more added object references already exist …" (Microsoft Graph: group-post-members). */
export function saysAlreadyMember(error: GraphError): boolean {
  return error.status === 400 && /already exist/i.test(error.graphMessage ?? '');
}

/** "Cannot Update a mail-enabled security groups and or distribution list." */
export function saysGroupRefused(error: GraphError): boolean {
  return (
    error.status === 400 &&
    /mail-enabled security group|distribution list|dynamic|on-premises|directory sync/i.test(error.graphMessage ?? '')
  );
}

/** Whether a 404 names this object: "Resource '{id}' does not exist or …". */
export function names(error: GraphError, id: string): boolean {
  return (error.graphMessage ?? '').toLowerCase().includes(id.toLowerCase());
}

export function succeeded(step: WorkStep, answer: GraphAnswer, after: string | null): StepChange {
  return {
    seq: step.seq,
    state: 'succeeded',
    reason: null,
    requestId: answer.requestId,
    httpStatus: answer.status,
    after,
  };
}

/** What happened and what to do about it, for a person. */
export function fullText(error: RiskdeskError): string {
  const { message, cure } = error;
  return cure === undefined || message.includes(cure) ? message : `${message} ${cure}`;
}

export function refused(step: WorkStep, error: GraphError, state: StepChange['state'], reason: string): StepChange {
  return { seq: step.seq, state, reason, requestId: error.requestId, httpStatus: error.status };
}

/** Graph refused this user alone. */
export function failed(step: WorkStep, error: GraphError): StepChange {
  return refused(step, error, 'failed', fullText(error));
}

export function userGone(step: WorkStep, error: GraphError): StepChange {
  return refused(step, error, 'failed', 'The user no longer exists.');
}

export function unknown(step: WorkStep, error: GraphError): StepChange {
  return refused(step, error, 'unknown', error.message);
}

/** Nothing happened to the user: the step waits for the run to be resumed. */
export function putBack(step: WorkStep): StepChange {
  return { seq: step.seq, state: 'planned', reason: null };
}

/** The same for what a call rejects with; anything that is neither error is a defect and is thrown on. */
export function asGraphError(error: unknown, purpose: string): GraphError {
  if (error instanceof GraphError) return error;
  if (error instanceof RiskdeskError) {
    return new GraphError({
      code: error.code,
      message: error.message,
      effect: 'none',
      permission: '',
      purpose,
      cause: error,
    });
  }
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')) {
    return new GraphError({
      code: 'cancelled',
      message: 'The answer was not waited for.',
      effect: 'unknown',
      permission: '',
      purpose,
      cause: error,
    });
  }
  throw error;
}
