/**
 * The closed list of errors that may cross a boundary (contract, CLI, window).
 * Whatever is not on it becomes `internal`: logged in full, shown without its text,
 * because an unexpected message may hold a secret.
 */

export const errorCodes = [
  'bad-input', // a field of the request is wrong: names the field and the cure
  'not-found', // the named thing does not exist (or no longer does)
  'already-exists', // the name is taken
  'auth-failed', // the token endpoint refused: tenant, application, secret or certificate
  'permission-missing', // the token lacks an application permission that the call needs
  'licence-missing', // the tenant has no Microsoft Entra ID P2
  'throttled', // Graph kept answering 429 for longer than we wait
  'offline', // the peer could not be reached: DNS, refused, reset, timeout
  'certificate-untrusted', // TLS: the chain ends in an authority that this machine does not trust
  'graph-refused', // Graph answered 4xx that no other code describes
  'graph-failed', // Graph answered 5xx, or something that is not Graph's JSON
  'store-newer', // the database was written by a newer version
  'store-corrupt', // the database file is damaged
  'store-read-only', // the data folder or file cannot be written
  'store-busy', // another process holds the database
  'disk-full', // no space left on the data folder's disk
  'keychain-unavailable', // no OS keychain answers on this machine
  'read-only-mode', // the setting forbids every action
  'confirmation-needed', // the typed number is missing or differs from the plan's
  'guardrail', // a guardrail stops the run: cap, maintenance window, protected group
  'plan-stale', // the plan was run already, or what it was made from is gone
  'busy', // a run or a sync is under way that excludes this one
  'cancelled', // the caller gave up
  'internal', // a defect of ours
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What travels with a code: the field that is wrong, the cure, and facts an engineer wants (never a secret). */
export type ErrorDetail = {
  readonly field?: string | undefined;
  readonly cure?: string | undefined;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>> | undefined;
};

/** The one error class that the core throws on purpose. `message` says what happened, in plain words. */
export class RiskdeskError extends Error {
  override readonly name: string = 'RiskdeskError';
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly cure: string | undefined;
  readonly facts: ErrorDetail['facts'];

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.field = detail.field;
    this.cure = detail.cure;
    this.facts = detail.facts;
  }
}

/** Shorthand for the commonest refusal: names the field, says what is wrong with it and what to do. */
export function badInput(field: string, message: string, cure: string): RiskdeskError {
  return new RiskdeskError('bad-input', message, { field, cure });
}
