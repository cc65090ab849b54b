/** `demo` end to end: exit code 0, one summary, nothing left behind. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, documentOf } from './harness.ts';

describe('demo', () => {
  it('goes the whole way and cleans up', async () => {
    const temp = mkdtempSync(join(tmpdir(), 'riskdesk-demo-test-'));
    const outcome = await cli(['demo', '--json', '--users', '600'], { env: { TMPDIR: temp } });
    expect({ code: outcome.code, stderr: outcome.stderr }).toMatchObject({ code: 0 });
    const summary = documentOf(outcome) as {
      readonly plan: { readonly counts: { readonly act: number } };
      readonly run: { readonly counts: { readonly succeeded: number } };
      readonly undo: { readonly counts: { readonly succeeded: number } };
    };
    expect(summary).toMatchObject({
      ok: true,
      users: 600,
      sync: { complete: true },
      run: { state: 'completed' },
      undo: { state: 'completed' },
      journal: { intact: true },
      dataDir: null,
    });
    expect(summary.plan.counts.act).toBeGreaterThan(0);
    expect(summary.run.counts.succeeded).toBe(summary.plan.counts.act);
    expect(summary.undo.counts.succeeded).toBe(summary.plan.counts.act);
    expect(readdirSync(temp).filter((name) => name.startsWith('riskdesk-demo-'))).toEqual([]);
    rmSync(temp, { recursive: true, force: true });
  }, 60_000);

  it('tells its story in text and prints commands to repeat it', async () => {
    const dir = join(mkdtempSync(join(tmpdir(), 'riskdesk-demo-kept-')), 'data');
    const outcome = await cli(['demo', '--users', '200', '--data-dir', dir]);
    expect({ code: outcome.code, stderr: outcome.stderr }).toMatchObject({ code: 0 });
    for (const word of [
      '1. Connect',
      '3. Sync',
      '█',
      '6. Plan',
      '8. Verify',
      '9. Undo',
      'intact',
      'serve-twin --port',
    ]) {
      expect(outcome.stdout).toContain(word);
    }
    expect(existsSync(join(dir, 'riskdesk.db'))).toBe(true);
    const again = await cli(['demo', '--users', '200', '--data-dir', dir, '--json']);
    expect(again.code).toBe(1);
    expect(documentOf(again)).toMatchObject({ error: { code: 'already-exists', field: '--data-dir' } });
    rmSync(join(dir, '..'), { recursive: true, force: true });
  }, 60_000);
});
