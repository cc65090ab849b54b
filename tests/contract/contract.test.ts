/** One suite, three transports: answers, typed errors, refused input, streams and cancellation are the same on each. */
import { isDefinedError, ORPCError, safe } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { twinDefaults } from '../../electron/twin/options.ts';
import { contract } from '../../shared/contract/contract.ts';
import { errorCodes } from '../../shared/model/errors.ts';
import { openTestCore, type TestCore } from '../harness/openTestCore.ts';
import { type Client, type Served, transports } from './transports.ts';

describe.each(transports)('the contract over %s', (_name, serve) => {
  let test: TestCore;
  let served: Served;
  let client: Client;

  beforeEach(async () => {
    test = await openTestCore({ twin: { users: 1_200 } });
    served = await serve(test.core.router);
    client = served.client;
  });
  afterEach(async () => {
    await served.close();
    await test.close();
  });

  const connection = () => ({
    name: 'contoso',
    tenant: twinDefaults.tenant,
    client: twinDefaults.client,
    authorityUrl: test.server.authorityUrl,
    graphUrl: test.server.graphUrl,
    credential: { kind: 'secret-env' as const, variable: test.secretVariable },
  });

  async function synced(): Promise<void> {
    await client.connections.add(connection());
    await client.sync.start({ connection: 'contoso' });
    for await (const state of await client.sync.watch({ connection: 'contoso' })) {
      if (state.running === null) expect(state.last?.complete).toBe(true);
    }
  }

  it('answers, and keeps secrets to itself', async () => {
    const added = await client.connections.add(connection());
    expect(added).toMatchObject({ name: 'contoso', credential: { place: 'env', reference: test.secretVariable } });
    expect(await client.connections.list()).toEqual([added]);
    expect(JSON.stringify(await client.connections.list())).not.toContain(twinDefaults.secret);
  });

  it('throws errors of the closed list, with field and cure', async () => {
    const [error] = await safe(client.connections.get({ name: 'nobody' }));
    expect(error).toBeInstanceOf(ORPCError);
    expect(isDefinedError(error)).toBe(true);
    expect(error).toMatchObject({ code: 'not-found', data: { field: 'connection' } });
    expect((error as ORPCError<string, { cure: string }>).data.cure).toMatch(/add one/);
  });

  it('refuses wrong input by the name of the field', async () => {
    const wrong = { ...connection(), scoreRange: { min: 900, max: 100, unscored: true } };
    const [error] = await safe(client.connections.add(wrong));
    expect(error).toMatchObject({ code: 'bad-input', data: { field: 'scoreRange.min' } });
    expect(await client.connections.list()).toEqual([]);
  });

  it('refuses fields that it does not know', async () => {
    const [error] = await safe(client.users.list({ filter: { conection: 'x' } as object }));
    expect(error).toMatchObject({ code: 'bad-input' });
  });

  it('pages', async () => {
    await synced();
    const first = await client.users.list({ limit: 500 });
    expect(first.total).toBe(1_200);
    expect(first.rows).toHaveLength(500);
    const ids = new Set(first.rows.map((row) => row.id));
    let after = first.next;
    while (after !== null) {
      const page = await client.users.list({ limit: 500, after });
      for (const row of page.rows) ids.add(row.id);
      after = page.next;
    }
    expect(ids.size).toBe(1_200);
  });

  it('streams an export to its end', async () => {
    await synced();
    let text = '';
    for await (const chunk of await client.users.export({ format: 'json' })) text += chunk.text;
    expect(JSON.parse(text)).toHaveLength(1_200);
  });

  it('lets a stream that is left reach its end on the other side', async () => {
    await synced();
    const controller = new AbortController();
    const stream = await client.users.export({ format: 'csv' }, { signal: controller.signal });
    for await (const chunk of stream) {
      expect(chunk.text.length).toBeGreaterThan(0);
      break;
    }
    controller.abort();
    expect((await client.users.count({})).total).toBe(1_200);
  });

  it('carries a whole action', async () => {
    await synced();
    await client.rules.add({
      name: 'High',
      query: { combinator: 'and', rules: [{ field: 'riskLevel', operator: '=', value: 'high' }] },
    });
    await client.actions.add({
      name: 'Quarantine',
      rule: 'High',
      connection: 'contoso',
      kind: 'add-to-group',
      group: { mode: 'create', name: 'Quarantine', kind: 'security' },
    });
    const plan = await client.actions.plan({ name: 'Quarantine' });
    expect(plan.counts.act).toBeGreaterThan(0);
    const started = await client.actions.run({ planId: plan.planId, confirm: plan.counts.act });
    let last = started;
    for await (const run of await client.actions.watch({ runId: started.runId })) last = run;
    expect(last.state).toBe('completed');
    expect(last.counts.succeeded).toBe(plan.counts.act);
    const verified = await client.actions.verify({ runId: last.runId });
    expect(verified.counts).toEqual({ verified: plan.counts.act, pending: 0, notApplied: 0 });
    expect(await client.journal.verify()).toMatchObject({ intact: true, firstBad: null });
  });
});

describe('the error list', () => {
  it('is the same for every procedure of the contract', () => {
    const procedures = Object.values(contract).flatMap((group) => Object.values(group));
    expect(procedures.length).toBeGreaterThan(50);
    for (const procedure of procedures) {
      expect(Object.keys(procedure['~orpc'].errorMap).sort()).toEqual([...errorCodes].sort());
    }
  });
});
