/**
 * Whatever goes wrong on the way: every planned user ends in exactly one outcome, the tenant is what the outcomes claim,
 * and the journal is whole. Faults are drawn at random; a failure prints the seed that repeats it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../electron/twin/faults.ts';
import { existing, openScene, people } from './scene.ts';

const kinds = [
  'reset',
  'lost',
  'cut',
  'truncated',
  'garbage',
  'html502',
  'http500',
  'http503',
  'http504',
  'http429',
] as const;

const troubles = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  users: fc.integer({ min: 1, max: 150 }),
  /** Positions of users who are members before, who do not exist, who join or leave in the middle. */
  members: fc.uniqueArray(fc.nat(149), { maxLength: 60 }),
  missing: fc.uniqueArray(fc.nat(149), { maxLength: 8 }),
  racing: fc.uniqueArray(fc.nat(149), { maxLength: 5 }),
  twice: fc.uniqueArray(fc.nat(149), { maxLength: 5 }),
  faults: fc.array(
    fc.record({
      kind: fc.constantFrom<FaultKind>(...kinds),
      probability: fc.constantFrom(0.02, 0.1, 0.3),
      times: fc.integer({ min: 1, max: 30 }),
    }),
    { maxLength: 5 },
  ),
  pauseAfter: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
});

describe.each(['add-to-group', 'remove-from-group'] as const)('%s under faults', (kind) => {
  it('ends every user in one outcome that the tenant agrees with', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(troubles, async (trouble) => {
        const scene = await openScene({ users: 220, seed: trouble.seed, times: 2_000 });
        try {
          const { control } = scene.twin;
          const ids = people(scene.twin, trouble.users);
          const at = (positions: readonly number[]) => positions.flatMap((i) => ids[i] ?? []);
          const group = control.addGroup({ displayName: 'Risky' });
          for (const id of at(trouble.members)) control.addMember(group.id, id);
          const missing = new Set(at(trouble.missing));
          for (const id of missing) control.dropUser(id);
          const before = new Set(control.members(group.id));
          const racing = at(trouble.racing).filter(
            (id) => !missing.has(id) && before.has(id) === (kind === 'remove-from-group'),
          );
          const head = await scene.plan({ kind, ids: [...ids, ...at(trouble.twice)], group: existing(group) });

          for (const { kind: fault, ...rest } of trouble.faults) {
            control.inject({ kind: fault, ...rest, match: (_, path) => !path.includes('oauth2') });
          }
          let raced = false;
          control.inject({
            kind: 'slow',
            match(method, path) {
              if (raced || !path.startsWith('/groups/') || method === 'GET') return false;
              raced = true;
              for (const id of racing)
                (kind === 'add-to-group' ? control.addMember : control.removeMember)(group.id, id);
              return false;
            },
          });

          const handle = await scene.executor.run(head.planId, { confirm: head.counts.act });
          if (trouble.pauseAfter !== null) {
            await new Promise((resolve) => setTimeout(resolve, trouble.pauseAfter ?? 0));
            await scene.executor.pause(handle.runId).catch(() => undefined);
          }
          let run = await handle.done;
          for (let tries = 0; run.state !== 'completed'; tries += 1) {
            if (tries > 3) control.clearFaults();
            expect(tries, run.message ?? '').toBeLessThan(6);
            run = await (await scene.executor.resume(run.runId)).done;
          }

          const steps = await scene.steps(run.runId);
          expect(new Set(steps.map(({ objectId }) => objectId))).toEqual(new Set(ids));
          expect(steps).toHaveLength(ids.length);
          const by = (state: string) => steps.filter((step) => step.state === state).map(({ objectId }) => objectId);
          expect(by('planned').length + by('started').length + by('unknown').length).toBe(0);
          expect(run.counts.succeeded + run.counts.already + run.counts.failed).toBe(ids.length);

          const present = control.members(group.id);
          const shouldBe = kind === 'add-to-group';
          for (const id of [...by('succeeded'), ...by('already')]) expect(present.has(id)).toBe(shouldBe);
          for (const id of by('succeeded')) expect(before.has(id)).toBe(!shouldBe);
          for (const id of by('failed')) expect(present.has(id)).toBe(!shouldBe);
          // A pause may cut a request off; what it was about is then read back, and somebody else's doing counts as ours.
          if (trouble.faults.length === 0 && trouble.pauseAfter === null) {
            expect(new Set(by('failed'))).toEqual(shouldBe ? missing : new Set());
            expect(new Set(by('succeeded'))).toEqual(
              new Set(ids.filter((id) => before.has(id) !== shouldBe && !missing.has(id) && !racing.includes(id))),
            );
          }
          expect(control.violations).toEqual([]);
          expect(await scene.journal.verify()).toMatchObject({ intact: true });
        } finally {
          await scene.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});
