/** The sync after 1 % of the users changed: how many requests it takes. The twin is in process, to be changed at will. */

import { serveTwin } from '../../electron/twin/serve.ts';
import { createTwin } from '../../electron/twin/twin.ts';
import { openBenchCore } from './openBenchCore.ts';
import { report } from './report.ts';

const users = Number(process.argv[2] ?? 200_000);
const twin = createTwin({ users });
const served = await serveTwin(twin);
const core = await openBenchCore({ ...served, ...twin.credentials });
const first = await core.sync();
twin.control.advance(1_800_000);
twin.control.changeRisk(users / 100, { riskLevel: 'high', riskState: 'atRisk' });
const next = await core.sync();
await core.close();
await served.close();
const pages = Math.ceil(first.users / 500);
if (next.changed < users / 200) throw new Error(`Only ${next.changed} users were seen to change.`);
report({ what: 'requests after 1 % changed', users, value: next.requests, unit: 'requests', budget: pages / 100 + 3 });
