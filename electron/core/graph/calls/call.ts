/**
 * The workshop in which every GraphCall is made. Only the builders beside this file use it, so a request that nobody
 * wrote a builder for cannot be sent. Leaves out the server's address, which the client knows: objects are referred to
 * by ObjectRef and become URLs when sent.
 */
import { badInput } from '../../../../shared/model/errors.ts';
import type { GraphCall, Workload } from '../types.ts';

/** A directory object inside a body; written as `{root}/directoryObjects/{id}` when the body is serialised. */
export class ObjectRef {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

/** Entra object ids are GUIDs; letters, digits and hyphens keep stand-ins usable and a path's meaning unchanged. */
export const safeId = /^[0-9A-Za-z-]{1,64}$/;

/**
 * The id itself, when it can stand in a path without changing what the path means.
 * @throws RiskdeskError bad-input naming the field.
 */
export function checkId(id: string, field: string): string {
  if (typeof id === 'string' && safeId.test(id)) return id;
  throw badInput(
    field,
    `'${String(id).slice(0, 80)}' is not an object id.`,
    'Give the object id as Entra shows it, a GUID like 6ea91a8d-e32e-41a1-b7bd-d2d185eed0e0. A UPN or name does not serve.',
  );
}

/** Ids for one call: at least one, at most `most`, none twice (Graph refuses a body that names an object twice). */
export function checkIds(ids: readonly string[], most: number, field: string): readonly string[] {
  if (ids.length === 0) throw badInput(field, `${field} is empty.`, 'Name at least one object id.');
  if (ids.length > most) {
    throw badInput(field, `${field} holds ${ids.length} ids, and Graph takes ${most} a call.`, 'Split the list.');
  }
  const seen = new Set<string>();
  for (const id of ids) {
    const key = checkId(id, field).toLowerCase();
    if (seen.has(key)) throw badInput(field, `${field} names ${id} twice.`, 'Name every object once.');
    seen.add(key);
  }
  return ids;
}

/** A page size that Graph accepts. */
export function checkTop(top: number, most: number): number {
  if (Number.isInteger(top) && top >= 1 && top <= most) return top;
  throw badInput('top', `A page size of ${top} is not possible.`, `Give a whole number from 1 to ${most}.`);
}

/** An OData string literal: quoted, quotes doubled (OData 4.01 URL conventions, 5.1.1.6.1). */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A query string from name and value. Names keep their `$`; values are percent-encoded, except for the signs that
 * OData itself uses and that a query may carry, so that the URL stays readable in logs and fits simple servers.
 */
export function query(options: Readonly<Record<string, string | number | undefined>>): string {
  const parts = Object.entries(options)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed()).replaceAll('%2C', ',')}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Enum members after `unknownFutureValue` come only when asked for (Microsoft Graph: best practices, evolvable enums). */
export const unknownMembers = { Prefer: 'include-unknown-enum-members' } as const;

/** Makes the call. The assertion is the one place where the brand of GraphCall is given. */
export function makeCall(parts: {
  readonly method: GraphCall['method'];
  readonly path: string;
  readonly workload: Workload;
  readonly permission: string;
  readonly purpose: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}): GraphCall {
  return Object.freeze({ headers: {}, body: undefined, ...parts }) as GraphCall;
}
