/** What a failed call tells a person: what happened, what to do, and the technical part for whoever wants to copy it. */
import { ORPCError } from '@orpc/client';
import { type ErrorCode, type ErrorDetail, errorCodes } from '../../shared/model/errors.ts';
import { i18n, useLanguage } from '../i18n/i18n.ts';

export type Failure = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly field: string | null;
  readonly cure: string | null;
  readonly facts: NonNullable<ErrorDetail['facts']>;
};

/** `message` and `cure` are worded when they are read, so that they follow the language of the window. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ORPCError && isCode(error.code)) {
    const { field, cure, facts } = (error.data ?? {}) as ErrorDetail;
    const said = { code: error.code, message: error.message, cure: cure ?? null };
    return {
      code: said.code,
      get message() {
        return inWindowsLanguage(said).message;
      },
      field: field ?? null,
      get cure() {
        return inWindowsLanguage(said).cure;
      },
      facts: facts ?? {},
    };
  }
  return {
    code: 'offline',
    get message() {
      return i18n.t('lost.message');
    },
    field: null,
    get cure() {
      return i18n.t('lost.cure');
    },
    facts: {},
  };
}

const isCode = (code: string | null): code is ErrorCode => (errorCodes as readonly (string | null)[]).includes(code);

/** What the core said outside of a failed call, as one text: a sync's or a run's end, a test of a connection. */
export function coreWords(code: string | null, message: string, cure: string | null = null): string {
  const text = [message, cure].filter((part) => part !== null).join(' ');
  if (useLanguage.getState().language === 'en') return text;
  if (!isCode(code)) return i18n.t('technical', { text });
  const said = inWindowsLanguage({ code, message, cure });
  return `${said.message} ${said.cure ?? ''}`;
}

type Said = { readonly code: ErrorCode; readonly message: string; readonly cure: string | null };

/** The core speaks English. In another language the code says what happened, and the core's own words follow as the technical part. */
function inWindowsLanguage(said: Said): { readonly message: string; readonly cure: string | null } {
  if (useLanguage.getState().language === 'en') return said;
  const text = [said.message, said.cure].filter((part) => part !== null).join(' ');
  return {
    message: i18n.t(`errors.${said.code}.title`),
    cure: `${i18n.t(`errors.${said.code}.cure`)} ${i18n.t('technical', { text })}`,
  };
}
