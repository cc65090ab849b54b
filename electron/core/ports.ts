/**
 * What the core needs from the world and must not fetch for itself. A host supplies each port once, in openCore.
 * Deliberately absent: windows, dialogs, menus, `electron`, environment variables, process.exit.
 */
import type { NoUpdateReason, UpdateChannel, UpdateEvent } from '../../shared/model/update.ts';

/**
 * Sends one HTTP request. Has the shape of the global `fetch`, so that Node's fetch, Electron's `net.fetch` and the
 * digital twin all fit. Rejects when no answer came; never follows a redirect to another origin with credentials.
 */
export type Transport = (url: string, init: TransportInit) => Promise<Response>;

export type TransportInit = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Where the sign-in of one connection happens and who signs in. Holds no secret. */
export type SignInTarget = {
  readonly tenant: string;
  readonly client: string;
  /** Base of the token endpoint, without the tenant: `https://login.microsoftonline.com`. May have a path. */
  readonly authorityUrl: string;
  /** `https://graph.microsoft.com/.default` and the like. */
  readonly scope: string;
};

export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  /** PEM text that holds a private key and its certificate. */
  | { readonly kind: 'certificate'; readonly pem: string }
  | PersonCredential;

/** A person's sign-in, kept for renewal. The token source tells what became of it. */
export type PersonCredential = {
  readonly kind: 'interactive';
  readonly refreshToken: string;
  readonly permissions: readonly string[];
  /** Keeps the token that replaces this one. */
  keep(refreshToken: string): Promise<void>;
  /** It serves no longer: the person has to sign in again. `why` is a sentence. */
  lost(why: string): Promise<void>;
};

export type AccessToken = {
  readonly token: string;
  /** Epoch milliseconds, by the local clock. */
  readonly expiresAt: number;
  /** Permissions: the `roles` claim, or `scp` for a person; empty when the token is not a readable JWT. */
  readonly roles: readonly string[];
  /** True for a person's token: what it may do depends on the person's directory roles as well. */
  readonly delegated?: boolean;
};

/**
 * Hands out access tokens for one connection. `get` answers from memory until shortly before expiry; `force` asks
 * again (after a 401). Rejects with RiskdeskError `auth-failed`, `offline` or `certificate-untrusted`.
 */
export type TokenSource = {
  get(options?: { readonly force?: boolean; readonly signal?: AbortSignal }): Promise<AccessToken>;
};

export type MakeTokenSource = (target: SignInTarget, credential: () => Promise<Credential>) => TokenSource;

/**
 * Opens an address in the browser of the person at this machine. Resolves with false where there is none to open; the
 * person then opens the address by hand. Never rejects for that.
 */
export type SignInPrompt = (address: string) => Promise<boolean>;

export type SignedIn = {
  /** User principal name; null where the answer names nobody. */
  readonly account: string | null;
  readonly refreshToken: string;
};

/**
 * Signs a person in: authorization code with PKCE, answered on a loopback address. `waiting` is told the address once it
 * may be opened. Rejects with RiskdeskError `auth-failed`, `cancelled` (the signal, or nobody came in time), `offline` or
 * `certificate-untrusted`.
 */
export type InteractiveSignIn = (
  target: SignInTarget,
  options: {
    readonly permissions: readonly string[];
    /** Who signed in last, as a hint to the page. */
    readonly hint: string | null;
    readonly signal: AbortSignal;
    readonly waiting: (at: { readonly address: string; readonly opened: boolean; readonly until: number }) => void;
  },
) => Promise<SignedIn>;

/**
 * The OS keychain. `available` is asked once at start; where it says no, `set` rejects with `keychain-unavailable`.
 * Keys are `connection:<id>`; values are secrets and never leave the process that owns the core.
 */
export type CredentialStore = {
  available(): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: string }>;
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
};

export type Clock = {
  /** Epoch milliseconds; may jump when the user sets the clock. Never used to measure a duration. */
  now(): number;
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** A new unique id: UUID, lower case. */
export type NewId = () => string;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** Structured log. Callers pass facts, never tokens, secrets or bodies. */
export type Log = (level: LogLevel, event: string, facts?: Readonly<Record<string, unknown>>) => void;

/** Tells a person about something that ended while they looked elsewhere. */
export type Notifier = (note: { readonly title: string; readonly body: string; readonly runId?: string }) => void;

/** Reads a secret that the user keeps outside: an environment variable by name, a certificate file by path. */
export type OutsideSecrets = {
  env(name: string): string | undefined;
  /** PEM text of a private key and its certificate, and its end in epoch ms; rejects with bad-input when it is not that. */
  certificate(path: string): Promise<{ readonly pem: string; readonly expiresAt: number }>;
};

/**
 * Fetches newer versions of the program and replaces it. Everything it finds out arrives at the one listener; `check` and
 * `install` only begin. A host that has none leaves the port away.
 */
export type Updater = {
  /** Why this program does not replace itself; null when it can. */
  readonly unsupported: NoUpdateReason | null;
  /** Asks the source and downloads what is newer. */
  check(channel: UpdateChannel): void;
  /** Closes the program, replaces it and starts it again. Only after `ready`. */
  install(): void;
  onEvent(listener: (event: UpdateEvent) => void): void;
};
