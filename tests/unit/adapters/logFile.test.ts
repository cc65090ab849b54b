/** The log on a real disk: rotation, redaction, and what happens when it cannot be written. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, systemClock } from '../../../electron/adapters/clock.ts';
import { createLogFile } from '../../../electron/adapters/logFile.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'riskdesk-log-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the log file', () => {
  it('writes one JSON object a line, readable by the owner alone', () => {
    const { log, file } = createLogFile({ dir: path.join(dir, 'logs'), clock: systemClock });
    log('info', 'sync.done', { users: 5, nested: { big: 10n, when: new Date(0) } });
    log('warn', 'plain');
    expect(lines(file)).toMatchObject([
      {
        level: 'info',
        event: 'sync.done',
        facts: { users: 5, nested: { big: '10', when: '1970-01-01T00:00:00.000Z' } },
      },
      { level: 'warn', event: 'plain' },
    ]);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  });
  it('takes secrets out, wherever they hide', () => {
    const { log, file } = createLogFile({ dir, clock: systemClock });
    const jwt = 'eyJhbGciOiJub25lIn0.eyJyb2xlcyI6W119.c2ln';
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    log('error', 'x', {
      accessToken: 'hunter2',
      deep: [
        {
          client_secret: 'hunter2',
          Authorization: 'hunter2',
          password: 'hunter2',
          client_assertion: 'hunter2',
          privateKey: 'hunter2',
          pem: 'hunter2',
        },
      ],
      error: new Error(`sent Bearer hunter2-x/y and ${jwt}`, { cause: new Error(jwt) }),
      loop,
    });
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain(jwt.slice(0, 20));
    expect(text).toContain('[redacted]');
  });
  it('rotates by size, keeps so many and loses no line meanwhile', () => {
    const { log } = createLogFile({ dir, clock: systemClock, maxBytes: 1000, keep: 100 });
    for (let n = 0; n < 100; n += 1) log('info', 'n', { n });
    const files = readdirSync(dir);
    expect(files.length).toBeGreaterThan(5);
    for (const name of files) expect(statSync(path.join(dir, name)).size).toBeLessThanOrEqual(1000);
    const all = files.flatMap((name) => lines(path.join(dir, name)));
    expect(all.map((one) => one.facts.n).sort((x, y) => x - y)).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });
  it('keeps no more than it should, also over restarts', () => {
    for (let n = 0; n < 60; n += 1)
      createLogFile({ dir, clock: systemClock, maxBytes: 500, keep: 2 }).log('info', 'n', { n });
    expect(readdirSync(dir).sort()).toEqual(['riskdesk.1.log', 'riskdesk.2.log', 'riskdesk.log']);
  });
  it('counts what it could not write', () => {
    const blocked = path.join(dir, 'logs');
    writeFileSync(blocked, 'a file where the folder should be');
    const { log, file } = createLogFile({ dir: blocked, clock: systemClock });
    log('info', 'lost');
    log('info', 'lost too');
    rmSync(blocked);
    log('info', 'back');
    expect(lines(file)).toMatchObject([{ event: 'log.dropped', facts: { lines: 2 } }, { event: 'back' }]);
  });
});

describe('the system clock', () => {
  it('sleeps at least as long as told, and wakes with the reason of a signal', async () => {
    const start = systemClock.monotonic();
    for (let n = 0; n < 5; n += 1) await systemClock.sleep(4);
    expect(systemClock.monotonic() - start).toBeGreaterThanOrEqual(20);
    await systemClock.sleep(0);
    await systemClock.sleep(-5);
    const stop = new AbortController();
    const sleeping = systemClock.sleep(60_000, stop.signal);
    stop.abort(new Error('up'));
    await expect(sleeping).rejects.toThrow('up');
    await expect(systemClock.sleep(5, stop.signal)).rejects.toThrow('up');
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  });
});
