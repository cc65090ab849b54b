/** Whether this very program may replace itself, from facts about how it was installed. Pure. */
import type { NoUpdateReason } from '../../../shared/model/update.ts';

export type InstallFacts = {
  readonly packaged: boolean;
  readonly platform: NodeJS.Platform;
  /** RISKDESK_NO_UPDATES is set to anything but nothing. */
  readonly turnedOff: boolean;
  /** The package names its source of updates (app-update.yml): signed packages alone do. */
  readonly hasFeed: boolean;
  /** Windows: the per-user installer leaves its uninstaller beside the program, the MSI does not. */
  readonly hasUninstaller: boolean;
  /** Linux: it runs from an AppImage, which is one file that can be replaced. */
  readonly isAppImage: boolean;
};

export function whyNoUpdates(facts: InstallFacts): NoUpdateReason | null {
  if (!facts.packaged) return 'source';
  if (facts.turnedOff) return 'policy';
  if (facts.platform === 'linux' && !facts.isAppImage) return 'managed';
  if (facts.platform === 'win32' && !facts.hasUninstaller) return 'managed';
  return facts.hasFeed ? null : 'no-feed';
}
