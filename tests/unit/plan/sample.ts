/** Candidates and inputs of plans, with defaults that a test overrides where it matters. */
import fc from 'fast-check';
import type { Candidate, PlanInput } from '../../../electron/core/plan/makePlan.ts';
import { type ActionKind, actionKinds, type GroupTarget, needsGroup } from '../../../shared/model/action.ts';
import { riskStates } from '../../../shared/model/riskyUser.ts';
import { defaultSettings, type Guardrails } from '../../../shared/model/settings.ts';

export const now = Date.parse('2026-11-23T12:00:00.000Z');
export const group = {
  mode: 'existing',
  id: 'aaaaaaaa-0000-0000-0000-000000000001',
  name: 'Risky',
  deleted: false,
} as const satisfies GroupTarget;

export function candidate(objectId: string, more: Partial<Candidate> = {}): Candidate {
  return {
    objectId,
    userPrincipalName: `${objectId}@contoso.com`,
    displayName: objectId,
    riskLevel: 'high',
    riskState: 'atRisk',
    score: 375,
    isDeleted: false,
    isGuest: false,
    gone: false,
    ...more,
  };
}

export function guardrails(more: Partial<Guardrails> = {}): Guardrails {
  return { ...defaultSettings.guardrails, ...more };
}

export function input(kind: ActionKind, candidates: Iterable<Candidate>, more: Partial<PlanInput> = {}): PlanInput {
  return {
    origin: 'action',
    parentRunId: null,
    action: 'An action',
    rule: 'A rule',
    connection: 'Contoso',
    kind,
    group: needsGroup(kind) ? group : null,
    days: null,
    candidates,
    members: needsGroup(kind) ? new Set() : null,
    protectedMembers: new Set(),
    guardrails: guardrails(),
    cap: null,
    recentActs: new Map(),
    now,
    ...more,
  };
}

/** Ids collide on purpose, in upper and lower case. */
const id = fc.integer({ min: 0, max: 30 }).chain((n) => fc.constantFrom(`User-${n}`, `user-${n}`, `USER-${n}`));

const anyCandidate = fc
  .record({
    objectId: id,
    upn: fc.option(id),
    riskState: fc.constantFrom(...riskStates, 'brandNew'),
    score: fc.option(fc.integer({ min: 0, max: 1000 })),
    isDeleted: fc.boolean(),
    isGuest: fc.boolean(),
    gone: fc.boolean(),
  })
  .map(({ upn, ...one }) =>
    candidate(one.objectId, { ...one, userPrincipalName: upn === null ? null : `${upn}@contoso.com` }),
  );

const ids = fc.array(id, { maxLength: 8 });

export const anyInput: fc.Arbitrary<PlanInput> = fc
  .record({
    kind: fc.constantFrom(...actionKinds),
    origin: fc.constantFrom('action', 'retry', 'undo', 'selection'),
    candidates: fc.array(anyCandidate, { maxLength: 40 }),
    members: fc.option(ids.map((list) => new Set(list))),
    protectedMembers: ids.map((list) => new Set(list)),
    protectedUsers: fc.array(
      fc.oneof(
        id,
        id.map((one) => `${one}@Contoso.com`),
      ),
      { maxLength: 6 },
    ),
    flapHours: fc.constantFrom(0, 1, 24),
    recent: fc.array(fc.tuple(id, fc.integer({ min: -30, max: 1 }), fc.constantFrom(null, 375)), { maxLength: 8 }),
    changedSince: ids.map((list) => new Set(list)),
    cap: fc.option(fc.nat({ max: 50 })),
  })
  .map(({ kind, candidates, protectedUsers, flapHours, recent, ...more }) =>
    input(kind, candidates, {
      ...more,
      guardrails: guardrails({ protectedUsers, flapHours }),
      recentActs: new Map(recent.map(([who, hours, score]) => [who, { at: now + hours * 3_600_000, score }])),
    }),
  );
