/** What planning and removing do beside their answers, through the contract, against the twin over HTTP. */
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '../../harness/openTestCore.ts';

let test: TestCore;
const client = () => createRouterClient(test.core.router);

beforeEach(async () => {
  test = await openTestCore();
  const { tenant, client: app } = test.twin.credentials;
  await client().connections.add({
    name: 'contoso',
    tenant,
    client: app,
    authorityUrl: test.server.authorityUrl,
    graphUrl: test.server.graphUrl,
    credential: { kind: 'secret-env', variable: test.secretVariable },
  });
  await client().sync.start({ connection: 'contoso' });
  for await (const _state of await client().sync.watch({ connection: 'contoso' }));
  await client().rules.add({
    name: 'Everybody',
    query: { combinator: 'and', rules: [{ field: 'connection', operator: '=', value: 'contoso' }] },
  });
});
afterEach(() => test.close());

it('a plan refreshes the name that an action shows of its group, and that it is deleted', async () => {
  const group = test.twin.control.addGroup({ displayName: 'Old name' });
  await client().actions.add({
    name: 'Quarantine',
    rule: 'Everybody',
    connection: 'contoso',
    kind: 'add-to-group',
    group: { mode: 'existing', id: group.id },
  });
  const shown = async () => (await client().actions.list())[0]?.group;
  expect(await shown()).toMatchObject({ name: 'Old name', deleted: false });
  test.twin.control.updateGroup(group.id, { displayName: 'New name' });
  await client().actions.plan({ name: 'Quarantine' });
  expect(await shown()).toMatchObject({ name: 'New name', deleted: false });
  test.twin.control.removeGroup(group.id);
  await expect(client().actions.plan({ name: 'Quarantine' })).rejects.toMatchObject({ code: 'not-found' });
  expect(await shown()).toMatchObject({ name: 'New name', deleted: true });
});

it('a connection is not removed while a run acts in its name', async () => {
  await client().actions.add({
    name: 'Block',
    rule: 'Everybody',
    connection: 'contoso',
    kind: 'disable-account',
    group: null,
  });
  const plan = await client().actions.plan({ name: 'Block' });
  test.twin.control.inject({ kind: 'slow', match: (_method, path) => path.endsWith('batch'), delayMs: 300 });
  const { runId } = await client().actions.run({ planId: plan.planId, confirm: plan.total });
  await expect(client().connections.remove({ name: 'contoso' })).rejects.toMatchObject({
    code: 'busy',
    data: { field: 'name', facts: { runId } },
  });
  await client().actions.pause({ runId });
  await client().connections.remove({ name: 'contoso' });
  expect(await client().connections.list()).toEqual([]);
});
