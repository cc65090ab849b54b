/**
 * The commit that a bundle is made from. A build server that has no history says it by RISKDESK_BUILD_COMMIT and
 * RISKDESK_BUILD_DATE. The date is the commit's and not today's, so that the same sources give the same bundle.
 */
import { spawnSync } from 'node:child_process';
import type { Build } from '../../shared/contract/host.ts';

function git(...args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** Null where neither the environment nor a history says what the sources are. */
export function buildStamp(env: Readonly<Record<string, string | undefined>> = process.env): Build | null {
  const { RISKDESK_BUILD_COMMIT: commit, RISKDESK_BUILD_DATE: date } = env;
  if (commit && date) return { commit, date, modified: false };
  const [head, when] = git('log', '-1', '--format=%H%n%cI')?.split('\n') ?? [];
  if (head === undefined || when === undefined) return null;
  return { commit: head, date: when, modified: git('status', '--porcelain', '--untracked-files=no') !== '' };
}
