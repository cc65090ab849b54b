/**
 * POST confirmCompromised, confirmSafe and dismiss (Microsoft Graph: riskyuser-confirmcompromised and its siblings).
 * Up to 60 users a call, all or nothing; accepted with 204, shown minutes later, `isProcessing` meanwhile.
 */
import { isGuid } from '../data/ids.ts';
import { DELETED, type RiskPatch } from '../data/riskStore.ts';
import { noContent, type TwinAnswer } from '../http/message.ts';
import { badRequest, Refusal } from '../http/refusal.ts';
import { parseQuery } from '../odata/query.ts';
import { bodyOf, type Call, type Handler } from './call.ts';

const MOST = 60;

function act(call: Call, verb: string, patch: RiskPatch): TwinAnswer {
  const { users, settings } = call.world;
  parseQuery(call.query, []);
  const { userIds, ...others } = bodyOf(call);
  const [stranger] = Object.keys(others);
  if (stranger !== undefined)
    throw badRequest(
      `The parameter '${stranger}' in the request payload is not a valid parameter for the operation '${verb}'.`,
    );
  if (!Array.isArray(userIds) || userIds.length === 0) throw badRequest("'userIds' must name at least one user.");
  if (userIds.length > MOST)
    throw badRequest(`'userIds' may name at most ${MOST} users; the request names ${userIds.length}.`);
  const rows = new Set<number>();
  for (const id of userIds as readonly unknown[]) {
    if (typeof id !== 'string' || !isGuid(id)) throw badRequest(`'${String(id)}' is not a valid user id.`);
    const row = users.find(id);
    if (row === null) throw new Refusal(404, 'ResourceNotFound', `Risky user '${id}' was not found.`);
    if (users.has(row, DELETED)) throw badRequest(`The user '${id}' is deleted; its risk can't be changed.`);
    rows.add(row);
  }
  for (const row of rows) users.changeLater(row, patch, call.now + settings.riskDelayMs);
  users.settle(call.now);
  return noContent();
}

export const confirmCompromised: Handler = (call) =>
  act(call, 'confirmCompromised', {
    riskLevel: 'high',
    riskState: 'confirmedCompromised',
    riskDetail: 'adminConfirmedUserCompromised',
  });

export const confirmSafe: Handler = (call) =>
  act(call, 'confirmSafe', {
    riskLevel: 'none',
    riskState: 'confirmedSafe',
    riskDetail: 'adminConfirmedAccountSafe',
  });

export const dismiss: Handler = (call) =>
  act(call, 'dismiss', {
    riskLevel: 'none',
    riskState: 'dismissed',
    riskDetail: 'adminDismissedAllRiskForUser',
  });
