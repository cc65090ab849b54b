/** What the main process and the process that holds the data say to each other. Data itself goes over ports, past main. */
import type { ErrorCode } from '../../../shared/model/errors.ts';
import type { NoUpdateReason, UpdateChannel, UpdateEvent } from '../../../shared/model/update.ts';

export type CoreStart = {
  readonly dataDir: string;
  /** Size of the embedded sample tenant; null for the real network. */
  readonly sample: number | null;
  /** Why the program does not replace itself; null when it can. */
  readonly noUpdates: NoUpdateReason | null;
};

/** What must not be cut in half, and whether the person wants the program to stay when its window is closed. */
export type Work = {
  readonly runs: readonly { readonly runId: string; readonly done: number; readonly total: number }[];
  readonly syncs: number;
  readonly stay: boolean;
};

export type WakeReason = 'resume' | 'online';

/** The core decides when; main fetches and replaces. */
export type UpdateOrder = { readonly kind: 'check'; readonly channel: UpdateChannel } | { readonly kind: 'install' };

export type ToCore =
  | ({ readonly kind: 'open' } & CoreStart)
  /** Carries one port, which is served until its other end closes. */
  | { readonly kind: 'port' }
  | { readonly kind: 'work'; readonly id: number }
  | { readonly kind: 'wake'; readonly reason: WakeReason }
  | { readonly kind: 'suspend' | 'offline' }
  | { readonly kind: 'update'; readonly event: UpdateEvent }
  | { readonly kind: 'close' };

export type FromCore =
  | { readonly kind: 'open' | 'closed' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly cure: string | null }
  | { readonly kind: 'work'; readonly id: number; readonly work: Work }
  | { readonly kind: 'note'; readonly title: string; readonly body: string; readonly runId: string | null }
  /** A page of Microsoft's sign-in, to be opened in the person's own browser. */
  | { readonly kind: 'browse'; readonly url: string }
  | { readonly kind: 'update'; readonly order: UpdateOrder };
