/** Plans: whom an action touches, whom it leaves alone and why. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planHash, verifyPlan } from '../../../electron/core/plan/hash.ts';
import { makePlan, type PlanInput } from '../../../electron/core/plan/makePlan.ts';
import type { ActionKind } from '../../../shared/model/action.ts';
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { anyInput, candidate, group, guardrails, input, now } from './sample.ts';

/** `act`, `already` or the reason of the only step. */
function outcome(kind: ActionKind, one: ReturnType<typeof candidate>, more: Partial<PlanInput> = {}): string {
  const [step] = makePlan(input(kind, [one], more)).steps;
  return step?.reason ?? step?.effect ?? 'missing';
}

function refusal(work: () => unknown): RiskdeskError {
  try {
    work();
  } catch (error) {
    if (error instanceof RiskdeskError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('every plan', () => {
  it('holds every user exactly once, adds up, and spares the deleted and the protected', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { head, steps } = makePlan(given);
        const candidates = [...given.candidates];
        const wanted = [...new Set(candidates.map((one) => one.objectId.toLowerCase()))];
        expect(steps.map((step) => step.objectId.toLowerCase())).toEqual(wanted);
        expect(steps.map((step) => step.seq)).toEqual(steps.map((_, at) => at + 1));

        const { act, already, skipped, reasons } = head.counts;
        expect(head.total).toBe(steps.length);
        expect(act + already + skipped).toBe(head.total);
        expect(Object.values(reasons).reduce((sum, count) => sum + count, 0)).toBe(skipped);
        expect(steps.filter((step) => step.effect === 'act').length).toBe(act);

        const spared = new Set(given.guardrails.protectedUsers.map((one) => one.toLowerCase()));
        for (const id of given.protectedMembers) spared.add(id.toLowerCase());
        for (const step of steps) {
          expect(step.reason !== null).toBe(step.effect === 'skip');
          if (step.effect === 'skip') continue;
          const one = candidates.find((each) => each.objectId === step.objectId);
          expect(one?.isDeleted).toBe(false);
          expect(spared.has(step.objectId.toLowerCase())).toBe(false);
          expect(spared.has(step.userPrincipalName?.toLowerCase() ?? '')).toBe(false);
          if (given.kind === 'revoke-sessions') expect(one?.isGuest).toBe(false);
        }
        expect(head.requests).toBeGreaterThanOrEqual(act > 0 && given.kind !== 'none' ? 1 : 0);
        expect(Number.isInteger(head.requests) && Number.isInteger(head.estimatedSeconds)).toBe(true);
        expect(verifyPlan(head, steps)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has a hash that every change of a step, and their order, alters', () => {
    fc.assert(
      fc.property(anyInput, fc.nat(), fc.nat(), (given, which, how) => {
        const { head, steps } = makePlan(given);
        const at = which % Math.max(1, steps.length);
        const step = steps[at];
        if (step === undefined) return;
        const changed = [
          { ...step, seq: step.seq + 1 },
          { ...step, objectId: `${step.objectId}x` },
          { ...step, userPrincipalName: step.userPrincipalName === null ? '' : null },
          { ...step, displayName: `${step.displayName} ` },
          { ...step, effect: step.effect === 'act' ? ('already' as const) : ('act' as const) },
          { ...step, reason: step.reason === null ? ('flap' as const) : null },
          { ...step, riskLevel: `${step.riskLevel}x` },
          { ...step, riskState: `${step.riskState}x` },
          { ...step, score: step.score === null ? 0 : step.score + 1 },
        ];
        const other = changed[how % changed.length] ?? step;
        expect(verifyPlan(head, steps.with(at, other))).toBe(false);
        expect(verifyPlan(head, steps.toSpliced(at, 1))).toBe(false);
        expect(verifyPlan(head, [...steps, step])).toBe(false);
        if (steps.length > 1) expect(verifyPlan(head, [...steps].reverse())).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('has a hash over what the head decides, but not over names, ids and times that come later', () => {
    const { head, steps } = makePlan(input('add-to-group', [candidate('a')]));
    const stored = JSON.parse(JSON.stringify({ ...head, planId: 'p', createdAt: '2026-11-23T12:00:00.000Z' }));
    expect(verifyPlan(stored, JSON.parse(JSON.stringify(steps)))).toBe(true);
    expect(planHash({ ...head, group: { ...group, name: 'Renamed' } }, steps)).toBe(head.hash);
    const others = [
      { ...head, kind: 'remove-from-group' as const },
      { ...head, group: { ...group, id: 'aaaaaaaa-0000-0000-0000-000000000002' } },
      { ...head, group: { mode: 'create' as const, name: 'Risky', kind: 'security' as const } },
      { ...head, connection: 'Fabrikam' },
      { ...head, origin: 'undo' as const },
      { ...head, days: 7 },
      { ...head, cap: head.cap + 1 },
      { ...head, membersKnown: false },
      { ...head, counts: { ...head.counts, act: 2 } },
    ];
    for (const other of others) expect(planHash(other, steps)).not.toBe(head.hash);
  });
});

describe('one user', () => {
  it('is left alone when deleted, gone, protected or in a protected group, in this order', () => {
    const all = { isDeleted: true, gone: true };
    const strict = { guardrails: guardrails({ protectedUsers: ['U1'] }), protectedMembers: new Set(['U1']) };
    expect(outcome('dismiss', candidate('u1', all), strict)).toBe('deleted');
    expect(outcome('dismiss', candidate('u1', { gone: true }), strict)).toBe('gone');
    expect(outcome('dismiss', candidate('u1'), strict)).toBe('protected');
    expect(outcome('dismiss', candidate('u1'), { ...strict, guardrails: guardrails() })).toBe('protected-group');
    expect(outcome('dismiss', candidate('u1'))).toBe('act');
  });

  it('is protected by UPN in any case, and in any composition of accents', () => {
    const more = { guardrails: guardrails({ protectedUsers: [' RENÉ@contoso.com '] }) };
    expect(outcome('disable-account', candidate('u1', { userPrincipalName: 'Rene\u0301@Contoso.com' }), more)).toBe(
      'protected',
    );
  });

  it('is done already where the wanted state shows', () => {
    const member = { members: new Set(['U1']) };
    expect(outcome('add-to-group', candidate('u1'), member)).toBe('already');
    expect(outcome('add-to-group', candidate('u2'), member)).toBe('act');
    expect(outcome('remove-from-group', candidate('u1'), member)).toBe('act');
    expect(outcome('remove-from-group', candidate('u2'), member)).toBe('already');
    expect(outcome('confirm-compromised', candidate('u1', { riskState: 'confirmedCompromised' }))).toBe('already');
    expect(outcome('dismiss', candidate('u1', { riskState: 'dismissed' }))).toBe('already');
    expect(outcome('confirm-safe', candidate('u1', { riskState: 'confirmedSafe' }))).toBe('already');
    expect(outcome('confirm-safe', candidate('u1', { riskState: 'dismissed' }))).toBe('act');
  });

  it('is never done already while the members are unknown', () => {
    const plan = makePlan(input('remove-from-group', [candidate('u1')], { members: null }));
    expect(plan.head.membersKnown).toBe(false);
    expect(plan.head.counts).toEqual({ act: 1, already: 0, skipped: 0, reasons: {} });
    expect(makePlan(input('dismiss', [])).head.membersKnown).toBe(true);
  });

  it('who is a guest keeps the sessions, and nothing else', () => {
    const guest = candidate('u1', { isGuest: true });
    expect(outcome('revoke-sessions', guest)).toBe('guest');
    expect(outcome('add-to-group', guest)).toBe('act');
  });

  it('is not acted on again until the score or the timer has moved', () => {
    const hoursAgo = (hours: number, score: number | null) => ({
      recentActs: new Map([['U1', { at: now - hours * 3_600_000, score }]]),
    });
    expect(outcome('none', candidate('u1'), hoursAgo(23, 375))).toBe('flap');
    expect(outcome('none', candidate('u1'), hoursAgo(24, 375))).toBe('act');
    expect(outcome('none', candidate('u1'), hoursAgo(1, 625))).toBe('act');
    expect(outcome('none', candidate('u1', { score: null }), hoursAgo(1, null))).toBe('flap');
    expect(outcome('none', candidate('u1'), { ...hoursAgo(1, 375), guardrails: guardrails({ flapHours: 0 }) })).toBe(
      'act',
    );
    expect(outcome('none', candidate('u1'), { ...hoursAgo(1, 375), origin: 'retry' })).toBe('act');
    expect(outcome('none', candidate('u1'), { ...hoursAgo(1, 375), origin: 'undo' })).toBe('act');
    expect(outcome('none', candidate('u1'), { ...hoursAgo(1, 375), origin: 'selection' })).toBe('flap');
    expect(outcome('add-to-group', candidate('u1'), { ...hoursAgo(1, 375), members: new Set(['u1']) })).toBe('already');
  });

  it('an undo reaches users who are no longer risky, and spares those changed since', () => {
    const member = { members: new Set(['u1']), origin: 'undo' as const };
    expect(outcome('remove-from-group', candidate('u1', { gone: true }), member)).toBe('act');
    expect(outcome('remove-from-group', candidate('u1'), { ...member, changedSince: new Set(['U1']) })).toBe(
      'changed-since',
    );
  });
});

describe('the group', () => {
  const users = [candidate('u1')];

  it('must fit the action', () => {
    expect(refusal(() => makePlan(input('add-to-group', users, { group: null }))).field).toBe('group');
    expect(refusal(() => makePlan(input('dismiss', users, { group }))).code).toBe('bad-input');
    const fresh = { mode: 'create', name: 'New', kind: 'security' } as const;
    expect(refusal(() => makePlan(input('remove-from-group', users, { group: fresh }))).code).toBe('bad-input');
    expect(makePlan(input('add-to-group', users, { group: fresh })).head.counts.act).toBe(1);
  });

  it('must be there and unprotected', () => {
    const deleted = refusal(() => makePlan(input('add-to-group', users, { group: { ...group, deleted: true } })));
    expect(deleted.code).toBe('not-found');
    expect(deleted.message).toContain('"Risky"');
    const rails = guardrails({ protectedGroups: ['AAAAAAAA-0000-0000-0000-000000000001'] });
    expect(refusal(() => makePlan(input('add-to-group', users, { guardrails: rails }))).code).toBe('guardrail');
  });
});

it('plans 200,000 users in a few seconds, with the cap of the action or of the settings', () => {
  const users = Array.from({ length: 200_000 }, (_, at) => candidate(`user-${at}`));
  const before = performance.now();
  const { head } = makePlan(input('add-to-group', users));
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(head.counts.act).toBe(200_000);
  expect(head.cap).toBe(200);
  expect(makePlan(input('none', [], { cap: 5 })).head.cap).toBe(5);
});
