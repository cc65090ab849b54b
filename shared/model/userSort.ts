/** What a list of users can be ordered by. Apart from the contract, so that whoever needs the names loads nothing else. */
export const userSortFields = [
  'id',
  'connection',
  'userPrincipalName',
  'displayName',
  'riskLevel',
  'riskState',
  'riskDetail',
  'riskLastUpdatedDateTime',
  'isDeleted',
  'isProcessing',
  'isGuest',
  'score',
  'aggregateScore',
  'grouping',
  'firstSeen',
  'lastSeen',
  'lastChanged',
] as const;
export type UserSortField = (typeof userSortFields)[number];
