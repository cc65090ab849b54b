/** `connection sign-in` and `sign-out`: the person of a connection. Prints the address, waits for the browser, and ends. */
import type { Command } from 'commander';
import type { SignInProgress } from '../../../../shared/contract/connections.ts';
import { RiskdeskError } from '../../../../shared/model/errors.ts';
import { type Cli, type ExitCode, example } from '../cli.ts';
import type { FieldNames } from '../fieldNames.ts';
import { interruptible } from '../interrupt.ts';

export function declareSignIn(group: Command, cli: Cli, fields: FieldNames): void {
  const signIn = group
    .command('sign-in <name>')
    .description('sign a person in with the browser, for a connection made with --interactive');
  example(signIn.action(cli.action(fields, (name: string) => signInTo(cli, name))), 'connection sign-in contoso');
  const signOut = group
    .command('sign-out <name>')
    .description("forget the person's tokens on this machine; the browser's own session stays");
  example(signOut.action(cli.action(fields, (name: string) => signOutOf(cli, name))), 'connection sign-out contoso');
}

async function signInTo(cli: Cli, name: string): Promise<ExitCode> {
  const cancel = new AbortController();
  const stop = { waitsFor: 'the sign-in', stop: async () => cancel.abort() };
  const done = await cli.core(async (client) => {
    const { keychain } = await client.host.info();
    if (!keychain.available) cli.out.note(`No keychain: the sign-in ends with this command. ${keychain.why ?? ''}`);
    const { value } = await interruptible(cli.out, stop, async () => {
      let last: SignInProgress | null = null;
      for await (const progress of await client.connections.signIn({ name }, { signal: cancel.signal })) {
        last = progress;
        if (progress.state === 'waiting') tell(cli, progress);
      }
      return last;
    });
    return value;
  });
  // A stream that was left ends without an error and without a result.
  if (done?.state !== 'done') throw new RiskdeskError('cancelled', 'The sign-in was cancelled.');
  cli.out.result(done, () => [
    `Signed in to "${name}"${done.account === null ? '' : ` as ${done.account}`}.`,
    done.kept === 'keychain' ? 'The keychain keeps the sign-in.' : 'It ends with this command.',
  ]);
  return 0;
}

function tell(cli: Cli, waiting: Extract<SignInProgress, { state: 'waiting' }>): void {
  cli.out.note(
    waiting.opened
      ? 'Your browser should open. If it does not, open:'
      : 'Open this address in a browser on this machine:',
  );
  cli.out.note(waiting.address);
  const minutes = Math.max(1, Math.round((Date.parse(waiting.until) - Date.now()) / 60_000));
  cli.out.note(`Waiting up to ${minutes} minutes. Ctrl-C cancels.`);
}

async function signOutOf(cli: Cli, name: string): Promise<ExitCode> {
  const after = await cli.core((client) => client.connections.signOut({ name }));
  cli.out.result(after, () => [`Nobody is signed in to "${after.name}" any more.`]);
  return 0;
}
