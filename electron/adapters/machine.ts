/**
 * What every host hands to the core alike: this machine's clock, account and keychain, this program's version, and sign-in
 * over the host's transport. Leaves out what differs: data folder, network, log, window and what is allowed.
 */
import type { Log, SignInPrompt, Transport } from '../core/ports.ts';
import { accountName } from './account.ts';
import { newId, systemClock } from './clock.ts';
import { createKeychain } from './keychain.ts';
import { makeTokenSource } from './signIn.ts';
import { makeInteractiveSignIn } from './signInInteractive.ts';
import { readBuild, readVersion } from './version.ts';

/** `prompt` opens the page of a sign-in; null where nobody can sign in. */
export function machinePorts(host: {
  readonly transport: Transport;
  readonly log: Log;
  readonly prompt: SignInPrompt | null;
}) {
  const { transport, log, prompt } = host;
  const clock = systemClock;
  return {
    version: readVersion(),
    build: readBuild(),
    platform: process.platform,
    who: accountName(),
    transport,
    makeTokenSource: makeTokenSource({ transport, clock, log }),
    interactiveSignIn: prompt === null ? undefined : makeInteractiveSignIn({ transport, clock, log, prompt }),
    credentials: createKeychain(),
    clock,
    newId,
    log,
  };
}
