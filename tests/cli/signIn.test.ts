/** `connection sign-in` as a person at a terminal meets it: the address is printed, a browser answers, the command ends. */
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { visit } from '../harness/person.ts';
import { addressOf, desk, serveTwinChild, type TwinChild } from './harness.ts';

let twin: TwinChild;
let work: ReturnType<typeof desk>;
beforeAll(async () => {
  twin = await serveTwinChild('--users', '50');
  work = desk(twin);
});
afterAll(async () => {
  work.remove();
  await twin.stop();
});

/** Neither a desktop nor its bus, so that no browser of this machine opens and no keychain answers. */
const headless = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, DBUS_SESSION_BUS_ADDRESS: undefined };
const where = () => addressOf(twin).slice(0, -2);

/** Calls `found` with the address once the command has printed it. */
function onAddress(child: ChildProcess, found: (address: string) => void): void {
  let text = '';
  let told = false;
  child.stderr?.on('data', (piece: Buffer) => {
    text += piece.toString('utf8');
    const [address] = /http:\/\/127\.0\.0\.1:\d+\/login\/\S+\/authorize\?\S+(?=\s)/.exec(text) ?? [];
    if (address === undefined || told) return;
    told = true;
    found(address);
  });
}

it('adds a connection of a person, prints the address, and ends signed in', async () => {
  const added = await work.json(['connection', 'add', 'desk', ...where(), '--interactive']);
  expect(added).toMatchObject({
    credential: { place: 'interactive' },
    signIn: { account: null, permissions: ['IdentityRiskyUser.Read.All'] },
  });
  let page = '';
  const outcome = await work.run(['connection', 'sign-in', 'desk'], {
    env: headless,
    started: (child) =>
      onAddress(child, (address) => {
        void visit(address).then((one) => {
          page = one.page;
        });
      }),
  });
  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('as ada@contoso.onmicrosoft.com') });
  expect(outcome.stderr).toContain('Open this address in a browser');
  expect(page).toContain('You can close this window');
});

it('says that nobody is signed in, and where to', async () => {
  const outcome = await work.run(['sync', 'desk'], { env: headless });
  expect(outcome.code).toBe(1);
  expect(outcome.stdout + outcome.stderr).toContain('connection sign-in');
});

it('is cancelled by Ctrl-C', async () => {
  const outcome = await work.run(['connection', 'sign-in', 'desk'], {
    env: headless,
    started: (child) => onAddress(child, () => child.kill('SIGINT')),
  });
  expect(outcome).toMatchObject({ code: 1, stderr: expect.stringMatching(/cancelled/) });
});

it.each([
  [['--interactive', '--secret-env', 'X'], '--secret-stdin, --secret-env, --certificate or --interactive'],
  [['--permission', 'Mail.Read'], 'Mail.Read'],
  [['--interactive', '--secret-expires', '2027-02-30'], '--secret-expires'],
])('refuses %j as wrong usage', async (options, named) => {
  const outcome = await work.run(['connection', 'add', 'other', ...where(), ...options]);
  expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining(named) });
});

it('keeps the day a secret ends, and forgets it', async () => {
  const added = await work.json(['connection', 'add', 'app', ...addressOf(twin), '--secret-expires', '2027-05-31']);
  expect(added).toMatchObject({ credential: { expiresAt: '2027-05-31T00:00:00.000Z' } });
  const changed = await work.json(['connection', 'update', 'app', '--secret-expires', 'never']);
  expect(changed).toMatchObject({ credential: { expiresAt: null } });
});
