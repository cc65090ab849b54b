/** What follows a sync, as a model that is walked at random: plans, approvals, cap, windows, mutes, and one run at a time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterPlanning,
  approvalNeed,
  beforePlanning,
  expiresAt,
  mayPlan,
  nextRun,
  type OpenPlan,
  reviewOpen,
} from '../../../electron/core/schedule/decide.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';

const hour = 3_600_000;
const guardrails = defaultSettings.guardrails;
const open = (change: Partial<OpenPlan> = {}): OpenPlan => ({
  planId: 'p',
  actionId: 1,
  state: 'waiting',
  need: 'setting',
  planned: 1_000,
  checked: 1_000,
  approved: null,
  confirm: null,
  hash: 'h',
  connection: 'c',
  ...change,
});
const head = (act: number, cap = 200, hash = 'h', membersKnown = true) => ({
  counts: { act, already: 0, skipped: 0, reasons: {} },
  cap,
  hash,
  membersKnown,
});
const action = {
  enabled: true,
  automatic: true,
  connectionRemoved: false,
  createdAt: new Date(0).toISOString(),
  cap: null,
};

describe('after a sync', () => {
  it('nothing is planned unless it is complete, ended, fresh, and not followed yet', () => {
    fc.assert(
      fc.property(
        fc.option(fc.record({ at: fc.integer({ min: 1, max: 5 }), complete: fc.boolean() }), { nil: null }),
        fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
        fc.boolean(),
        fc.integer({ min: 0, max: 4 * hour }),
        fc.integer({ min: 60_000, max: 3 * hour }),
        (last, planned, running, ageMs, everyMs) => {
          if (!mayPlan({ last, planned, running, ageMs, everyMs })) return;
          expect(last?.complete).toBe(true);
          expect(running).toBe(false);
          expect(last?.at).not.toBe(planned);
          expect(ageMs).toBeLessThanOrEqual(Math.max(hour, everyMs));
        },
      ),
    );
  });

  it('an action is planned only when a person made it automatic, and nothing stands in the way', () => {
    const facts = { readOnly: false, rule: { mutedUntil: null }, underWay: false, approved: false, now: 5_000 };
    expect(beforePlanning(action, facts)).toBe('plan');
    expect(beforePlanning({ ...action, automatic: false }, facts)).toBeNull();
    expect(beforePlanning({ ...action, enabled: false }, facts)).toBeNull();
    expect(beforePlanning({ ...action, connectionRemoved: true }, facts)).toBeNull();
    expect(beforePlanning(action, { ...facts, readOnly: true })).toBe('read-only');
    expect(beforePlanning(action, { ...facts, rule: { mutedUntil: new Date(5_001).toISOString() } })).toBe('muted');
    expect(beforePlanning(action, { ...facts, rule: { mutedUntil: new Date(5_000).toISOString() } })).toBe('plan');
    expect(beforePlanning(action, { ...facts, underWay: true })).toBe('run-under-way');
    expect(beforePlanning(action, { ...facts, approved: true })).toBe('approved');
  });

  it('a plan above the cap waits for a person, whatever the setting says', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.boolean(), (act, cap, approveAutomatic) => {
        const verdict = afterPlanning(head(act, cap), null, null, { ...guardrails, approveAutomatic });
        if (act === 0) expect(verdict).toEqual({ do: 'nothing' });
        else if (act > cap) expect(verdict).toEqual({ do: 'save', state: 'waiting', need: 'cap' });
        else if (approveAutomatic) expect(verdict).toEqual({ do: 'save', state: 'waiting', need: 'setting' });
        else expect(verdict).toEqual({ do: 'save', state: 'queued', need: null });
      }),
    );
  });

  it('the same plan keeps the one that waits, and lets it go when nobody is needed any more', () => {
    const self = { ...guardrails, approveAutomatic: false };
    expect(afterPlanning(head(3), open(), null, guardrails)).toEqual({ do: 'keep', planId: 'p', release: false });
    expect(afterPlanning(head(3), open(), null, self)).toEqual({ do: 'keep', planId: 'p', release: true });
    expect(afterPlanning(head(3, 2), open(), null, self)).toEqual({ do: 'keep', planId: 'p', release: false });
    expect(afterPlanning(head(3, 200, 'other'), open(), null, guardrails)).toMatchObject({ do: 'save' });
    expect(afterPlanning(head(3), null, 'h', self)).toEqual({ do: 'leave' });
    expect(afterPlanning(head(3), null, 'another', self)).toMatchObject({ do: 'save' });
    expect(afterPlanning(head(3, 200, 'h', false), null, null, self)).toMatchObject({ do: 'fail' });
  });
});

describe('an open plan', () => {
  const facts = { action, rule: { mutedUntil: null }, guardrails, head: head(3), now: 2_000 };

  it('stands until time, the action or the rule says otherwise', () => {
    expect(reviewOpen(open(), facts)).toEqual({ do: 'keep' });
    expect(reviewOpen(open(), { ...facts, action: null })).toMatchObject({ do: 'withdrawn' });
    const newer = { ...action, createdAt: new Date(1_001).toISOString() };
    expect(reviewOpen(open(), { ...facts, action: newer })).toMatchObject({ do: 'withdrawn' });
    expect(reviewOpen(open(), { ...facts, action: { ...action, enabled: false } })).toMatchObject({ do: 'withdrawn' });
    expect(reviewOpen(open(), { ...facts, action: { ...action, automatic: false } })).toMatchObject({
      do: 'withdrawn',
    });
    const muted = { mutedUntil: '2099-01-01T00:00:00Z' };
    expect(reviewOpen(open(), { ...facts, rule: muted })).toMatchObject({ do: 'withdrawn' });
    const approved = open({ state: 'queued', approved: 1_500 });
    expect(reviewOpen(approved, { ...facts, rule: muted })).toEqual({ do: 'keep' });
    expect(reviewOpen(open(), { ...facts, now: 1_000 + 24 * hour })).toMatchObject({ do: 'expired' });
    expect(reviewOpen(open({ checked: 2 * hour }), { ...facts, now: 25 * hour })).toEqual({ do: 'keep' });
  });

  it('that was within the cap of then and is above the cap of now never runs without the number', () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.nat(300),
        fc.option(fc.nat(300), { nil: null }),
        fc.nat(300),
        fc.constantFrom('waiting' as const, 'queued' as const),
        (act, then, own, general, state) => {
          const verdict = reviewOpen(open({ state }), {
            ...facts,
            head: head(act, then),
            action: { ...action, cap: own },
            guardrails: { ...guardrails, cap: general, approveAutomatic: false },
          });
          const lowered = act <= then && act > (own ?? general);
          expect(verdict.do === 'withdrawn').toBe(lowered);
          if (state === 'queued' && verdict.do === 'keep') expect(act).toBeLessThanOrEqual(own ?? general);
        },
      ),
    );
    const approved = open({ state: 'queued', approved: 1_500 });
    expect(reviewOpen(approved, { ...facts, guardrails: { ...guardrails, cap: 1 } })).toEqual({ do: 'keep' });
  });

  it('counts its time from the last yes of a sync or a person', () => {
    expect(expiresAt(open({ checked: 5, approved: 9 }), 1)).toBe(9 + hour);
    expect(expiresAt(open({ checked: 5 }), 1)).toBe(5 + hour);
  });

  it('goes back to a person when approval is switched on before it began', () => {
    const queued = open({ state: 'queued', need: null });
    expect(reviewOpen(queued, facts)).toEqual({ do: 'held', need: 'setting' });
    expect(reviewOpen(queued, { ...facts, guardrails: { ...guardrails, approveAutomatic: false } })).toEqual({
      do: 'keep',
    });
    expect(reviewOpen({ ...queued, approved: 1_500 }, facts)).toEqual({ do: 'keep' });
  });
});

describe('the queue', () => {
  type World = { plans: OpenPlan[]; running: string | null; ran: string[]; acts: Map<string, number> };
  const step = fc.oneof(
    fc.record({ do: fc.constant('plan' as const), action: fc.nat(3), act: fc.nat(300), complete: fc.boolean() }),
    fc.record({ do: fc.constant('approve' as const) }),
    fc.record({ do: fc.constant('end' as const) }),
    fc.record({ do: fc.constant('tick' as const), held: fc.boolean(), stale: fc.boolean() }),
  );

  it('runs one at a time, never what nobody may run, and never twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.boolean(), (steps, approveAutomatic) => {
        const rails = { ...guardrails, approveAutomatic };
        const world: World = { plans: [], running: null, ran: [], acts: new Map() };
        let ids = 0;
        let clock = 10_000;
        for (const one of steps) {
          clock += 1;
          if (one.do === 'plan') {
            const last = { at: clock, complete: one.complete };
            if (!mayPlan({ last, planned: null, running: false, ageMs: 0, everyMs: hour })) {
              expect(one.complete).toBe(false);
              continue;
            }
            const present = world.plans.find(({ actionId }) => actionId === one.action) ?? null;
            if (present !== null && present.approved !== null) continue;
            const verdict = afterPlanning(head(one.act, 200, `${one.act}`), present, null, rails);
            if (verdict.do === 'keep') continue;
            world.plans = world.plans.filter(({ actionId }) => actionId !== one.action);
            if (verdict.do !== 'save') continue;
            ids += 1;
            const { state, need } = verdict;
            world.acts.set(`p${ids}`, one.act);
            world.plans.push(
              open({
                planId: `p${ids}`,
                actionId: one.action,
                state,
                need,
                planned: clock,
                checked: clock,
                hash: `${one.act}`,
              }),
            );
          } else if (one.do === 'approve') {
            const waiting = world.plans.find(({ state }) => state === 'waiting');
            if (waiting === undefined) continue;
            const approved = { ...waiting, state: 'queued' as const, approved: clock };
            world.plans = world.plans.map((plan) => (plan === waiting ? approved : plan));
          } else if (one.do === 'end') {
            world.running = null;
          } else {
            const stale = new Set(one.stale ? ['c'] : []);
            const next = nextRun(world.plans, { held: one.held, runUnderWay: world.running !== null, stale });
            if (next === null) continue;
            expect(one.held).toBe(false);
            expect(world.running).toBeNull();
            expect(world.ran).not.toContain(next.planId);
            const needed = approvalNeed(head(world.acts.get(next.planId) ?? 0), rails);
            expect(next.approved !== null || (needed === null && !one.stale)).toBe(true);
            world.running = next.planId;
            world.ran.push(next.planId);
            world.plans = world.plans.filter(({ planId }) => planId !== next.planId);
          }
          const actions = world.plans.map(({ actionId }) => actionId);
          expect(new Set(actions).size).toBe(actions.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
