/** What a failed call tells a person: what happened, what to do, and the technical part for whoever wants to copy it. */
import { ORPCError } from '@orpc/client';
import { type ErrorCode, type ErrorDetail, errorCodes } from '../../shared/model/errors.ts';
import { i18n } from '../i18n/i18n.ts';

export type Failure = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly field: string | null;
  readonly cure: string | null;
  readonly facts: NonNullable<ErrorDetail['facts']>;
};

export function toFailure(error: unknown): Failure {
  if (error instanceof ORPCError && (errorCodes as readonly string[]).includes(error.code)) {
    const { field, cure, facts } = (error.data ?? {}) as ErrorDetail;
    return {
      code: error.code as ErrorCode,
      message: error.message,
      field: field ?? null,
      cure: cure ?? null,
      facts: facts ?? {},
    };
  }
  return {
    code: 'offline',
    message: i18n.t('lost.message'),
    field: null,
    cure: i18n.t('lost.cure'),
    facts: {},
  };
}
