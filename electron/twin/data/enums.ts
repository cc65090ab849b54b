/**
 * The enum members of a risky user as small integers, in the order of Microsoft's schema (v1.0, `riskLevel`,
 * `riskState`, `riskDetail`). Members after `unknownFutureValue` are evolvable: Graph names them only when the request
 * says `Prefer: include-unknown-enum-members`. Tests may add members that nobody has documented yet.
 */

export type EnumTable = {
  readonly names: readonly string[];
  /** The code of a member; a name that is new is added after `unknownFutureValue`. */
  codeOf(name: string): number;
  has(name: string): boolean;
  /** The member as JSON text. Without `evolved`, whatever comes after `unknownFutureValue` is called that. */
  json(code: number, evolved: boolean): string;
};

function makeEnum(members: readonly string[]): EnumTable {
  const names = [...members];
  const sentinel = names.indexOf('unknownFutureValue');
  const quoted = names.map((name) => JSON.stringify(name));
  return {
    names,
    codeOf(name) {
      const known = names.indexOf(name);
      if (known >= 0) return known;
      if (names.length > 255) throw new Error('An enum of the twin holds at most 256 members.');
      quoted.push(JSON.stringify(name));
      return names.push(name) - 1;
    },
    has: (name) => names.includes(name),
    json: (code, evolved) => (!evolved && code > sentinel ? '"unknownFutureValue"' : (quoted[code] ?? 'null')),
  };
}

export type RiskEnums = { readonly level: EnumTable; readonly state: EnumTable; readonly detail: EnumTable };

export function makeRiskEnums(): RiskEnums {
  return {
    level: makeEnum(['low', 'medium', 'high', 'hidden', 'none', 'unknownFutureValue']),
    state: makeEnum([
      'none',
      'confirmedSafe',
      'remediated',
      'dismissed',
      'atRisk',
      'confirmedCompromised',
      'unknownFutureValue',
    ]),
    detail: makeEnum([
      'none',
      'adminGeneratedTemporaryPassword',
      'userPerformedSecuredPasswordChange',
      'userPerformedSecuredPasswordReset',
      'adminConfirmedSigninSafe',
      'aiConfirmedSigninSafe',
      'userPassedMFADrivenByRiskBasedPolicy',
      'adminDismissedAllRiskForUser',
      'adminConfirmedSigninCompromised',
      'hidden',
      'adminConfirmedUserCompromised',
      'unknownFutureValue',
      'm365DAdminDismissedDetection',
      'adminConfirmedServicePrincipalCompromised',
      'adminDismissedAllRiskForServicePrincipal',
      'userChangedPasswordOnPremises',
      'adminDismissedRiskForSignIn',
      'adminConfirmedAccountSafe',
      'microsoftRevokedSessions',
    ]),
  };
}
