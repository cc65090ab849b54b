/**
 * What the core needs from the world and must not fetch for itself. A host supplies each port once, in openCore.
 * Deliberately absent: windows, dialogs, menus, `electron`, environment variables, process.exit.
 */

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
  | { readonly kind: 'certificate'; readonly pem: string };

export type AccessToken = {
  readonly token: string;
  /** Epoch milliseconds, by the local clock. */
  readonly expiresAt: number;
  /** Application permissions (`roles` claim); empty when the token is not a readable JWT. */
  readonly roles: readonly string[];
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
  /** PEM text of a private key and its certificate; rejects with bad-input when the file is not that. */
  certificate(path: string): Promise<string>;
};
