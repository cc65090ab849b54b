/**
 * Graph's refusals. A handler throws a Refusal and the pipeline turns it into `{ error: { code, message, innerError } }`.
 * The wordings are Microsoft's where they are documented; clients must not depend on the others.
 */
import { json, type TwinAnswer } from './message.ts';

export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** 400 of the risk service and of Graph's own front end. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, 'BadRequest', message);
}

/** 400 of the directory. */
export function directoryBadRequest(message: string): Refusal {
  return new Refusal(400, 'Request_BadRequest', message);
}

export function unsupportedQuery(message: string): Refusal {
  return new Refusal(400, 'Request_UnsupportedQuery', message);
}

/** Microsoft Graph: group-post-members, "one or more of its queried reference-property objects are not present". */
export function resourceNotFound(id: string): Refusal {
  return new Refusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

export function accessDenied(): Refusal {
  return new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

export type ErrorStamp = { readonly requestId: string; readonly clientRequestId: string; readonly now: number };

export function errorBody(code: string, message: string, stamp: ErrorStamp): unknown {
  return {
    error: {
      code,
      message,
      innerError: {
        date: new Date(stamp.now).toISOString().slice(0, 19),
        'request-id': stamp.requestId,
        'client-request-id': stamp.clientRequestId,
      },
    },
  };
}

export function refusalAnswer(refusal: Refusal, stamp: ErrorStamp): TwinAnswer {
  return json(refusal.status, errorBody(refusal.code, refusal.message, stamp), refusal.headers);
}
