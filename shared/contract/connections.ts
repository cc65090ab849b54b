/** Tenants: where they are, how to sign in, what the token allows. Secrets go in here and never come out. */
import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import { type Connection, clouds, delegatedPermissions } from '../model/connection.ts';
import { maxScore, minScore } from '../model/score.ts';
import { nameSchema, procedure } from './base.ts';

const score = z
  .int('must be a whole number')
  .min(minScore, 'must be between 0 and 1000')
  .max(maxScore, 'must be between 0 and 1000');

export const scoreRangeSchema = z
  .strictObject({ min: score, max: score, unscored: z.boolean() })
  .refine((range) => range.min <= range.max, { path: ['min'], message: 'must not be above the maximum' });

export const mappingSchema = z.strictObject({ low: score, medium: score, high: score });

export const credentialSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('secret'), secret: z.string().min(1, 'must not be empty').max(4_096) }),
  z.strictObject({
    kind: z.literal('secret-env'),
    variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,254}$/, 'must be the name of an environment variable'),
  }),
  z.strictObject({ kind: z.literal('certificate'), file: z.string().min(1, 'must not be empty').max(4_096) }),
  /** An analyst signs in in the browser (`signIn`). Without `permissions`: reading risky users alone. */
  z.strictObject({
    kind: z.literal('interactive'),
    permissions: z
      .array(z.enum(delegatedPermissions, 'must be a delegated permission that Riskdesk uses'))
      .min(1, 'must name at least one permission')
      .max(delegatedPermissions.length, 'must name each permission once')
      .optional(),
  }),
]);
export type CredentialInput = z.infer<typeof credentialSchema>;

const tenant = z
  .string()
  .trim()
  .regex(
    /^([0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+)$/,
    'must be a GUID, or a verified domain such as contoso.onmicrosoft.com',
  );
const client = z
  .string()
  .trim()
  .regex(/^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/, 'must be a GUID');

/** A day, in UTC: Entra shows the expiry of a secret by its day. Null takes it away. */
export const expirySchema = z.iso.date('must be a date such as 2027-05-31').nullable();

const settings = {
  cloud: z.enum(clouds),
  authorityUrl: z.string().max(2_048).nullable(),
  graphUrl: z.string().max(2_048).nullable(),
  scoreRange: scoreRangeSchema,
  syncEvery: z
    .int('must be whole minutes')
    .min(1, 'must be at least 1 minute')
    .max(10_080, 'must be at most a week')
    .nullable(),
  weight: z.number().min(0, 'must be at least 0').max(100, 'must be at most 100'),
  mapping: mappingSchema,
  /** The day a client secret ends, so that it can be announced. A certificate tells its own. */
  secretExpires: expirySchema,
};

export const newConnectionSchema = z.strictObject({
  name: nameSchema,
  tenant,
  client,
  credential: credentialSchema,
  ...z.object(settings).partial().shape,
});
export type NewConnection = z.infer<typeof newConnectionSchema>;

export const connectionChangeSchema = z
  .strictObject({ name: nameSchema, tenant, client, credential: credentialSchema, ...settings })
  .partial();
export type ConnectionChange = z.infer<typeof connectionChangeSchema>;

export type PermissionRow = {
  /** What an analyst calls it: "Read risky users". */
  readonly feature: string;
  /** Null when it cannot be told: the token does not show its permissions. */
  readonly allowed: boolean | null;
  /** Least privileged permission: an application's, or a delegated one where a person signs in. */
  readonly permission: string;
  /** The permission of the token that grants it; null when none does. */
  readonly grantedBy: string | null;
  /** Directory roles of which the person needs one besides; null for an application, or where none is needed. */
  readonly directoryRoles: string | null;
};

/** The latest of a sign-in under way; the stream ends after `done`, or with an error of the closed list. */
export type SignInProgress =
  | {
      readonly state: 'waiting';
      /** To open in a browser on this machine. Serves once, for this sign-in alone. */
      readonly address: string;
      /** Whether a browser was told to open it; false: the person opens the address. */
      readonly opened: boolean;
      /** ISO time when waiting ends. */
      readonly until: string;
    }
  | { readonly state: 'done'; readonly account: string | null; readonly kept: 'keychain' | 'session' };

export type ConnectionTest = {
  readonly ok: boolean;
  /** In the order tried; the first that failed ends the list. */
  readonly steps: readonly {
    readonly step: 'sign-in' | 'risky-users' | 'organization';
    readonly ok: boolean;
    readonly message: string;
  }[];
  /** What to do first when not ok. */
  readonly problem: {
    readonly code: string;
    readonly message: string;
    readonly field?: string;
    readonly cure?: string;
  } | null;
  readonly tenantName: string | null;
  readonly permissions: readonly PermissionRow[];
};

const byName = z.strictObject({ name: nameSchema });

export const connectionsContract = {
  list: procedure.output(type<readonly Connection[]>()),
  get: procedure.input(byName).output(type<Connection>()),
  /** Journalled. Answers with what was stored; the secret is in the keychain by then. */
  add: procedure.input(newConnectionSchema).output(type<Connection>()),
  update: procedure
    .input(z.strictObject({ name: nameSchema, change: connectionChangeSchema }))
    .output(type<Connection>()),
  /** Deletes the users, history and secret of the connection. Runs, plans and journal stay. */
  remove: procedure.input(byName).output(type<{ readonly removedUsers: number }>()),
  test: procedure.input(byName).output(type<ConnectionTest>()),
  /** Opens the browser and waits for the person. Ending the stream early cancels. Journalled with who signed in. */
  signIn: procedure.input(byName).output(eventIterator(type<SignInProgress>())),
  /** Forgets the tokens of a person on this machine. Journalled. */
  signOut: procedure.input(byName).output(type<Connection>()),
};
