/**
 * Applies the retention settings once a day, whichever process is open then: the store remembers the day. Old history is
 * found by reading every change, so where one command waits for its answer, it goes first.
 */
import type { Settings } from '../../shared/model/settings.ts';
import type { Journal } from './journal/journal.ts';
import type { Clock, Log } from './ports.ts';
import type { Writer } from './store/types.ts';

const dayMs = 86_400_000;
/** How often a program that stays open looks whether a day has passed: its clock may have stood still for a night. */
const lookMs = 3_600_000;
/** A command that is over by then leaves the cleaning to the next longer one, such as a sync. */
const commandMs = 1_000;

/** `stop` resolves when nothing of it touches the store any more. */
export type Upkeep = { readonly stop: () => Promise<void> };

export function startUpkeep(ports: {
  readonly settings: () => Promise<Settings>;
  readonly journal: Journal;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly log: Log;
  /** True where a program stays open: what a killed process or an older version left unindexed is indexed at start. */
  readonly staysOpen: boolean;
}): Upkeep {
  const { settings, journal, writer, clock, log, staysOpen } = ports;
  const stopping = new AbortController();
  const { signal } = stopping;

  async function clean(): Promise<void> {
    const { historyDays, journalDays } = (await settings()).retention;
    if (historyDays === 0 && journalDays === 0) return;
    const now = clock.now();
    if (!(await writer.claimCleaning({ now, every: dayMs })).due) return;
    if (historyDays > 0) await writer.cleanHistory({ before: now - historyDays * dayMs });
    if (journalDays > 0) await journal.clean(now - journalDays * dayMs);
  }

  async function index(): Promise<void> {
    while (!signal.aborted && (await writer.indexSearch({})).more);
  }

  async function tried(work: () => Promise<void>): Promise<void> {
    if (signal.aborted) return;
    await work().catch((error: unknown) => log('warn', 'upkeep.failed', { error: String(error) }));
  }

  const rest = (ms: number) => clock.sleep(ms, signal).catch(() => undefined);

  async function run(): Promise<void> {
    if (staysOpen) await tried(index);
    else await rest(commandMs);
    while (!signal.aborted) {
      await tried(clean);
      await rest(lookMs);
    }
  }
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
