/** Exploring the cache. Nothing here calls Graph but `entra*`, which ask for one user on demand. */
import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import type { ExportChunk } from '../model/exportText.ts';
import type { RiskyUser } from '../model/riskyUser.ts';
import { userSortFields } from '../model/userSort.ts';
import { filterSchema, idSchema, limitSchema, nameSchema, offsetSchema, procedure } from './base.ts';

export const sortSchema = z.strictObject({
  field: z.enum(userSortFields),
  direction: z.enum(['asc', 'desc']).default('asc'),
});

export type UserPage = {
  /** Users that match, over all pages. */
  readonly total: number;
  readonly rows: readonly RiskyUser[];
  /** Hand it back as `after` for the next page; null on the last one. */
  readonly next: string | null;
};

/** One change that this cache saw: older than Entra's 90 days if the cache is. */
export type UserChange = {
  readonly seenAt: string;
  readonly riskLastUpdatedDateTime: string | null;
  readonly riskLevel: { readonly before: string; readonly after: string };
  readonly riskState: { readonly before: string; readonly after: string };
  readonly riskDetail: { readonly before: string; readonly after: string };
};

/** What an analyst wrote about a user; kept here, never sent to Entra. */
export type UserNote = { readonly id: number; readonly at: string; readonly who: string; readonly text: string };

export type UserDetail = {
  readonly user: RiskyUser;
  readonly changes: readonly UserChange[];
  /** Newest first. */
  readonly notes: readonly UserNote[];
  /** The same person (same UPN, case folded) over the connections, and how the aggregate score comes about. */
  readonly scores: readonly { readonly connection: string; readonly score: number | null; readonly weight: number }[];
};

/** Entra's own history, newest first; raw strings. */
export type EntraHistoryEntry = {
  readonly riskLastUpdatedDateTime: string | null;
  readonly riskLevel: string;
  readonly riskState: string;
  readonly riskDetail: string;
  readonly initiatedBy: string | null;
  readonly riskEventTypes: readonly string[];
};

export type Detection = {
  readonly id: string;
  readonly riskEventType: string;
  readonly riskLevel: string;
  readonly riskState: string;
  readonly detectedDateTime: string | null;
  readonly ipAddress: string | null;
  readonly city: string | null;
  readonly countryOrRegion: string | null;
  readonly source: string | null;
};

const oneUser = z.strictObject({ connection: nameSchema, id: idSchema });

export const usersContract = {
  list: procedure
    .input(
      z.strictObject({
        filter: filterSchema.default({}),
        sort: sortSchema.optional(),
        limit: limitSchema.default(100),
        offset: offsetSchema.optional(),
        after: z.string().max(2_000).optional(),
      }),
    )
    .output(type<UserPage>()),
  count: procedure
    .input(z.strictObject({ filter: filterSchema.default({}) }))
    .output(type<{ readonly total: number }>()),
  /** Object ids of all that match, by connection, as of one moment: for a plan of "all that match". */
  keys: procedure
    .input(z.strictObject({ filter: filterSchema.default({}) }))
    .output(type<readonly { readonly connection: string; readonly ids: readonly string[] }[]>()),
  /** These users of one connection, in the order given; whom the cache no longer lists is left out. */
  some: procedure
    .input(
      z.strictObject({ connection: nameSchema, ids: z.array(idSchema).max(1_000, 'must name at most 1,000 users') }),
    )
    .output(type<readonly RiskyUser[]>()),
  get: procedure.input(oneUser).output(type<UserDetail>()),
  addNote: procedure
    .input(
      z.strictObject({
        ...oneUser.shape,
        text: z.string().trim().min(1, 'must not be empty').max(10_000, 'must have at most 10,000 characters'),
      }),
    )
    .output(type<readonly UserNote[]>()),
  deleteNote: procedure
    .input(z.strictObject({ ...oneUser.shape, noteId: z.int().min(1) }))
    .output(type<readonly UserNote[]>()),
  entraHistory: procedure.input(oneUser).output(type<readonly EntraHistoryEntry[]>()),
  detections: procedure.input(oneUser).output(type<readonly Detection[]>()),
  memberships: procedure
    .input(oneUser)
    .output(type<readonly { readonly id: string; readonly displayName: string | null }[]>()),
  /** CSV or JSON text in chunks, all matching users, whatever their number. */
  export: procedure
    .input(
      z.strictObject({
        filter: filterSchema.default({}),
        sort: sortSchema.optional(),
        format: z.enum(['csv', 'json']),
      }),
    )
    .output(eventIterator(type<ExportChunk>())),
};
