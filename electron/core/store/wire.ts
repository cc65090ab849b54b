/** What passes between the thread that serves the window and a store worker. Errors keep code, field, cure and facts. */
import { type ErrorCode, errorCodes, RiskdeskError } from '../../../shared/model/errors.ts';
import type { Ask } from './columns/ask.ts';
import type { SqlValue } from './types.ts';

export type Role = 'reader' | 'writer';
export type WorkerStart = { readonly role: Role; readonly file: string };

export type Request =
  | { readonly id: number; readonly kind: 'all' | 'get'; readonly sql: string; readonly params: readonly SqlValue[] }
  | { readonly id: number; readonly kind: 'select'; readonly ask: Ask }
  | { readonly id: number; readonly kind: 'op'; readonly name: string; readonly args: unknown }
  | { readonly id: number; readonly kind: 'close' };

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: WireError };

type WireError = {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string;
  readonly field: string | undefined;
  readonly cure: string | undefined;
  readonly facts: RiskdeskError['facts'];
};

export function packError(error: unknown): WireError {
  if (error instanceof RiskdeskError) {
    const { name, message, stack, code, field, cure, facts } = error;
    return { name, message, stack, code, field, cure, facts };
  }
  const plain = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in plain && typeof plain.code === 'string' ? plain.code : '';
  const { name, message, stack } = plain;
  return { name, message, stack, code, field: undefined, cure: undefined, facts: undefined };
}

export function unpackError(wire: WireError): Error {
  if (wire.name === 'RiskdeskError' && isErrorCode(wire.code)) {
    const { field, cure, facts } = wire;
    return new RiskdeskError(wire.code, wire.message, { field, cure, facts });
  }
  const error = Object.assign(new Error(wire.message), { code: wire.code });
  error.name = wire.name;
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}

function isErrorCode(code: string): code is ErrorCode {
  return errorCodes.some((known) => known === code);
}
