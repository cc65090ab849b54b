/** What a person may do besides what was consented to: built-in directory roles (Microsoft Graph: each call's permissions). */
import type { Route } from '../graph/routes.ts';

const readRisk = ['Global Reader', 'Security Reader', 'Security Operator', 'Security Administrator'];
const writeRisk = ['Security Operator', 'Security Administrator'];
const groups = ['Groups Administrator', 'User Administrator'];
const accounts = ['User Administrator'];

/** Every member may read groups and users. */
export function mayAct({ workload, method, kind }: Route, held: readonly string[]): boolean {
  const enough =
    workload === 'identity-protection'
      ? method === 'GET'
        ? readRisk
        : writeRisk
      : method === 'GET' || kind === 'users.checkMemberGroups' || kind === 'batch'
        ? null
        : kind.startsWith('users.')
          ? accounts
          : groups;
  return enough === null || held.includes('Global Administrator') || enough.some((role) => held.includes(role));
}
