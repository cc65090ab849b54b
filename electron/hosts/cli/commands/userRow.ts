/** A user as the terminal shows one: the row of the JSON documents, and the columns of the tables. */
import { levelLabel, stateLabel } from '../../../../shared/model/labels.ts';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { type Column, moment } from '../text.ts';

export type UserRow = Pick<
  RiskyUser,
  | 'id'
  | 'connection'
  | 'userPrincipalName'
  | 'displayName'
  | 'riskLevel'
  | 'riskState'
  | 'riskDetail'
  | 'riskLastUpdatedDateTime'
  | 'isDeleted'
  | 'score'
  | 'aggregateScore'
  | 'grouping'
>;

/** The twelve keys that scripts may rely on, in this order. */
export function rowOf(user: RiskyUser): UserRow {
  const { id, connection, userPrincipalName, displayName, riskLevel, riskState, riskDetail } = user;
  const { riskLastUpdatedDateTime, isDeleted, score, aggregateScore, grouping } = user;
  return {
    id,
    connection,
    userPrincipalName,
    displayName,
    riskLevel,
    riskState,
    riskDetail,
    riskLastUpdatedDateTime,
    isDeleted,
    score,
    aggregateScore,
    grouping,
  };
}

export const userColumns: readonly Column<RiskyUser>[] = [
  { title: 'NAME', of: (user) => user.displayName },
  { title: 'UPN', of: (user) => user.userPrincipalName },
  { title: 'LEVEL', of: (user) => levelLabel(user.riskLevel) },
  { title: 'STATE', of: (user) => stateLabel(user.riskState) },
  { title: 'SCORE', of: (user) => user.score, right: true },
  { title: 'AGGREGATE', of: (user) => user.aggregateScore, right: true },
  { title: 'GROUPING', of: (user) => user.grouping },
  { title: 'UPDATED (UTC)', of: (user) => moment(user.riskLastUpdatedDateTime) },
  { title: 'ID', of: (user) => (user.isDeleted ? `${user.id} (deleted)` : user.id) },
];
