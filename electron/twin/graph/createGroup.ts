/** POST /groups (Microsoft Graph: group-post-groups): security and Microsoft 365 groups; nothing else can be made. */
import type { Group } from '../data/groupStore.ts';
import { json, type TwinAnswer } from '../http/message.ts';
import { accessDenied, directoryBadRequest, type Refusal } from '../http/refusal.ts';
import { parseQuery } from '../odata/query.ts';
import { bodyOf, type Call } from './call.ts';
import { groupObject } from './groups.ts';
import { referencedUsers } from './references.ts';

const known = [
  'displayName',
  'description',
  'groupTypes',
  'isAssignableToRole',
  'mailEnabled',
  'mailNickname',
  'membershipRule',
  'membershipRuleProcessingState',
  'securityEnabled',
  'visibility',
  'members@odata.bind',
];
/** Microsoft Graph: group resource, mailNickname: ASCII without these. */
const illegalInNickname = /[@()\\[\]";:.<>, ]|[^\x20-\x7e]/;

function invalid(property: string): Refusal {
  return directoryBadRequest(`Invalid value specified for property '${property}' of resource 'Group'.`);
}

function required<T>(property: string, value: unknown, is: (value: unknown) => value is T): T {
  if (value === undefined || value === null || value === '') {
    throw directoryBadRequest(`A value is required for property '${property}' of resource 'Group'.`);
  }
  if (!is(value)) throw invalid(property);
  return value;
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

function checkKind(groupTypes: readonly string[], mailEnabled: boolean, securityEnabled: boolean): void {
  const unified = groupTypes.includes('Unified');
  if (groupTypes.some((type) => type !== 'Unified' && type !== 'DynamicMembership')) throw invalid('groupTypes');
  if (unified && !mailEnabled) throw invalid('mailEnabled');
  if (!unified && (mailEnabled || !securityEnabled)) {
    throw directoryBadRequest(
      'The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.',
    );
  }
}

export function createGroup(call: Call): TwinAnswer {
  const { world } = call;
  parseQuery(call.query, []);
  const body = bodyOf(call);
  const stranger = Object.keys(body).find((name) => !known.includes(name));
  if (stranger !== undefined) throw directoryBadRequest(`Invalid property '${stranger}'.`);

  const displayName = required('displayName', body.displayName, isString);
  const mailNickname = required('mailNickname', body.mailNickname, isString);
  const mailEnabled = required('mailEnabled', body.mailEnabled, isBoolean);
  const securityEnabled = required('securityEnabled', body.securityEnabled, isBoolean);
  const groupTypes = body.groupTypes ?? [];
  if (!Array.isArray(groupTypes) || !groupTypes.every(isString)) throw invalid('groupTypes');
  const { description = null, membershipRule = null, visibility = null } = body;
  if (description !== null && !(isString(description) && description.length <= 1024)) throw invalid('description');
  if (membershipRule !== null && !isString(membershipRule)) throw invalid('membershipRule');
  if (visibility !== null && !isString(visibility)) throw invalid('visibility');
  if (displayName.length > 256) throw invalid('displayName');
  if (mailNickname.length > 64 || illegalInNickname.test(mailNickname)) throw invalid('mailNickname');
  checkKind(groupTypes, mailEnabled, securityEnabled);
  if (groupTypes.includes('DynamicMembership') !== (membershipRule !== null)) throw invalid('membershipRule');
  // Needs RoleManagement.ReadWrite.Directory, which no feature asks for.
  if (body.isAssignableToRole === true) throw accessDenied();
  if (world.groups.nicknameTaken(mailNickname)) {
    throw directoryBadRequest('Another object with the same value for property mailNickname already exists.');
  }
  const members = body['members@odata.bind'] === undefined ? [] : referencedUsers(call, body['members@odata.bind']);

  const group: Group = {
    id: world.nextId(),
    displayName,
    description,
    groupTypes: [...groupTypes],
    mailEnabled,
    securityEnabled,
    mailNickname,
    membershipRule,
    onPremisesSyncEnabled: null,
    isAssignableToRole: null,
    isManagementRestricted: null,
    visibility: visibility ?? (groupTypes.includes('Unified') ? 'Public' : null),
    createdAt: call.now,
    visibleAt: call.now + world.settings.replicationMs,
    members: new Set(members),
    nested: [],
  };
  world.groups.add(group);
  return json(
    201,
    { '@odata.context': `${call.base}/$metadata#groups/$entity`, ...groupObject(group, null) },
    { location: `${call.base}/groups/${group.id}` },
  );
}
