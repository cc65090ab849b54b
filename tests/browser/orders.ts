/**
 * What a browser test may do behind the window's back: break the tenant, ask the core as another window would, take the
 * host away. Orders travel over the channel between the test and the process of `serve.ts`.
 */
import { createRouterClient } from '@orpc/server';
import type { Core } from '../../electron/core/core.ts';
import type { TwinControl } from '../../electron/twin/control.ts';
import type { FaultKind } from '../../electron/twin/faults.ts';

export type Order =
  /** `path`: the beginning of a path below the version, such as `/groups/`. */
  | {
      readonly do: 'break';
      readonly kind: FaultKind;
      readonly method?: string;
      readonly path?: string;
      readonly after?: number;
      readonly times?: number;
      readonly delayMs?: number;
    }
  | { readonly do: 'mend' }
  /** Any procedure of the contract, as `settings.set`. Answers with its output. */
  | { readonly do: 'call'; readonly procedure: string; readonly input?: unknown }
  /** Any function of the tenant's control, as `addGroup`. Answers with its output. */
  | { readonly do: 'tenant'; readonly name: keyof TwinControl; readonly input: readonly unknown[] }
  /** Writes to the database as nobody should. */
  | { readonly do: 'tamper'; readonly sql: string }
  /** The host ends and starts again on the same port, with a new address and a new cookie. Answers with the address. */
  | { readonly do: 'restart' }
  /** The host ends and nothing answers any more. */
  | { readonly do: 'leave' };

export type Orders = {
  readonly core: Core;
  readonly control: TwinControl;
  readonly database: string;
  readonly restart: () => Promise<string>;
  readonly leave: () => Promise<void>;
};

async function obey(order: Order, to: Orders): Promise<unknown> {
  switch (order.do) {
    case 'break': {
      const { do: _, method, path, ...fault } = order;
      to.control.inject({
        ...fault,
        match: (itsMethod, itsPath) =>
          (method === undefined || method === itsMethod) && (path === undefined || itsPath.startsWith(path)),
      });
      return null;
    }
    case 'mend':
      to.control.clearFaults();
      return null;
    case 'call': {
      const client: unknown = createRouterClient(to.core.router, { context: {} });
      const [group = '', name = ''] = order.procedure.split('.');
      const groups = client as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
      return groups[group]?.[name]?.(order.input);
    }
    case 'tenant': {
      const deed = to.control[order.name];
      return typeof deed === 'function' ? (deed as (...input: readonly unknown[]) => unknown)(...order.input) : deed;
    }
    case 'tamper': {
      const { default: Database } = await import('better-sqlite3');
      const database = new Database(to.database);
      database.exec(order.sql);
      database.close();
      return null;
    }
    case 'restart':
      return to.restart();
    case 'leave':
      await to.leave();
      return null;
  }
}

/** Listens on the channel of this process; each order is answered with `{ok}` or `{error}`. */
export function takeOrders(to: Orders): void {
  process.on('message', (message: { readonly id: number; readonly order: Order }) => {
    obey(message.order, to).then(
      (ok) => process.send?.({ id: message.id, ok: JSON.parse(JSON.stringify(ok ?? null)) }),
      (error: unknown) => process.send?.({ id: message.id, error: String(error) }),
    );
  });
}
