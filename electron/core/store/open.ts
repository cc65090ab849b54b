/** Opens Riskdesk's database. The one door to it; everything behind it is reached through `Reader` and `Writer`. */
import { migrations } from './migrations/index.ts';
import { type OpenOptions, openStoreWith } from './openWith.ts';
import type { Store } from './types.ts';
import { writes } from './writes.ts';

/**
 * Opens, or creates, `riskdesk.db` in `dataDir` and brings its schema up to date. Rejects with RiskdeskError
 * `store-corrupt`, `store-newer`, `store-read-only`, `store-busy`, `disk-full`, or `bad-input` for the folder itself.
 */
export function openStore(options: OpenOptions): Promise<Store> {
  return openStoreWith(writes, migrations, new URL('./worker.ts', import.meta.url), options);
}
