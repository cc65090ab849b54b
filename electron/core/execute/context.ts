/** What the parts of one run share. Nothing here decides anything. */
import type { Settings } from '../../../shared/model/settings.ts';
import type { GraphClient } from '../graph/types.ts';
import type { Journal, RunKey } from '../journal/journal.ts';
import type { Clock, Log } from '../ports.ts';

/** Tells whoever keeps action configurations what was learnt about a group. */
export type GroupNews = {
  readonly connection: string;
  readonly id: string;
  /** Its name now; null when it was deleted: the last name stays. */
  readonly name: string | null;
  readonly deleted: boolean;
};

export type RunContext = {
  readonly key: RunKey;
  readonly connection: string;
  /** Name of the saved action; null for a selection. */
  readonly action: string | null;
  readonly journal: Journal;
  readonly graph: GraphClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => Promise<Settings>;
  readonly onGroupChanged: (news: GroupNews) => Promise<void>;
  readonly onGroupCreated: (action: string, groupId: string, name: string | null) => Promise<void>;
};
