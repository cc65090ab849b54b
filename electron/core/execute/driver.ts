/**
 * What carrying out a run needs to know about one kind of action. A driver talks to Graph and judges the answers; the
 * order of steps, journalling, pausing and repeating belong to carry.ts and are the same for every kind.
 */
import type { StepChange, WorkStep } from '../journal/journal.ts';

/** `stop`: something that concerns every user; the run ends with these words and can be resumed. */
export type Sent = {
  readonly changes: readonly StepChange[];
  readonly stop: string | null;
};

/** A step for which a request is needed, and what was found before it. */
export type Ready = { readonly step: WorkStep; readonly before: string | null };

/**
 * What Graph shows now. `shows`: the wanted state, or that the change is being processed. `gone`: the user cannot be
 * found. `unreadable`: Graph shows nothing of this change.
 */
export type Probe = {
  readonly seq: number;
  readonly state: 'shows' | 'processing' | 'absent' | 'gone' | 'unreadable';
  readonly seen: string | null;
};

export type ReadOptions = { readonly signal: AbortSignal };

export type Driver = {
  /** Users that one call of `send` takes. */
  readonly size: number;
  /** Calls of `send` on the wire at the same time. */
  readonly lanes: number;
  /** Users that one call of `probe` takes. */
  readonly probeSize: number;
  /**
   * Reads what must be known before anything is sent; `among` are the object ids, lower case, that still wait.
   * Rejects with RiskdeskError or GraphError when the run cannot go on.
   */
  prepare(among: () => Promise<ReadonlySet<string>>, options: ReadOptions): Promise<void>;
  /** Sends nothing that writes: tells the steps that need no request from those that do. */
  decide(
    steps: readonly WorkStep[],
    options: ReadOptions,
  ): Promise<{ readonly ready: readonly Ready[]; readonly changes: readonly StepChange[] }>;
  /** Whether a step that the plan left alone as `already` is still so; null where the plan is taken at its word. */
  stillAlready(step: WorkStep): boolean | null;
  /** Writes. One change per step; a step whose effect is not known comes back as `unknown`. */
  send(steps: readonly WorkStep[], options: ReadOptions): Promise<Sent>;
  /** Reads back. Rejects like `prepare`. */
  probe(steps: readonly WorkStep[], options: ReadOptions): Promise<readonly Probe[]>;
  /** How long Graph may take to show anything of a change, ms: until then `absent` proves nothing. */
  readonly showsAfter: number;
  /** What the journal says of a step that took effect. */
  readonly after: string | null;
};
