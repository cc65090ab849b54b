/**
 * Looks whether what Graph accepted took effect: Accepted -> Verified, or not applied after the minutes of the settings
 * (risk changes take 3 to 30 minutes to show). Only reads. Sessions revoked and password changes required cannot be
 * read back, so there is nothing to verify.
 */
import type { VerifyReport } from '../../../shared/contract/actions.ts';
import type { ActionKind } from '../../../shared/model/action.ts';
import type { VerifyState } from '../../../shared/model/run.ts';
import type { RunRecord, WorkStep } from '../journal/journal.ts';
import { chunksOf } from './bisect.ts';
import type { RunContext } from './context.ts';
import type { Driver } from './driver.ts';

/** Pause between two looks, ms: longer every time. */
const pauses = [5_000, 10_000, 20_000, 40_000, 60_000];

function canBeRead(kind: ActionKind): boolean {
  return kind !== 'none' && kind !== 'revoke-sessions' && kind !== 'require-password-change';
}

/**
 * Looks once, or until all has settled or `waitMinutes` are over.
 * @throws GraphError when Graph cannot be asked; what was seen before is kept.
 */
export async function verifyRun(
  ctx: RunContext,
  driver: Driver,
  record: RunRecord,
  options: { readonly waitMinutes: number; readonly signal: AbortSignal },
): Promise<VerifyReport> {
  const { runId } = record.run;
  if (canBeRead(record.run.kind)) {
    const until = ctx.clock.monotonic() + options.waitMinutes * 60_000;
    for (let round = 0; ; round += 1) {
      const open = await look(ctx, driver, runId, options.signal);
      const pause = pauses[Math.min(round, pauses.length - 1)] ?? 60_000;
      const left = until - ctx.clock.monotonic();
      if (open === 0 || left <= 0) break;
      await ctx.clock.sleep(Math.min(pause, left), options.signal);
    }
  }
  const { verification } = (await ctx.journal.run(runId)).run;
  const { verified, pending, notApplied } = verification;
  const state =
    notApplied > 0 ? 'not-applied' : pending > 0 ? 'pending' : verified > 0 ? 'verified' : 'nothing-to-verify';
  return { runId, state, counts: verification };
}

/** Steps that are read from the journal, and written to it, at once. */
const page = 2_000;

/** One look at everything that is not verified. Resolves with the number of users that are still open. */
async function look(ctx: RunContext, driver: Driver, runId: string, signal: AbortSignal): Promise<number> {
  const giveUpMs = (await ctx.settings()).verify.giveUpMinutes * 60_000;
  const open: WorkStep[] = [];
  for (let after = 0; ; ) {
    const verify: readonly VerifyState[] = ['unverified', 'pending', 'not-applied'];
    const steps = await ctx.journal.work(runId, { states: ['succeeded'], verify, after, limit: page });
    const last = steps.at(-1);
    if (last === undefined) break;
    open.push(...steps);
    after = last.seq;
  }
  let pending = 0;
  // Where one walk of the members serves everyone there is one probe; elsewhere as many as make a page.
  const size = Number.isFinite(driver.probeSize)
    ? Math.ceil(page / driver.probeSize) * driver.probeSize
    : Number.POSITIVE_INFINITY;
  for (const some of chunksOf(open, size)) {
    const changes = [];
    for (const steps of chunksOf(some, driver.probeSize))
      changes.push(...(await judge(ctx, driver, steps, giveUpMs, signal)));
    pending += changes.filter((change) => change.verify === 'pending').length;
    for (const part of chunksOf(changes, page)) await ctx.journal.recordVerification(runId, part, ctx.key.who);
  }
  return pending;
}

async function judge(
  ctx: RunContext,
  driver: Driver,
  steps: readonly WorkStep[],
  giveUpMs: number,
  signal: AbortSignal,
) {
  const probes = await driver.probe(steps, { signal });
  const now = ctx.clock.now();
  const bySeq = new Map(steps.map((step) => [step.seq, step]));
  return probes.map(({ seq, state, seen }) => {
    const since = Date.parse(bySeq.get(seq)?.at ?? '');
    const over = Number.isNaN(since) || now - since >= giveUpMs;
    const verify: VerifyState = state === 'shows' ? 'verified' : over ? 'not-applied' : 'pending';
    return { seq, verify, seen: state === 'gone' ? 'the user no longer exists' : seen };
  });
}
