/**
 * The token endpoint's refusals, in the form and the words of Microsoft Entra (Microsoft identity platform:
 * reference-error-codes). Clients read `error_codes`, people read `error_description`.
 */
import { json, type TwinAnswer } from '../http/message.ts';
import type { ErrorStamp } from '../http/refusal.ts';

export class LoginRefusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly aadsts: number;

  constructor(status: number, error: string, aadsts: number, message: string) {
    super(message);
    this.status = status;
    this.error = error;
    this.aadsts = aadsts;
  }
}

export function tenantNotFound(tenant: string): LoginRefusal {
  return new LoginRefusal(
    400,
    'invalid_request',
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
}

export function applicationNotFound(client: string, tenant: string): LoginRefusal {
  return new LoginRefusal(
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${client}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  );
}

export function wrongSecret(client: string, looksLikeId: boolean): LoginRefusal {
  const text = looksLikeId
    ? `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${client}'.`
    : `Invalid client secret is provided for app '${client}'.`;
  return new LoginRefusal(401, 'invalid_client', 7000215, text);
}

export function expiredSecret(client: string): LoginRefusal {
  return new LoginRefusal(
    401,
    'invalid_client',
    7000222,
    `The provided client secret keys for app '${client}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  );
}

export function missingParameter(name: string): LoginRefusal {
  return new LoginRefusal(
    400,
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'.`,
  );
}

export function badAssertion(aadsts: number, message: string): LoginRefusal {
  return new LoginRefusal(401, 'invalid_client', aadsts, message);
}

export function loginAnswer(refusal: LoginRefusal, stamp: ErrorStamp): TwinAnswer {
  const timestamp = `${new Date(stamp.now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const { requestId, clientRequestId } = stamp;
  return json(
    refusal.status,
    {
      error: refusal.error,
      error_description: `AADSTS${refusal.aadsts}: ${refusal.message} Trace ID: ${requestId} Correlation ID: ${clientRequestId} Timestamp: ${timestamp}`,
      error_codes: [refusal.aadsts],
      timestamp,
      trace_id: requestId,
      correlation_id: clientRequestId,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.aadsts}`,
    },
    { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' },
  );
}
