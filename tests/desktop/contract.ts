/** The contract for a test, over a port of its own that the page asked for: the window keeps the one it has. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Page } from '@playwright/test';
import type { Contract } from '../../shared/contract/contract.ts';

export type Client = ContractRouterClient<Contract>;

let ports = 0;

export async function contractOf(page: Page): Promise<Client> {
  ports += 1;
  const name = `testPort${ports}`;
  const target = new EventTarget();
  await page.exposeFunction(`${name}Heard`, (data: unknown) => {
    target.dispatchEvent(Object.assign(new Event('message'), { data }));
  });
  await page.evaluate(`new Promise((done) => {
    // The window's own listener comes first; for this one message it must see no port, or both would use the same.
    const own = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'ports');
    Object.defineProperty(MessageEvent.prototype, 'ports', {
      ...own,
      get() {
        return this.data === 'riskdesk:port' ? [] : own.get.call(this);
      },
    });
    const take = (event) => {
      if (event.data !== 'riskdesk:port') return;
      Object.defineProperty(MessageEvent.prototype, 'ports', own);
      window.removeEventListener('message', take);
      window.${name} = event.ports[0];
      window.${name}.onmessage = ({ data }) => window.${name}Heard(data);
      // It may have been the one that the window itself was waiting for.
      window.postMessage('riskdesk:ready', location.origin);
      done();
    };
    window.addEventListener('message', take);
    window.postMessage('riskdesk:ready', location.origin);
  })`);
  const port = {
    addEventListener: target.addEventListener.bind(target),
    postMessage: (data: unknown) => {
      // What is said to a window that has gone is said to nobody.
      page.evaluate(`window.${name}.postMessage(${JSON.stringify(data)})`).catch(() => undefined);
    },
  };
  return createORPCClient(new RPCLink({ port: port as never }));
}

export const sample = 'Contoso (sample)';

/** Resolves when the sample tenant has been read once. */
export async function synced(client: Client): Promise<void> {
  for await (const state of await client.sync.watch({ connection: sample })) {
    if (state.running === null && state.last !== null) return;
  }
}

/** A run over `users` people: 60 of them a request, and the tenant allows four requests a second. */
export async function startRun(client: Client, users: number): Promise<string> {
  const ids: string[] = [];
  while (ids.length < users) {
    const filter = { deleted: 'exclude' as const };
    const { rows } = await client.users.list({
      filter,
      limit: Math.min(1_000, users - ids.length),
      offset: ids.length,
    });
    ids.push(...rows.map((row) => row.id));
  }
  const plan = await client.actions.planSelection({ connection: sample, kind: 'confirm-compromised', ids });
  const run = await client.actions.run({ planId: plan.planId, confirm: plan.counts.act });
  return run.runId;
}
