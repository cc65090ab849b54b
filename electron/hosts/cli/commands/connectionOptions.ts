/** From the options of `connection add` and `connection update` to what the contract wants. */
import type { ConnectionChange, CredentialInput, NewConnection } from '../../../../shared/contract/connections.ts';
import {
  type Cloud,
  type Connection,
  type DelegatedPermission,
  delegatedPermissions,
  type ScoreRange,
} from '../../../../shared/model/connection.ts';
import { fromHere } from '../../../adapters/dataDir.ts';
import { wrongUsage } from '../failure.ts';
import type { Output } from '../output.ts';
import { readSecret } from '../secretInput.ts';

export type ConnectionOptions = {
  readonly name?: string;
  readonly tenant?: string;
  readonly client?: string;
  readonly cloud?: Cloud;
  readonly authorityUrl?: string;
  readonly graphUrl?: string;
  readonly secretStdin?: boolean;
  readonly secretEnv?: string;
  readonly certificate?: string;
  readonly interactive?: boolean;
  readonly permission?: readonly string[];
  readonly secretExpires?: string;
  readonly scoreMin?: number;
  readonly scoreMax?: number;
  readonly unscored?: boolean;
  readonly syncEvery?: number | 'never';
  readonly weight?: number;
};

const wholeRange: ScoreRange = { min: 0, max: 1_000, unscored: true };
const credentialOptions = '--secret-stdin, --secret-env, --certificate or --interactive';

export async function newConnection(out: Output, name: string, options: ConnectionOptions): Promise<NewConnection> {
  const { tenant = '', client = '' } = options;
  const range = readRange(options, wholeRange);
  const credential = await readCredential(out, options);
  if (credential === undefined) {
    throw wrongUsage(credentialOptions, 'the credential is missing', `Give exactly one of ${credentialOptions}.`);
  }
  return { name, tenant, client, credential, ...settings(options), ...(range && { scoreRange: range }) };
}

/** `now` is asked only when half of the score range changes. */
export async function readChange(
  out: Output,
  options: ConnectionOptions,
  now: () => Promise<Connection>,
): Promise<ConnectionChange> {
  const { name, tenant, client } = options;
  const credential = await readCredential(out, options);
  const range = touchesRange(options) ? readRange(options, (await now()).scoreRange) : undefined;
  const change = {
    ...(name !== undefined && { name }),
    ...(tenant !== undefined && { tenant }),
    ...(client !== undefined && { client }),
    ...(credential && { credential }),
    ...settings(options),
    ...(range && { scoreRange: range }),
  };
  if (Object.keys(change).length === 0) {
    throw wrongUsage('OPTIONS', 'nothing to change', 'Name at least one option; --help lists them.');
  }
  return change;
}

function settings(
  options: ConnectionOptions,
): Pick<ConnectionChange, 'cloud' | 'authorityUrl' | 'graphUrl' | 'syncEvery' | 'weight' | 'secretExpires'> {
  const { cloud, authorityUrl, graphUrl, syncEvery, weight, secretExpires } = options;
  return {
    ...(cloud !== undefined && { cloud }),
    ...(authorityUrl !== undefined && { authorityUrl }),
    ...(graphUrl !== undefined && { graphUrl }),
    ...(syncEvery !== undefined && { syncEvery: syncEvery === 'never' ? null : syncEvery }),
    ...(weight !== undefined && { weight }),
    ...(secretExpires !== undefined && { secretExpires: secretExpires === 'never' ? null : secretExpires }),
  };
}

function touchesRange({ scoreMin, scoreMax, unscored }: ConnectionOptions): boolean {
  return scoreMin !== undefined || scoreMax !== undefined || unscored !== undefined;
}

function readRange(options: ConnectionOptions, before: ScoreRange): ScoreRange | undefined {
  if (!touchesRange(options)) return undefined;
  const min = options.scoreMin ?? before.min;
  const max = options.scoreMax ?? before.max;
  if (min > max) {
    throw wrongUsage(
      '--score-min',
      `${min} is above --score-max ${max}`,
      'Give a lowest score that is not above the highest.',
    );
  }
  return { min, max, unscored: options.unscored ?? before.unscored };
}

function readPermission(name: string): DelegatedPermission {
  const known = delegatedPermissions.find((one) => one.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known;
  throw wrongUsage(
    '--permission',
    `"${name}" is no delegated permission that Riskdesk uses`,
    `Choose among ${delegatedPermissions.join(', ')}.`,
  );
}

async function readCredential(out: Output, options: ConnectionOptions): Promise<CredentialInput | undefined> {
  const { secretStdin, secretEnv, certificate, interactive, permission } = options;
  const wanted = interactive === true || permission !== undefined;
  const given = [secretStdin === true, secretEnv !== undefined, certificate !== undefined, wanted].filter(
    Boolean,
  ).length;
  if (given === 0) return undefined;
  if (given > 1) {
    throw wrongUsage(credentialOptions, 'only one credential can be used', `Give exactly one of ${credentialOptions}.`);
  }
  if (wanted) return { kind: 'interactive', ...(permission && { permissions: permission.map(readPermission) }) };
  if (secretEnv !== undefined) return { kind: 'secret-env', variable: secretEnv };
  if (certificate !== undefined) return { kind: 'certificate', file: fromHere(certificate) };
  return { kind: 'secret', secret: await readSecret(out) };
}
