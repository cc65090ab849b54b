/**
 * The embedded sample tenant: the twin, in process, with the documented pace of Identity Protection and risk changes
 * that take a while to show. A connection to it and a first rule are there from the start. Every host that has a window
 * shows the same one; opening the core on it is the host's part.
 */
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/contract.ts';
import { createTwin, type Twin } from './twin.ts';

/** Name of the variable that the sample connection's secret is read from; it exists inside this process only. */
export const sampleSecret = 'RISKDESK_SAMPLE_SECRET';
/** Users where nobody says how many. */
export const sampleUsers = 20_000;
const sampleName = 'Contoso (sample)';

export type SampleTenant = {
  readonly twin: Twin;
  /** Answers in place of the network. */
  readonly transport: Twin['fetch'];
};

export function createSampleTenant(users: number): SampleTenant {
  const twin = createTwin({ users, requestsPerSecond: 4, riskDelayMs: 45_000 });
  return { twin, transport: (url, init) => twin.fetch(url, init) };
}

/** Adds the connection where it is missing, and starts its first sync; the window shows the rest. */
export async function introduceSample(client: ContractRouterClient<Contract>, { twin }: SampleTenant): Promise<void> {
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
