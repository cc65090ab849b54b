/**
 * The seam between the core's errors and the contract's. Everything thrown on purpose crosses with its code, field and
 * cure; anything else is logged in full and crosses as `internal` without its text, which might hold a secret.
 */
import { implement, ORPCError, ValidationError } from '@orpc/server';
import { contract } from '../../../shared/contract/contract.ts';
import { type ErrorCode, type ErrorDetail, errorCodes, RiskdeskError } from '../../../shared/model/errors.ts';
import type { Log } from '../ports.ts';

function crossing(
  code: ErrorCode,
  message: string,
  detail: ErrorDetail,
  cause: unknown,
): ORPCError<ErrorCode, ErrorDetail> {
  const data = Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== undefined));
  return new ORPCError<ErrorCode, ErrorDetail>(code, { message, data, cause });
}

function isKnown(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code);
}

/** The first problem of an input that the contract's schema refused: `scoreRange.min must not be above the maximum`. */
function fromValidation(error: ValidationError, cause: unknown): ORPCError<ErrorCode, ErrorDetail> {
  const issue = error.issues[0];
  const path = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  const field = path.length === 0 ? 'input' : path.join('.');
  return crossing(
    'bad-input',
    `${field}: ${issue?.message ?? 'is not valid'}`,
    { field, cure: 'Correct it and try again.' },
    cause,
  );
}

/** What crosses the contract for an error of any kind. */
export function toContractError(error: unknown, log: Log): ORPCError<ErrorCode, ErrorDetail> {
  if (error instanceof RiskdeskError) {
    return crossing(error.code, error.message, { field: error.field, cure: error.cure, facts: error.facts }, error);
  }
  if (error instanceof ORPCError) {
    if (error.cause instanceof ValidationError && error.code === 'BAD_REQUEST')
      return fromValidation(error.cause, error);
    if (isKnown(error.code)) return error as ORPCError<ErrorCode, ErrorDetail>;
  }
  if (error instanceof Error && error.name === 'AbortError') return crossing('cancelled', 'Cancelled.', {}, error);
  log('error', 'internal', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  return crossing('internal', 'Something went wrong inside Riskdesk. The log has the details.', {}, error);
}

/** The contract's implementer, with the seam around every procedure. */
export function implementer(log: Log) {
  return implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toContractError(error, log);
    }
  });
}

export type Implementer = ReturnType<typeof implementer>;

/** A stream whose errors cross the same seam; middleware does not see what a generator throws later. */
export async function* guarded<T>(log: Log, stream: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  try {
    yield* stream;
  } catch (error) {
    throw toContractError(error, log);
  }
}
