import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { claim, isOrphan, release } from '../../../electron/core/execute/owner.ts';
import type { RunOwner, RunRecord } from '../../../electron/core/journal/journal.ts';

const run: RunRecord['run'] = {
  runId: 'r',
  planId: 'p',
  origin: 'action',
  parentRunId: null,
  action: null,
  connection: 'contoso',
  kind: 'none',
  group: null,
  state: 'running',
  message: null,
  startedAt: '2026-11-23T16:00:00.000Z',
  finishedAt: null,
  total: 0,
  left: 0,
  counts: { succeeded: 0, already: 0, skipped: 0, failed: 0, unknown: 0 },
  verification: { verified: 0, pending: 0, notApplied: 0 },
  etaSeconds: null,
};
const record = (owner: RunOwner | null, heartbeat = 0): RunRecord => ({
  run,
  owner,
  heartbeat,
  groupCreatedAt: null,
  order: 1,
});

describe('whether a run is an orphan', () => {
  it('is not while its executor lives in this process, however old the heartbeat', () => {
    const owner = claim('token');
    expect(isOrphan(record(owner), 1e12)).toBe(false);
    release('token');
    expect(isOrphan(record(owner), 0)).toBe(true);
  });

  it('is when its process has ended, at once', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    expect(isOrphan(record({ pid, token: 'x' }), 0)).toBe(true);
  });

  it('is when a live process with that pid has been silent for two minutes', () => {
    const owner = { pid: process.ppid, token: 'x' };
    expect(isOrphan(record(owner, 1_000_000), 1_000_000 + 119_000)).toBe(false);
    expect(isOrphan(record(owner, 1_000_000), 1_000_000 + 121_000)).toBe(true);
  });

  it('is when nobody owns it', () => {
    expect(isOrphan(record(null), 0)).toBe(true);
  });
});
