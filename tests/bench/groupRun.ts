/** Adds every user to one group: HTTP requests a user, and how long it takes. */

import { serveTwin } from '../../electron/twin/serve.ts';
import { createTwin } from '../../electron/twin/twin.ts';
import { openBenchCore } from './openBenchCore.ts';
import { report } from './report.ts';

const users = Number(process.argv[2] ?? 200_000);
const twin = createTwin({ users });
const served = await serveTwin(twin);
const core = await openBenchCore({ ...served, ...twin.credentials });
await core.sync();
const query = { combinator: 'and', rules: [{ field: 'isDeleted', operator: '=', value: false }] };
await core.client.rules.add({ name: 'all', query });
await core.client.actions.add({
  name: 'all',
  rule: 'all',
  connection: 'bench',
  kind: 'add-to-group',
  group: { mode: 'create', name: 'Everybody', kind: 'security' },
});
const planned = performance.now();
const plan = await core.client.actions.plan({ name: 'all' });
report({ what: 'plan', users, value: (performance.now() - planned) / 1_000, unit: 's', budget: null });
twin.control.resetCounters();
const began = performance.now();
let run = await core.client.actions.run({ planId: plan.planId, confirm: plan.counts.act });
for await (const state of await core.client.actions.watch({ runId: run.runId })) run = state;
const seconds = (performance.now() - began) / 1_000;
if (run.state !== 'completed' || run.counts.succeeded !== plan.counts.act) throw new Error(JSON.stringify(run));
const requests = twin.control.requests.http ?? 0;
await core.close();
await served.close();
report({
  what: 'users a request, adding all to a group',
  users,
  value: plan.counts.act / requests,
  unit: 'users',
  budget: null,
});
report({
  what: 'requests per 300 users',
  users,
  value: (requests / plan.counts.act) * 300,
  unit: 'requests',
  budget: 1,
});
report({ what: 'the run', users, value: seconds, unit: 's', budget: null });
