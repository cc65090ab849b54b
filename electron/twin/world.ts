/** The tenant as a whole: what the handlers work on. Put together once, in twin.ts. */
import type { Counters } from './counters.ts';
import type { GroupStore } from './data/groupStore.ts';
import type { RiskStore } from './data/riskStore.ts';
import type { Faults } from './faults.ts';
import type { People } from './login/people.ts';
import type { Registration } from './login/registration.ts';
import type { Tokens } from './login/tokens.ts';
import type { TokenIssuer } from './odata/page.ts';
import type { Throttle } from './throttle.ts';

export type World = {
  readonly seed: number;
  /** The twin's clock, epoch ms. */
  readonly now: () => number;
  readonly random: () => number;
  readonly users: RiskStore;
  readonly groups: GroupStore;
  readonly app: Registration;
  readonly tokens: Tokens;
  readonly people: People;
  readonly links: TokenIssuer;
  readonly throttle: Throttle;
  readonly faults: Faults;
  readonly counters: Counters;
  readonly upperCaseHeaders: boolean;
  /** What tests may change while it runs. */
  readonly settings: { licensed: boolean; riskDelayMs: number; replicationMs: number };
  /** A GUID that no other call gets: request ids, new groups. */
  readonly nextId: () => string;
};
