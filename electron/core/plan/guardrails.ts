/**
 * The checks between a plan and its run. Each either returns or throws a RiskdeskError that says what stands in the
 * way. Protected users and groups are not here: they are decided when the plan is made.
 */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import type { PlanHead } from '../../../shared/model/plan.ts';
import type { Guardrails } from '../../../shared/model/settings.ts';

/** The wall clock of this machine: 0 (Sunday) to 6, and minutes since midnight, 0 to 1439. */
export type LocalTime = { readonly weekday: number; readonly minutes: number };

type Window = NonNullable<Guardrails['maintenanceWindow']>;

/** `byHost`: why this host refuses actions whatever is set. Throws `read-only-mode`. */
export function checkReadOnly({ readOnly }: Pick<Guardrails, 'readOnly'>, byHost: string | null = null): void {
  if (!readOnly && byHost === null) return;
  const cure = byHost ?? 'Switch off the setting guardrails.readOnly.';
  throw new RiskdeskError('read-only-mode', 'Riskdesk is in read-only mode: no action runs.', { cure });
}

/** Throws `guardrail` inside the maintenance window. */
export function checkMaintenance({ maintenanceWindow }: Pick<Guardrails, 'maintenanceWindow'>, time: LocalTime): void {
  if (!inMaintenance(maintenanceWindow, time)) return;
  const cure = 'Wait until it ends, or change the setting guardrails.maintenanceWindow.';
  const until = maintenanceWindow?.to ?? '';
  throw new RiskdeskError('guardrail', `The maintenance window lasts until ${until}: no run starts in it.`, { cure });
}

/**
 * Days are those on which the window begins: Saturday 22:00 to 06:00 lasts into Sunday. `from` belongs to it, `to`
 * does not; when both are the same it lasts 24 hours.
 */
export function inMaintenance(window: Window | null, { weekday, minutes }: LocalTime): boolean {
  if (window === null) return false;
  const from = minutesOf(window.from);
  const to = minutesOf(window.to);
  const today = window.days.includes(weekday);
  if (from < to) return today && minutes >= from && minutes < to;
  const yesterday = window.days.includes((weekday + 6) % 7);
  return (today && minutes >= from) || (yesterday && minutes < to);
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/**
 * `typed`: the number that a person typed; null when none. It is needed above the cap, and where it is given it must
 * be the number of users acted on, or of all users of the plan. Throws `confirmation-needed`.
 */
export function checkConfirmation(head: Pick<PlanHead, 'counts' | 'total' | 'cap'>, typed: number | null): void {
  const { act } = head.counts;
  const facts = { act, total: head.total, cap: head.cap };
  const detail = { field: 'confirm', cure: `Type ${act} to confirm.`, facts };
  if (typed === null) {
    if (act <= head.cap) return;
    const message = `The plan acts on ${people(act)}, more than the cap of ${head.cap}: the number must be typed.`;
    throw new RiskdeskError('confirmation-needed', message, detail);
  }
  if (typed === act || typed === head.total) return;
  const message = `The number typed is ${typed}, but the plan acts on ${people(act)}.`;
  throw new RiskdeskError('confirmation-needed', message, detail);
}

/**
 * The same for a retry or an undo, which acts on users of the run before it. Where that run was above its own cap, the
 * number typed for it serves here as well; where nobody had to type one, it is needed now.
 */
export function checkFollowUp(
  head: Pick<PlanHead, 'counts' | 'total' | 'cap'>,
  before: Pick<PlanHead, 'counts' | 'cap'>,
  typed: number | null,
): void {
  const wasTyped = before.counts.act > before.cap && head.counts.act <= before.counts.act;
  if (typed !== null || !wasTyped) checkConfirmation(head, typed);
}

function people(count: number): string {
  return count === 1 ? '1 user' : `${count} users`;
}
