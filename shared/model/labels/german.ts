/** German for risk level, state and detail, after the German Entra admin center. */
import type { Labels } from './labels.ts';

export const germanLabels: Labels = {
  grouping: { Critical: 'Kritisch', High: 'Hoch', Medium: 'Mittel', Low: 'Niedrig' },
  level: {
    none: 'Kein',
    hidden: 'Ausgeblendet (erfordert P2)',
    low: 'Niedrig',
    medium: 'Mittel',
    high: 'Hoch',
  },
  state: {
    none: 'Kein',
    confirmedSafe: 'Als sicher bestätigt',
    remediated: 'Bereinigt',
    dismissed: 'Verworfen',
    atRisk: 'Gefährdet',
    confirmedCompromised: 'Als kompromittiert bestätigt',
  },
  detail: {
    none: '-',
    adminGeneratedTemporaryPassword: 'Administrator hat temporäres Kennwort für Benutzer generiert',
    userPerformedSecuredPasswordChange: 'Benutzer hat sichere Kennwortänderung durchgeführt',
    userPerformedSecuredPasswordReset: 'Benutzer hat sichere Kennwortzurücksetzung durchgeführt',
    adminConfirmedSigninSafe: 'Administrator hat Anmeldung als sicher bestätigt',
    aiConfirmedSigninSafe: 'Microsoft Entra ID Protection hat Anmeldung als sicher bewertet',
    userPassedMFADrivenByRiskBasedPolicy: 'Benutzer hat Multi-Faktor-Authentifizierung bestanden',
    adminDismissedAllRiskForUser: 'Administrator hat alle Risiken für Benutzer verworfen',
    adminConfirmedSigninCompromised: 'Administrator hat Anmeldung als kompromittiert bestätigt',
    adminConfirmedUserCompromised: 'Administrator hat Benutzer als kompromittiert bestätigt',
    hidden: 'Ausgeblendet (erfordert P2)',
    m365DAdminDismissedDetection: 'Microsoft 365 Defender-Administrator hat Erkennung verworfen',
    userChangedPasswordOnPremises: 'Benutzer hat Kennwort lokal geändert',
    adminDismissedRiskForSignIn: 'Administrator hat Risiko für Anmeldung verworfen',
    adminConfirmedAccountSafe: 'Administrator hat Konto als sicher bestätigt',
    microsoftRevokedSessions: 'Microsoft hat Sitzungen widerrufen',
  },
};
