/** What can be done to a risky user, and the configuration that an analyst saves under a name. */

export const actionKinds = [
  'add-to-group',
  'remove-from-group',
  'confirm-compromised',
  'dismiss',
  'confirm-safe',
  'revoke-sessions',
  'disable-account',
  'enable-account',
  'require-password-change',
  'none',
] as const;
export type ActionKind = (typeof actionKinds)[number];

export const groupKinds = ['security', 'm365'] as const;
export type GroupKind = (typeof groupKinds)[number];

/**
 * The group of a membership action: an existing one by id, with the name it had when last looked up, or one to be
 * created by the run. A group that was deleted since keeps its last name.
 */
export type GroupTarget =
  | { readonly mode: 'existing'; readonly id: string; readonly name: string | null; readonly deleted: boolean }
  | { readonly mode: 'create'; readonly name: string; readonly kind: GroupKind };

export type Action = {
  readonly id: number;
  readonly name: string;
  readonly rule: string;
  readonly connection: string;
  /** True when the connection was removed since: the action can no longer be planned. */
  readonly connectionRemoved: boolean;
  readonly kind: ActionKind;
  readonly group: GroupTarget | null;
  /** Users per run above which the number must be typed; null: the setting `guardrails.cap`. */
  readonly cap: number | null;
  readonly enabled: boolean;
  /** Planned by itself after each complete automatic sync, while enabled; only ever switched on by a person. */
  readonly automatic: boolean;
  readonly createdAt: string;
};

/** The action that takes back what another did; null where there is none. */
export function inverseOf(kind: ActionKind): ActionKind | null {
  switch (kind) {
    case 'add-to-group':
      return 'remove-from-group';
    case 'remove-from-group':
      return 'add-to-group';
    case 'disable-account':
      return 'enable-account';
    case 'enable-account':
      return 'disable-account';
    case 'confirm-compromised':
    case 'dismiss':
    case 'confirm-safe':
    case 'revoke-sessions':
    case 'require-password-change':
    case 'none':
      return null;
  }
}

export function needsGroup(kind: ActionKind): boolean {
  return kind === 'add-to-group' || kind === 'remove-from-group';
}

/** Imperative words for buttons, questions and the journal: "Add to group". */
export const actionWords: Readonly<Record<ActionKind, string>> = {
  'add-to-group': 'Add to group',
  'remove-from-group': 'Remove from group',
  'confirm-compromised': 'Confirm compromised',
  dismiss: 'Dismiss risk',
  'confirm-safe': 'Confirm safe',
  'revoke-sessions': 'Revoke sessions',
  'disable-account': 'Disable account',
  'enable-account': 'Enable account',
  'require-password-change': 'Require password change',
  none: 'No action',
};
