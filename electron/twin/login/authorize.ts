/**
 * GET /authorize: what the browser of a person is sent to. Answers at once, or with a page of two links; signs nobody in
 * for real. What is wrong with application or address is said on the page, as Entra does: there is nowhere safe to go back.
 */
import { plainText, type TwinAnswer, type TwinRequest } from '../http/message.ts';
import { applicationNotFound, LoginRefusal } from './errors.ts';
import type { People } from './people.ts';
import type { Registration } from './registration.ts';
import { delegatedScopes } from './scopes.ts';

export function authorize(request: TwinRequest, app: Registration, people: People): TwinAnswer {
  const query = new URLSearchParams(request.target.split(/\?(.*)/s, 2)[1] ?? '');
  const client = query.get('client_id') ?? '';
  if (client.toLowerCase() !== app.client.toLowerCase()) throw applicationNotFound(client, app.tenantId);
  const settings = people.settings();
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!settings.desktop || !/^http:\/\/localhost(:\d+)?\/?$/i.test(redirectUri)) {
    throw new LoginRefusal(
      400,
      'invalid_request',
      50011,
      `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${client}'.`,
    );
  }
  const state = query.get('state') ?? '';
  const back = (answer: Readonly<Record<string, string>>): string => {
    const said = settings.outcome === 'wrong-state' ? { ...answer, state: 'another-state' } : { ...answer, state };
    return `${redirectUri}?${new URLSearchParams(said).toString()}`;
  };
  const refuse = (error: string, aadsts: number, text: string): string =>
    back({ error, error_description: `AADSTS${aadsts}: ${text}` });
  const declined = refuse('access_denied', 65004, 'User declined to consent to access the app.');
  return answer(settings.page, outcomeOf(), declined);

  function outcomeOf(): string {
    if (query.get('response_type') !== 'code') {
      return refuse('unsupported_response_type', 700051, 'The response type is not enabled for the application.');
    }
    const challenge = query.get('code_challenge');
    if (!challenge || query.get('code_challenge_method') !== 'S256') {
      return refuse('invalid_request', 9002325, 'Proof Key for Code Exchange is required.');
    }
    const { scopes, audience } = delegatedScopes(query.get('scope') ?? '', request.origin, app);
    if (settings.outcome === 'decline') return declined;
    const missing = scopes.find((scope) => !settings.consented.includes(scope));
    if (missing !== undefined) {
      return refuse('consent_required', 65001, `The user or administrator has not consented to '${missing}'.`);
    }
    return back({
      code: people.issueCode({ account: settings.account, scopes, audience }, { challenge, redirectUri }),
    });
  }
}

function answer(page: 'redirect' | 'page', accept: string, decline: string): TwinAnswer {
  if (page === 'redirect') {
    return { ...plainText(302, 'text/plain', 'Found'), headers: { location: accept, 'cache-control': 'no-store' } };
  }
  const link = (href: string, words: string) =>
    `<p><a href="${href.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">${words}</a></p>`;
  return htmlPage(200, 'Sign in to the sample tenant', `${link(accept, 'Accept')}${link(decline, 'Cancel')}`);
}

export function htmlPage(status: number, title: string, body: string): TwinAnswer {
  return plainText(
    status,
    'text/html; charset=utf-8',
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`,
  );
}
