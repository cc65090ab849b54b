/** What comes from Graph, as it is stored. Declared here too, because the store does not know Graph. */
import { fold, isGuestUpn } from '../../../../shared/model/riskyUser.ts';

/** One row of `riskyUsers`, checked and repaired by the reader of Graph's rows. `updatedAt`: epoch ms, Entra's clock. */
export type RiskyUserIn = {
  readonly objectId: string;
  readonly userPrincipalName: string | null;
  readonly displayName: string | null;
  readonly riskLevel: string;
  readonly riskState: string;
  readonly riskDetail: string;
  readonly updatedAt: number | null;
  readonly isDeleted: boolean;
  readonly isProcessing: boolean;
};

/**
 * Text as SQLite keeps it: UTF-8, which has no lone surrogates, without NUL, where FTS5 stops reading, and without U+0001,
 * which pads the search index. Applied before comparing, or such a row would look changed in every sync.
 */
export function storable(text: string | null): string | null {
  if (text === null || (text.isWellFormed() && !text.includes('\0') && !text.includes('\u0001'))) return text;
  return text.toWellFormed().replaceAll('\0', '\ufffd').replaceAll('\u0001', '\ufffd');
}

export function folded(text: string | null): string | null {
  return text === null ? null : fold(text);
}

export function guestFlag(upn: string | null): number {
  return isGuestUpn(upn) ? 1 : 0;
}
