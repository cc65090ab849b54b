/** A store with a few users whose every property is set by the test. */
import type { Filter, QueryContext } from '../../../electron/core/query/filter.ts';
import { listUsers } from '../../../electron/core/query/users.ts';
import type { RiskyUserIn } from '../../../electron/core/store/tables/riskyUserIn.ts';
import type { Store } from '../../../electron/core/store/types.ts';
import type { RiskyUser } from '../../../shared/model/riskyUser.ts';
import { defaultThresholds } from '../../../shared/model/score.ts';
import { addConnection } from '../../harness/connection.ts';
import { openTestStore, syncPages, t0 } from '../../store/harness.ts';

export const context: QueryContext = { now: t0, thresholds: defaultThresholds };

/** The users of two connections, `Alpha` and `Beta`, from one full sync each. */
export async function storeWith(alpha: readonly RiskyUserIn[], beta: readonly RiskyUserIn[] = []): Promise<Store> {
  const store = await openTestStore();
  const one = await addConnection(store.writer, 'Alpha', t0);
  const two = await addConnection(store.writer, 'Beta', t0, { weight: 3 });
  await syncPages(store, one, [alpha]);
  await syncPages(store, two, [beta]);
  return store;
}

export async function everybody(store: Store, filter: Filter = {}): Promise<readonly RiskyUser[]> {
  return (await listUsers(store.reader, filter, { limit: 10_000 }, context)).rows;
}
