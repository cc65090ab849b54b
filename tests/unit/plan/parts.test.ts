/** The small pure parts around a plan: estimate, nickname, guardrails, and whom a follow-up is about. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate } from '../../../electron/core/plan/estimate.ts';
import {
  checkConfirmation,
  checkFollowUp,
  checkMaintenance,
  checkReadOnly,
  inMaintenance,
} from '../../../electron/core/plan/guardrails.ts';
import { legalNickname } from '../../../electron/core/plan/nickname.ts';
import { retryCandidates, undoCandidates } from '../../../electron/core/plan/selectionUndo.ts';
import { stepStates } from '../../../shared/model/run.ts';
import { group } from './sample.ts';

describe('the estimate', () => {
  const fresh = { mode: 'create', name: 'New', kind: 'm365' } as const;

  it.each([
    // 500 batches of 20 PATCHes of 20, the group and one page: 10,000 writes at 20 a second, 502 requests at 0.2 s.
    ['add-to-group', group, 200_000, 0, 502, 601],
    ['add-to-group', group, 400, 1_000, 4, 2],
    ['add-to-group', group, 401, 999, 4, 2],
    ['add-to-group', fresh, 1, 0, 5, 2],
    ['add-to-group', group, 0, 5_000, 0, 0],
    ['remove-from-group', group, 41, 999, 5, 4],
    ['dismiss', null, 61, null, 2, 3],
    ['confirm-compromised', null, 60, null, 1, 2],
    ['confirm-safe', null, 6_000, null, 100, 120],
    ['revoke-sessions', null, 21, null, 2, 2],
    ['disable-account', null, 21, null, 4, 2],
    ['enable-account', null, 20, null, 2, 2],
    ['require-password-change', null, 20, null, 1, 2],
    ['none', null, 500, null, 0, 0],
  ] as const)('%s, %o, %i users, %s members: %i requests, %i s', (kind, target, act, members, requests, seconds) => {
    expect(estimate({ kind, group: target, act, members })).toEqual({ requests, seconds });
  });

  it('keeps to one request for 300 users and more when 200,000 are added', () => {
    const { requests } = estimate({ kind: 'add-to-group', group, act: 200_000, members: 0 });
    expect(requests - 1).toBeLessThanOrEqual(200_000 / 300);
  });
});

describe('the nickname', () => {
  const legal = /^[A-Za-z0-9-]{1,64}$/;

  it.each([
    ['Søren & Co. (EU)', 'Soren-Co-EU'],
    ['Größe Straße', 'Grosse-Strasse'],
    ['İstanbul Łódź', 'Istanbul-Lodz'],
    ['  Risky   users  ', 'Risky-users'],
    ['a@b"c;d:e<f>,g.h[i]\\', 'a-b-c-d-e-f-g-h-i'],
    ['日本', 'group'],
    ['😀', 'group'],
    ['', 'group'],
  ])('of %j is %s', (name, expected) => {
    expect(legalNickname(name)).toBe(expected);
    expect(legalNickname(name, () => '7')).toBe(`${expected}-7`);
  });

  it('is always legal, and keeps its suffix whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z0-9]{1,32}$/), (name, suffix) => {
        expect(legalNickname(name)).toMatch(legal);
        const made = legalNickname(name.repeat(9), () => suffix);
        expect(made).toMatch(legal);
        expect(made.endsWith(`-${suffix}`)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    expect(legalNickname('x'.repeat(200), () => 'z'.repeat(200))).toMatch(legal);
  });
});

describe('guardrails', () => {
  it('read-only mode refuses', () => {
    expect(() => checkReadOnly({ readOnly: false })).not.toThrow();
    expect(() => checkReadOnly({ readOnly: true })).toThrow(expect.objectContaining({ code: 'read-only-mode' }));
  });

  const at = (weekday: number, clock: string) => {
    const [hours = '', minutes = ''] = clock.split(':');
    return { weekday, minutes: Number(hours) * 60 + Number(minutes) };
  };

  it.each([
    [{ days: [1], from: '08:00', to: '17:00' }, at(1, '07:59'), false],
    [{ days: [1], from: '08:00', to: '17:00' }, at(1, '08:00'), true],
    [{ days: [1], from: '08:00', to: '17:00' }, at(1, '17:00'), false],
    [{ days: [1], from: '08:00', to: '17:00' }, at(2, '09:00'), false],
    [{ days: [6], from: '22:00', to: '06:00' }, at(6, '21:59'), false],
    [{ days: [6], from: '22:00', to: '06:00' }, at(6, '23:00'), true],
    [{ days: [6], from: '22:00', to: '06:00' }, at(0, '05:59'), true],
    [{ days: [6], from: '22:00', to: '06:00' }, at(0, '06:00'), false],
    [{ days: [6], from: '22:00', to: '06:00' }, at(6, '05:00'), false],
    [{ days: [3], from: '12:00', to: '12:00' }, at(3, '12:00'), true],
    [{ days: [3], from: '12:00', to: '12:00' }, at(4, '11:59'), true],
    [{ days: [3], from: '12:00', to: '12:00' }, at(4, '12:00'), false],
    [null, at(0, '00:00'), false],
  ])('%o at %o: %s', (maintenanceWindow, time, expected) => {
    expect(inMaintenance(maintenanceWindow, time)).toBe(expected);
    const check = () => checkMaintenance({ maintenanceWindow }, time);
    if (expected) expect(check).toThrow(expect.objectContaining({ code: 'guardrail' }));
    else expect(check).not.toThrow();
  });

  it('the typed number is needed above the cap, and must be right where it is given', () => {
    const head = (act: number, total: number, cap: number) => ({
      counts: { act, already: 0, skipped: total - act, reasons: {} },
      total,
      cap,
    });
    const wrong = expect.objectContaining({ code: 'confirmation-needed', field: 'confirm' });
    expect(() => checkConfirmation(head(200, 250, 200), null)).not.toThrow();
    expect(() => checkConfirmation(head(201, 250, 200), null)).toThrow(wrong);
    expect(() => checkConfirmation(head(201, 250, 200), 201)).not.toThrow();
    expect(() => checkConfirmation(head(201, 250, 200), 250)).not.toThrow();
    expect(() => checkConfirmation(head(201, 250, 200), 200)).toThrow(wrong);
    expect(() => checkConfirmation(head(1, 1, 200), 2)).toThrow('The number typed is 2, but the plan acts on 1 user.');
    expect(() => checkConfirmation(head(1, 1, 200), Number.NaN)).toThrow(wrong);
    expect(() => checkConfirmation(head(1, 1, 0), null)).toThrow(wrong);
    expect(() => checkConfirmation(head(0, 9, 0), null)).not.toThrow();
  });
});

describe('the number typed for a follow-up', () => {
  const head = (act: number, cap: number) => ({
    counts: { act, already: 0, skipped: 0, reasons: {} },
    total: act,
    cap,
  });
  const refused = expect.objectContaining({ code: 'confirmation-needed', field: 'confirm' });

  it.each<[string, number, [act: number, cap: number], number | null, boolean]>([
    ['below the cap none is needed', 200, [200, 200], null, true],
    ['the one of the run serves', 500, [500, 200], null, true],
    ['the one of the run serves for fewer', 201, [500, 200], null, true],
    ['that of a run over fewer does not', 501, [500, 200], null, false],
    ['a run that needed none has none to lend', 300, [300, 1_000], null, false],
    ['a right one is taken', 300, [300, 1_000], 300, true],
    ['a wrong one is refused', 300, [500, 200], 299, false],
    ['a wrong one is refused below the cap, too', 3, [3, 200], 2, false],
  ])('%s', (_name, act, [actBefore, capBefore], typed, passes) => {
    const check = () => checkFollowUp(head(act, 200), head(actBefore, capBefore), typed);
    if (passes) expect(check).not.toThrow();
    else expect(check).toThrow(refused);
  });
});

describe('follow-ups', () => {
  const steps = stepStates.map((state, at) => ({ seq: at + 1, state }));

  it('undo takes what the run changed, last first; retry what failed', () => {
    const twice = [...steps, ...steps.map((step) => ({ ...step, seq: step.seq + 10 }))];
    expect(undoCandidates(twice)).toEqual([
      { seq: 13, state: 'succeeded' },
      { seq: 3, state: 'succeeded' },
    ]);
    expect(retryCandidates(twice).map((step) => step.seq)).toEqual([6, 16]);
  });
});
