/**
 * What a failure looks like at the terminal: the option that is wrong, what happened, the cure, and the exit code.
 * Errors off the closed list become `internal` without their text, which may hold a secret.
 */
import { type ErrorCode, type ErrorDetail, errorCodes, RiskdeskError } from '../../../shared/model/errors.ts';
import { type FieldNames, optionOf } from './fieldNames.ts';

export type Failure = {
  readonly code: ErrorCode;
  readonly message: string;
  /** The option or argument that is wrong, `--score-min`; the contract's own path where no option stands for it. */
  readonly field: string | null;
  readonly cure: string | null;
  readonly facts: NonNullable<ErrorDetail['facts']>;
  readonly exitCode: 1 | 2;
};

/** Wrong use that only the command line can see: two options that exclude each other, text that is not JSON. */
export function wrongUsage(option: string, message: string, cure: string): RiskdeskError {
  return new RiskdeskError('bad-input', `${option}: ${message}`, { field: option, cure });
}

/** What a command ends with when it cannot do what it was asked; `cause` is what was thrown. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly failure: Failure;

  constructor(failure: Failure, cause: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

/**
 * `bad-input` about something that this command was given is wrong usage (2). Everything else on the list was asked for
 * rightly and failed (1), also a value that was stored long ago. `names` puts the option before the message.
 */
export function describeFailure(error: unknown, names: FieldNames): Failure {
  const known = readKnown(error);
  if (known === null || known.code === 'internal') {
    return {
      code: 'internal',
      message: 'an unexpected error: this is a defect of Riskdesk',
      field: null,
      cure: 'The log in the data folder holds the details; please report it with them.',
      facts: known?.facts ?? {},
      exitCode: 1,
    };
  }
  const { code, field, cure } = known;
  const option = field === undefined ? null : optionOf(field, names);
  const fromHere = option !== null || field === undefined || !/^[a-z]/.test(field);
  return {
    code,
    message: nameOption(known, option),
    field: option?.name ?? field ?? null,
    cure: cure ?? null,
    facts: known.facts ?? {},
    exitCode: code === 'bad-input' && fromHere ? 2 : 1,
  };
}

/** `--filter: rules[0].field: …`; the core starts some messages with the path, which is not said twice. */
function nameOption({ field, message }: Known, option: ReturnType<typeof optionOf>): string {
  if (option === null || field === undefined || message.startsWith(option.name)) return message;
  const plain = message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
  return option.rest === '' ? `${option.name}: ${plain}` : `${option.name}: ${option.rest}: ${plain}`;
}

/** Whether the error is one that nobody threw on purpose and that the core has not put into its log. */
export function isDefect(error: unknown): boolean {
  return readKnown(error) === null;
}

type Known = { readonly code: ErrorCode; readonly message: string } & ErrorDetail;

/** Reads a RiskdeskError, or the same after it has crossed the contract (an ORPCError with the detail as `data`). */
function readKnown(error: unknown): Known | null {
  if (error instanceof RiskdeskError) {
    return { code: error.code, message: error.message, field: error.field, cure: error.cure, facts: error.facts };
  }
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = errorCodes.find((known) => known === error.code);
  if (code === undefined) return null;
  const data = 'data' in error ? (error.data as ErrorDetail | undefined | null) : null;
  return { code, message: error.message, field: data?.field, cure: data?.cure, facts: data?.facts };
}
