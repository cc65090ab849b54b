/**
 * What a person has typed about a connection, as text, and what is wrong with it. Pure. The rules are the contract's own
 * schemas, so the form and the core never disagree; what only the core can know (a variable that is not set, a file that
 * cannot be read) comes back from it by the name of the field.
 */
import {
  type ConnectionChange,
  type CredentialInput,
  credentialSchema,
  type NewConnection,
  newConnectionSchema,
} from '../../../shared/contract/connections.ts';
import type { Cloud, Connection, DelegatedPermission } from '../../../shared/model/connection.ts';
import { maxScore, minScore } from '../../../shared/model/score.ts';
import { expiryOf } from './expiry.ts';

export type CredentialKind = CredentialInput['kind'];

export type Draft = {
  readonly name: string;
  readonly tenant: string;
  readonly client: string;
  readonly cloud: Cloud;
  readonly authorityUrl: string;
  readonly graphUrl: string;
  readonly kind: CredentialKind;
  readonly secret: string;
  readonly variable: string;
  readonly file: string;
  /** What a person's sign-in asks for. */
  readonly permissions: readonly DelegatedPermission[];
  /** The day the secret ends, as typed; empty where nobody knows. */
  readonly expires: string;
  readonly min: string;
  readonly max: string;
  readonly unscored: boolean;
  /** Whether it syncs by itself; the minutes stay typed while it is off. */
  readonly automatic: boolean;
  readonly every: string;
};

export const emptyDraft: Draft = {
  name: '',
  tenant: '',
  client: '',
  cloud: 'global',
  authorityUrl: '',
  graphUrl: '',
  kind: 'secret',
  secret: '',
  variable: '',
  file: '',
  permissions: ['IdentityRiskyUser.Read.All'],
  expires: '',
  min: String(minScore),
  max: String(maxScore),
  unscored: true,
  automatic: true,
  every: '60',
};

export function draftOf(connection: Connection): Draft {
  const { place, reference } = connection.credential;
  return {
    ...emptyDraft,
    name: connection.name,
    tenant: connection.tenant,
    client: connection.client,
    cloud: connection.cloud,
    authorityUrl: connection.authorityUrl ?? '',
    graphUrl: connection.graphUrl ?? '',
    kind: kindOf(place),
    permissions: connection.signIn?.permissions ?? emptyDraft.permissions,
    expires: place === 'certificate' ? '' : (connection.credential.expiresAt ?? '').slice(0, 10),
    variable: place === 'env' ? (reference ?? '') : '',
    file: place === 'certificate' ? (reference ?? '') : '',
    min: String(connection.scoreRange.min),
    max: String(connection.scoreRange.max),
    unscored: connection.scoreRange.unscored,
    automatic: connection.syncEvery !== null,
    every: String(connection.syncEvery ?? 60),
  };
}

function kindOf(place: Connection['credential']['place']): CredentialKind {
  if (place === 'env') return 'secret-env';
  return place === 'certificate' || place === 'interactive' ? place : 'secret';
}

export const fields = [
  'name',
  'tenant',
  'client',
  'authorityUrl',
  'graphUrl',
  'secret',
  'variable',
  'file',
  'expires',
  'min',
  'max',
  'every',
] as const;
export type Field = (typeof fields)[number];

/** A sentence's end from the schema ("must be a GUID"), or the key of a sentence of ours. */
export type Problem = { readonly ends: string } | { readonly key: string };
export type Problems = Readonly<Partial<Record<Field, Problem>>>;

type Parses = {
  safeParse(value: unknown): {
    readonly success: boolean;
    readonly error?: { readonly issues: readonly { readonly message: string }[] } | undefined;
  };
};

function schemaProblem(schema: Parses, value: unknown): Problem | undefined {
  const { success, error } = schema.safeParse(value);
  return success ? undefined : { ends: error?.issues[0]?.message ?? 'is not right' };
}

const { name, tenant, client, scoreRange, syncEvery, secretExpires } = newConnectionSchema.shape;

const wholeNumber = (text: string): number => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN);

/** Https anywhere, plain http on this machine alone; the core says the rest. */
function urlProblem(text: string): Problem | undefined {
  if (text.trim() === '') return undefined;
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return { key: 'problem.url' };
  }
  const here = /^(127(\.\d{1,3}){3}|localhost|.+\.localhost|\[::1\])$/i.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && here) ? undefined : { key: 'problem.urlScheme' };
}

export const isGuid = (text: string): boolean => /^\s*[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\s*$/i.test(text);

export function credentialOf(draft: Draft): CredentialInput {
  switch (draft.kind) {
    case 'secret':
      return { kind: 'secret', secret: draft.secret };
    case 'secret-env':
      return { kind: 'secret-env', variable: draft.variable.trim() };
    case 'certificate':
      return { kind: 'certificate', file: draft.file.trim() };
    case 'interactive':
      return { kind: 'interactive', permissions: [...draft.permissions] };
  }
}

/** Where the credential of a kind is typed; a person types none here. */
const credentialField: Readonly<Record<CredentialKind, Field | null>> = {
  secret: 'secret',
  'secret-env': 'variable',
  certificate: 'file',
  interactive: null,
};

/** @param around.taken names of other connections; `around.kept`: a secret is stored, so none need be typed. */
export function problemsOf(
  draft: Draft,
  around: { readonly taken: readonly string[]; readonly kept: boolean },
): Problems {
  const problems: { [Name in Field]?: Problem } = {};
  const note = (field: Field, problem: Problem | undefined) => {
    if (problem !== undefined) problems[field] ??= problem;
  };
  note('name', schemaProblem(name, draft.name));
  if (around.taken.some((one) => one.toLowerCase() === draft.name.trim().toLowerCase())) {
    note('name', { key: 'problem.taken' });
  }
  note('tenant', schemaProblem(tenant, draft.tenant));
  note('client', schemaProblem(client, draft.client));
  if (isGuid(draft.client) && draft.client.trim().toLowerCase() === draft.tenant.trim().toLowerCase()) {
    note('client', { key: 'problem.sameIds' });
  }
  note('authorityUrl', urlProblem(draft.authorityUrl));
  note('graphUrl', urlProblem(draft.graphUrl));
  const nothingTyped = draft.kind === 'secret' && draft.secret === '';
  const typed = credentialField[draft.kind];
  if (typed !== null && !(around.kept && nothingTyped)) {
    note(typed, schemaProblem(credentialSchema, credentialOf(draft)));
  }
  if (hasExpiry(draft.kind)) note('expires', schemaProblem(secretExpires, orNull(draft.expires)));
  const range = { min: wholeNumber(draft.min), max: wholeNumber(draft.max), unscored: draft.unscored };
  const score = scoreRange.unwrap();
  note('min', schemaProblem(score, { ...range, max: maxScore }));
  note('max', schemaProblem(score, { ...range, min: minScore }));
  if (range.min > range.max) note('min', { key: 'problem.range' });
  if (draft.automatic) note('every', schemaProblem(syncEvery, wholeNumber(draft.every)));
  return problems;
}

/** A certificate tells its own end, and a person has none. */
export const hasExpiry = (kind: CredentialKind): boolean => kind === 'secret' || kind === 'secret-env';

/** Things that are allowed and nearly always a mistake. */
export function warningsOf(draft: Draft, now: number = Date.now()): Problems {
  const past = hasExpiry(draft.kind) && expiryOf(orNull(draft.expires), now)?.word === 'over';
  const expires: Problems = past ? { expires: { key: 'warning.past' } } : {};
  if (draft.kind !== 'secret') return expires;
  if (isGuid(draft.secret)) return { ...expires, secret: { key: 'warning.secretId' } };
  if (draft.secret !== draft.secret.trim()) return { ...expires, secret: { key: 'warning.secretSpaces' } };
  return expires;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function settingsOf(draft: Draft) {
  return {
    name: draft.name.trim(),
    tenant: draft.tenant.trim(),
    client: draft.client.trim(),
    cloud: draft.cloud,
    authorityUrl: orNull(draft.authorityUrl),
    graphUrl: orNull(draft.graphUrl),
    scoreRange: { min: wholeNumber(draft.min), max: wholeNumber(draft.max), unscored: draft.unscored },
    syncEvery: draft.automatic ? wholeNumber(draft.every) : null,
  };
}

export function toNew(draft: Draft): NewConnection {
  const expires = hasExpiry(draft.kind) ? { secretExpires: orNull(draft.expires) } : {};
  return { ...settingsOf(draft), ...expires, credential: credentialOf(draft) };
}

/** Only what differs from what is stored; empty when nothing does. */
export function toChange(draft: Draft, connection: Connection): ConnectionChange {
  const wanted = settingsOf(draft);
  const changed = Object.entries(wanted).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(connection[key as keyof typeof wanted]),
  );
  const present = draftOf(connection);
  // Another server needs the credential again: what stands in the form is given again with it, a secret has to be typed.
  const moved = changed.some(([key, value]) => (key === 'authorityUrl' || key === 'graphUrl') && value !== null);
  const sameCredential =
    draft.kind === 'secret'
      ? draft.secret === '' && present.kind === 'secret'
      : draft.kind === present.kind &&
        !(moved && draft.kind !== 'interactive') &&
        draft.variable === present.variable &&
        draft.file === present.file &&
        [...draft.permissions].sort().join() === [...present.permissions].sort().join();
  const newDay = hasExpiry(draft.kind) && (draft.expires.trim() !== present.expires || !sameCredential);
  return {
    ...Object.fromEntries(changed),
    ...(newDay ? { secretExpires: orNull(draft.expires) } : {}),
    ...(sameCredential ? {} : { credential: credentialOf(draft) }),
  };
}

/** Whether a change makes the next sync read the whole list again. */
export function readsAllAgain(change: ConnectionChange): boolean {
  return ['tenant', 'cloud', 'graphUrl', 'scoreRange'].some((key) => key in change);
}

/** The field of the form that the core's field stands for. */
export function fieldOf(coreField: string | null | undefined, kind: CredentialKind): Field | null {
  if (coreField === null || coreField === undefined) return null;
  if (coreField === 'credential.variable') return 'variable';
  if (coreField === 'credential.file') return 'file';
  if (coreField === 'syncEvery') return 'every';
  if (coreField === 'secretExpires') return 'expires';
  if (coreField.startsWith('scoreRange')) return coreField.endsWith('max') ? 'max' : 'min';
  if (/^(credential|secret|certificate)/.test(coreField)) return credentialField[kind];
  return fields.find((field) => field === coreField) ?? null;
}
