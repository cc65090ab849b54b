/**
 * Says which field of a connection is wrong when the token endpoint refuses, from its AADSTS number (Microsoft Entra
 * authentication error codes). Pure. No text here ever holds the secret or the assertion.
 */
import { RiskdeskError } from '../../shared/model/errors.ts';
import type { Credential, PersonCredential, SignInTarget } from '../core/ports.ts';

export type TokenRefusal = {
  readonly status: number;
  /** Parsed JSON; undefined where the answer is not JSON. */
  readonly body: unknown;
};

type ApplicationCredential = Exclude<Credential, PersonCredential>;

export type Verdict = { readonly field: string; readonly message: string; readonly cure: string };

export const registration = 'Entra admin center > App registrations';

/** @param host of the authority, for the text. */
export function tokenRefusal(
  refusal: TokenRefusal,
  target: SignInTarget,
  credential: ApplicationCredential,
  host: string,
): RiskdeskError {
  const { number, error, description } = readRefusal(refusal.body);
  const facts = { status: refusal.status, aadsts: number, error };
  if (error === null && number === null) return notTokenEndpoint(refusal.status, host);
  const verdict =
    byNumber(number, credential) ??
    common(number, target) ??
    byError(error, credential, shown(description, credential));
  const suffix = number === null ? '' : ` (AADSTS${number})`;
  return new RiskdeskError('auth-failed', `${verdict.message}${suffix}.`, {
    field: verdict.field,
    cure: verdict.cure,
    facts,
  });
}

/** What a refusal says of itself: AADSTS number, OAuth error, and the text for people. */
export function readRefusal(body: unknown): {
  readonly number: number | null;
  readonly error: string | null;
  readonly description: string;
} {
  const description = text(body, 'error_description') ?? '';
  return { number: readNumber(body, description), error: text(body, 'error'), description };
}

export function notTokenEndpoint(status: number, host: string): RiskdeskError {
  const what =
    status === 404 ? 'knows no token endpoint there' : `answered ${status} with something that is not a token`;
  return new RiskdeskError('auth-failed', `${host} ${what}.`, {
    field: 'authorityUrl',
    cure: 'Check the authority URL and the tenant.',
    facts: { status, aadsts: null, error: null },
  });
}

/** What is wrong with tenant, application or addresses, whoever signs in. */
export function common(number: number | null, target: SignInTarget): Verdict | null {
  switch (number) {
    case 90002:
    case 900023:
    case 90013:
    case 50059:
      return {
        field: 'tenant',
        message: `The tenant '${target.tenant}' was not found`,
        cure: 'Check the tenant: its ID or a verified domain, and that the cloud is the right one.',
      };
    case 700016:
    case 7000229:
      return {
        field: 'client',
        message: `The application '${target.client}' was not found in the tenant '${target.tenant}'`,
        cure: `Check the application (client) ID in ${registration}, and that it is the right tenant.`,
      };
    case 7000112:
      return {
        field: 'client',
        message: `The application '${target.client}' is disabled in the tenant`,
        cure: 'Enable it in Entra admin center > Enterprise applications.',
      };
    case 70011:
    case 500011:
    case 1002012:
      return {
        field: 'graphUrl',
        message: `The tenant does not know the resource of the scope '${target.scope}'`,
        cure: 'Check the cloud and the Graph URL.',
      };
    default:
      return null;
  }
}

function byNumber(number: number | null, credential: ApplicationCredential): Verdict | null {
  switch (number) {
    case 7000215:
      return looksLikeId(credential)
        ? {
            field: 'secret',
            message: "The client secret is wrong: what was given looks like the secret's ID, not its value",
            cure: `Give the secret's value. It is shown only once, when the secret is made, in ${registration} > Certificates & secrets.`,
          }
        : {
            field: 'secret',
            message: 'The client secret is wrong',
            cure: `Give the secret's value, not its ID, from ${registration} > Certificates & secrets of this application.`,
          };
    case 7000222:
      return {
        field: credential.kind,
        message: credential.kind === 'secret' ? 'The client secret has expired' : 'The certificate has expired',
        cure: `Make a new one in ${registration} > Certificates & secrets.`,
      };
    case 7000216:
    case 7000218:
      return { field: 'secret', message: 'No credential arrived', cure: 'Give a client secret or a certificate.' };
    case 700027:
    case 7000214:
      return {
        field: 'certificate',
        message: 'The certificate is not registered for this application, or its signature was refused',
        cure: `Upload it in ${registration} > Certificates & secrets.`,
      };
    case 700024:
      return {
        field: 'certificate',
        message: 'The signed assertion is not valid at this time',
        cure: "Set this machine's clock: it differs from Microsoft's by minutes.",
      };
    case 53003:
      return {
        field: 'client',
        message: 'Conditional Access blocked the sign-in of the application',
        cure: 'Allow this machine or network in the Conditional Access policy for workload identities.',
      };
    default:
      return null;
  }
}

function byError(error: string | null, credential: ApplicationCredential, description: string): Verdict {
  const said = description === '' ? '' : `: ${description}`;
  if (error === 'invalid_client') {
    return {
      field: credential.kind,
      message: `The sign-in refused the application's credential${said}`,
      cure: 'Check the application (client) ID and its credential.',
    };
  }
  if (error === 'unauthorized_client') {
    return {
      field: 'client',
      message: `The application may not sign in this way${said}`,
      cure: 'Check the application (client) ID and its registration.',
    };
  }
  if (error === 'invalid_scope') {
    return { field: 'graphUrl', message: `The scope was refused${said}`, cure: 'Check the cloud and the Graph URL.' };
  }
  return {
    field: 'client',
    message: `The sign-in was refused${said}`,
    cure: 'Check the tenant, the application (client) ID and the credential.',
  };
}

/** A secret's ID is a GUID; its value is not (Microsoft: AADSTS7000215). */
function looksLikeId(credential: ApplicationCredential): boolean {
  return credential.kind === 'secret' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(credential.secret.trim());
}

function readNumber(body: unknown, description: string): number | null {
  const listed = field(body, 'error_codes');
  const first: unknown = Array.isArray(listed) ? listed[0] : undefined;
  if (typeof first === 'number') return first;
  const named = /AADSTS(\d+)/.exec(description);
  return named === null ? null : Number(named[1]);
}

/** The first line of a description, without tokens. */
export function firstLine(description: string): string {
  const line = (description.split(/\r?\n/)[0] ?? '').replace(/^AADSTS\d+:\s*/, '').replace(/\.$/, '');
  return line.replace(/eyJ[\w-]+(\.[\w-]*)*/g, '[redacted]').slice(0, 300);
}

/** The same, without anything that the server may have echoed from the request. */
function shown(description: string, credential: ApplicationCredential): string {
  if (credential.kind === 'secret' && credential.secret !== '') {
    const forms = [credential.secret, encodeURIComponent(credential.secret)];
    if (forms.some((form) => (description.split(/\r?\n/)[0] ?? '').includes(form))) return '';
  }
  return firstLine(description);
}

function text(body: unknown, name: string): string | null {
  const value = field(body, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

function field(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  return Object.getOwnPropertyDescriptor(body, name)?.value;
}
