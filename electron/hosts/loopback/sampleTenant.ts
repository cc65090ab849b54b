/**
 * The embedded sample tenant: the twin, in process, with the documented pace of Identity Protection and risk changes
 * that take a while to show. A connection to it and a first rule are there from the start.
 */
import { createRouterClient } from '@orpc/server';
import type { Core } from '../../core/core.ts';
import type { Transport } from '../../core/ports.ts';
import { createTwin, type Twin } from '../../twin/twin.ts';

/** Name of the variable that the sample connection's secret is read from; it exists inside this process only. */
export const sampleSecret = 'RISKDESK_SAMPLE_SECRET';
const sampleName = 'Contoso (sample)';

export type SampleTenant = { readonly twin: Twin; readonly transport: Transport };

export function createSampleTenant(users: number): SampleTenant {
  const twin = createTwin({ users, requestsPerSecond: 4, riskDelayMs: 45_000 });
  return { twin, transport: (url, init) => twin.fetch(url, init) };
}

/** Adds the connection where it is missing, and starts its first sync; the window shows the rest. */
export async function introduceSample(core: Core, { twin }: SampleTenant): Promise<void> {
  const client = createRouterClient(core.router, { context: {} });
  const { tenant, client: application } = twin.credentials;
  const known = await client.connections.list();
  if (!known.some((connection) => connection.name === sampleName)) {
    await client.connections.add({
      name: sampleName,
      tenant,
      client: application,
      credential: { kind: 'secret-env', variable: sampleSecret },
    });
    await client.rules.add({
      name: 'High risk, last week',
      query: {
        combinator: 'and',
        rules: [
          { field: 'riskLevel', operator: '=', value: 'high' },
          { field: 'riskState', operator: '=', value: 'atRisk' },
          { field: 'lastUpdatedWithinDays', operator: '<=', value: 7 },
        ],
      },
    });
  }
  await client.sync.start({ connection: sampleName });
}
