/**
 * Says what is wrong when Entra refuses the sign-in of a person, in the browser or at renewal, and whether the person can
 * mend it by signing in again (Microsoft Entra authentication error codes). Pure. No text here holds a code or a token.
 */
import { RiskdeskError } from '../../shared/model/errors.ts';
import type { SignInTarget } from '../core/ports.ts';
import { common, firstLine, notTokenEndpoint, readRefusal, registration, type Verdict } from './signInErrors.ts';

export type PersonRefusal = {
  readonly error: RiskdeskError;
  /** Why the person has to sign in again, as a sentence; null where that would not help. */
  readonly again: string | null;
};

const desktop = `In ${registration} > Authentication add the platform "Mobile and desktop applications" with the redirect URI http://localhost.`;
const signInAgain = 'Sign in again.';

/** @param answer of the token endpoint, or the query of the redirect as `body` with status 0. */
export function personRefusal(
  answer: { readonly status: number; readonly body: unknown },
  target: SignInTarget,
  host: string,
): PersonRefusal {
  const { number, error, description } = readRefusal(answer.body);
  if (error === null && number === null) return { error: notTokenEndpoint(answer.status, host), again: null };
  const reason = interaction(number, error);
  const verdict: Verdict = reason ??
    registered(number) ??
    common(number, target) ?? {
      field: 'signIn',
      message: `The sign-in was refused${description === '' ? '' : `: ${firstLine(description)}`}`,
      cure: 'Sign in again, or ask an administrator of the tenant.',
    };
  const suffix = number === null ? '' : ` (AADSTS${number})`;
  const { field, message, cure } = verdict;
  const facts = { status: answer.status, aadsts: number, error };
  return {
    error: new RiskdeskError('auth-failed', `${message}${suffix}.`, { field, cure, facts }),
    again: reason === null ? null : `${message}${suffix}.`,
  };
}

function again(message: string, cure = signInAgain): Verdict {
  return { field: 'signIn', message, cure };
}

/** What only the person can mend, in the browser. */
function interaction(number: number | null, error: string | null): Verdict | null {
  switch (number) {
    case 50072:
    case 50074:
    case 50076:
    case 50078:
    case 50079:
      return again('Multifactor authentication is asked for');
    case 65001:
    case 90094:
      return again(
        'The application has no consent for what was asked',
        'Have an administrator grant consent for the delegated permissions, then sign in again.',
      );
    case 65004:
      return again(
        'Consent was declined in the browser',
        'Sign in again and accept, or ask an administrator to consent.',
      );
    case 70043:
    case 70044:
      return again('The sign-in frequency of the organisation has passed');
    case 70008:
    case 700081:
    case 700082:
    case 700084:
      return again('The sign-in has expired');
    case 50132:
    case 50133:
    case 50173:
      return again('The password was changed, or the session was revoked');
    case 50057:
      return again('The account is disabled', 'Ask an administrator, or sign in with another account.');
    case 53000:
    case 53001:
    case 53002:
    case 53003:
    case 53004:
      return again(
        'Conditional Access does not allow the sign-in',
        'Sign in again from a device and network that the policy allows, or ask an administrator.',
      );
    default:
      break;
  }
  if (error === 'interaction_required' || error === 'login_required') return again('Entra wants to see the person');
  if (error === 'consent_required') return again('The application has no consent for what was asked');
  if (error === 'access_denied') return again('The sign-in was declined in the browser');
  return error === 'invalid_grant' ? again('The sign-in is not valid any more') : null;
}

/** What is wrong with the registration of the application. */
function registered(number: number | null): Verdict | null {
  switch (number) {
    case 50011:
    case 500113:
    case 700025:
    case 7000216:
    case 7000218:
    case 9002325:
    case 9002327:
      return { field: 'client', message: 'The application is not registered for the sign-in of people', cure: desktop };
    case 50105:
      return {
        field: 'client',
        message: 'Your account is not assigned to the application',
        cure: 'Have it assigned in Entra admin center > Enterprise applications > Users and groups.',
      };
    default:
      return null;
  }
}
