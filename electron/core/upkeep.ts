/** Applies the retention settings: at start, and after that once a day while the program stays open. */
import type { Settings } from '../../shared/model/settings.ts';
import type { Journal } from './journal/journal.ts';
import type { Clock, Log } from './ports.ts';
import type { Writer } from './store/types.ts';

const dayMs = 86_400_000;

/** `stop` resolves when nothing of it touches the store any more. */
export type Upkeep = { readonly stop: () => Promise<void> };

export function startUpkeep(ports: {
  readonly settings: () => Promise<Settings>;
  readonly journal: Journal;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether what a killed process or an older version left unindexed is indexed at start; not where one command waits. */
  readonly index: boolean;
}): Upkeep {
  const { settings, journal, writer, clock, log, index } = ports;

  async function once(): Promise<void> {
    const { historyDays, journalDays } = (await settings()).retention;
    if (historyDays > 0) await writer.cleanHistory({ before: clock.now() - historyDays * dayMs });
    if (journalDays > 0) await journal.clean(clock.now() - journalDays * dayMs);
    if (!index) return;
    while (!stopping.signal.aborted && (await writer.indexSearch({})).more);
  }

  const stopping = new AbortController();
  async function daily(): Promise<void> {
    while (!stopping.signal.aborted) {
      await once().catch((error: unknown) => log('warn', 'upkeep.failed', { error: String(error) }));
      await clock.sleep(dayMs, stopping.signal).catch(() => undefined);
    }
  }
  const running = daily();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
