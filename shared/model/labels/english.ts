/** English for risk level, state and detail: Microsoft's labels, as the Entra admin center shows them. */
import type { Labels } from './labels.ts';

export const englishLabels: Labels = {
  grouping: { Critical: 'Critical', High: 'High', Medium: 'Medium', Low: 'Low' },
  level: {
    none: 'None',
    hidden: 'Hidden (needs P2)',
    low: 'Low',
    medium: 'Medium',
    high: 'High',
  },
  state: {
    none: 'None',
    confirmedSafe: 'Confirmed safe',
    remediated: 'Remediated',
    dismissed: 'Dismissed',
    atRisk: 'At risk',
    confirmedCompromised: 'Confirmed compromised',
  },
  detail: {
    none: '-',
    adminGeneratedTemporaryPassword: 'Admin generated temporary password for user',
    userPerformedSecuredPasswordChange: 'User performed secured password change',
    userPerformedSecuredPasswordReset: 'User performed secured password reset',
    adminConfirmedSigninSafe: 'Admin confirmed sign-in safe',
    aiConfirmedSigninSafe: 'Microsoft Entra ID Protection assessed sign-in safe',
    userPassedMFADrivenByRiskBasedPolicy: 'User passed multifactor authentication',
    adminDismissedAllRiskForUser: 'Admin dismissed all risk for user',
    adminConfirmedSigninCompromised: 'Admin confirmed sign-in compromised',
    adminConfirmedUserCompromised: 'Admin confirmed user compromised',
    hidden: 'Hidden (needs P2)',
    m365DAdminDismissedDetection: 'Microsoft 365 Defender admin dismissed detection',
    userChangedPasswordOnPremises: 'User changed password on-premises',
    adminDismissedRiskForSignIn: 'Admin dismissed risk for sign-in',
    adminConfirmedAccountSafe: 'Admin confirmed account safe',
    microsoftRevokedSessions: 'Microsoft revoked sessions',
  },
};
