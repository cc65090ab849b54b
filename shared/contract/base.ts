/**
 * What every group of the contract builds on: the closed error list as oRPC's typed errors, and the input pieces that
 * several groups share. Inputs are checked here, at the boundary; outputs are typed, since our own core makes them.
 */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes } from '../model/errors.ts';

const errorData = z.object({
  field: z.string().optional(),
  cure: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

type ErrorMap = { readonly [Code in (typeof errorCodes)[number]]: { readonly data: typeof errorData } };

const errorMap = Object.fromEntries(errorCodes.map((code) => [code, { data: errorData }])) as ErrorMap;

/** Start of every procedure: may fail with any code of the closed list, and with nothing else. */
export const procedure = oc.errors(errorMap);

/** Names of connections, rules and actions: what a person types, unique without regard to case. */
export const nameSchema = z
  .string({ error: 'must be a text' })
  .trim()
  .min(1, 'must not be empty')
  .max(120, 'must have at most 120 characters')
  .refine((name) => !/\p{Cc}/u.test(name), 'must not hold control characters');

/** Days for "updated in the last N days"; null or absent means all time. */
export const daysSchema = z
  .number({ error: 'must be a number of days' })
  .positive('must be more than 0 days')
  .max(36_500, 'must be at most 36,500 days')
  .nullable()
  .optional();

export const limitSchema = z
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(1_000, 'must be at most 1,000');
/** Users that a plan made by hand may name; more are a rule's business. */
export const mostByHand = 100_000;

export const offsetSchema = z
  .int('must be a whole number')
  .min(0, 'must be at least 0')
  .max(10_000_000, 'must be at most 10,000,000');

/** Entra object ids, and our own plan and run ids: letters, digits and hyphens. */
export const idSchema = z.string().regex(/^[0-9A-Za-z-]{1,64}$/, 'must be an id: letters, digits and hyphens');

/** Which users: everything given must hold. `query` is a rule in react-querybuilder's JSON, checked by the rule language. */
export const filterSchema = z.strictObject({
  connection: nameSchema.optional(),
  rule: nameSchema.optional(),
  query: z.unknown().optional(),
  search: z.string().max(200, 'must have at most 200 characters').optional(),
  days: daysSchema,
  deleted: z.enum(['include', 'exclude', 'only']).optional(),
});
export type FilterInput = z.infer<typeof filterSchema>;
