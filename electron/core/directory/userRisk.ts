/** What Graph tells about one user on demand: risk history, detections, groups. Nothing of it is kept. */
import { z } from 'zod';
import type { Detection, EntraHistoryEntry } from '../../../shared/contract/users.ts';
import { riskDetections, riskyUserHistory } from '../graph/calls/risk.ts';
import { memberOf } from '../graph/calls/users.ts';
import { type GraphCall, type GraphClient, GraphError } from '../graph/types.ts';

const text = z.string().nullish().catch(null);
const word = z.string().catch('none');

const historyRow = z.looseObject({
  riskLastUpdatedDateTime: text,
  riskLevel: word,
  riskState: word,
  riskDetail: word,
  initiatedBy: text,
  activity: z
    .looseObject({ riskEventTypes: z.array(z.string()).nullish().catch(null) })
    .nullish()
    .catch(null),
});

const detectionRow = z.looseObject({
  id: z.string(),
  riskEventType: word,
  riskLevel: word,
  riskState: word,
  detectedDateTime: text,
  ipAddress: text,
  location: z.looseObject({ city: text, countryOrRegion: text }).nullish().catch(null),
  source: text,
});

const groupRow = z.looseObject({ id: z.string(), displayName: text });

export type MemberOf = { readonly id: string; readonly displayName: string | null };

/** Newest first, raw strings. Empty for a user that Entra keeps no history of. */
export async function readHistory(client: GraphClient, userId: string): Promise<readonly EntraHistoryEntry[]> {
  const rows = (await readAll(client, riskyUserHistory(userId), historyRow)).map((row) => ({
    riskLastUpdatedDateTime: row.riskLastUpdatedDateTime ?? null,
    riskLevel: row.riskLevel,
    riskState: row.riskState,
    riskDetail: row.riskDetail,
    initiatedBy: row.initiatedBy ?? null,
    riskEventTypes: row.activity?.riskEventTypes ?? [],
  }));
  return rows.sort((a, b) => newer(a.riskLastUpdatedDateTime, b.riskLastUpdatedDateTime));
}

/** Newest first; Entra keeps 90 days. */
export async function readDetections(client: GraphClient, userId: string): Promise<readonly Detection[]> {
  const rows = (await readAll(client, riskDetections(userId), detectionRow)).map((row) => ({
    id: row.id,
    riskEventType: row.riskEventType,
    riskLevel: row.riskLevel,
    riskState: row.riskState,
    detectedDateTime: row.detectedDateTime ?? null,
    ipAddress: row.ipAddress ?? null,
    city: row.location?.city ?? null,
    countryOrRegion: row.location?.countryOrRegion ?? null,
    source: row.source ?? null,
  }));
  return rows.sort((a, b) => newer(a.detectedDateTime, b.detectedDateTime));
}

/** Groups that the user is a direct member of, by name. */
export async function readMemberships(client: GraphClient, userId: string): Promise<readonly MemberOf[]> {
  const rows = await readAll(client, memberOf(userId), groupRow);
  return rows
    .map(({ id, displayName }) => ({ id, displayName: displayName ?? null }))
    .sort((a, b) => (a.displayName ?? '').localeCompare(b.displayName ?? ''));
}

async function readAll<Schema extends z.ZodType>(
  client: GraphClient,
  call: GraphCall,
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  const rows: z.infer<Schema>[] = [];
  try {
    for await (const page of client.pages(call, { priority: 'person', pageSize: null })) {
      for (const item of page.items) {
        const parsed = schema.safeParse(item);
        if (parsed.success) rows.push(parsed.data);
      }
    }
  } catch (error) {
    if (!(error instanceof GraphError) || error.status !== 404) throw error;
  }
  return rows;
}

/** Times are compared as instants: Graph writes 0 to 7 decimals. */
function newer(a: string | null, b: string | null): number {
  return Date.parse(b ?? '0001-01-01T00:00:00Z') - Date.parse(a ?? '0001-01-01T00:00:00Z') || 0;
}
