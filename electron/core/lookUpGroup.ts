/** What the register of actions wants to know of a group that somebody chose by id; offline, it is taken on trust. */
import { RiskdeskError } from '../../shared/model/errors.ts';
import type { LookUpGroup } from './config/actions.ts';
import type { Directory } from './directory/directory.ts';

const notNow = new Set([
  'offline',
  'throttled',
  'auth-failed',
  'certificate-untrusted',
  'graph-failed',
  'permission-missing',
]);

export function lookUpGroup(directory: Directory): LookUpGroup {
  return async (connection, groupId) => {
    try {
      const group = await directory.preflight(connection, groupId);
      if (group === null) return { name: null, problem: `There is no group with the id ${groupId}.` };
      return { name: group.displayName, problem: group.writable ? null : group.reason };
    } catch (error) {
      if (error instanceof RiskdeskError && notNow.has(error.code)) return null;
      throw error;
    }
  };
}
