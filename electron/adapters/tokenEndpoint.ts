/**
 * One POST to a token endpoint over the Transport, with the repeats that are safe there: asking for a token twice changes
 * nothing. Leaves out what is asked (msal-node writes the body) and what the answer means (`signInErrors.ts`).
 */
import { RiskdeskError } from '../../shared/model/errors.ts';
import { readNetworkFault } from '../../shared/model/networkFault.ts';
import type { Clock, Transport } from '../core/ports.ts';
import { readVersion } from './version.ts';

export type TokenReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined where the answer is not JSON. */
  readonly body: unknown;
};

const mostTries = 4;
const agent = `riskdesk/${readVersion()}`;
const timeoutMs = 30_000;
const longestWait = 30_000;

/**
 * Answers 2xx and 4xx as they came; 429, 5xx and broken connections are tried again, four times in all.
 * @throws RiskdeskError offline, certificate-untrusted or throttled.
 */
export async function postForm(
  ports: { readonly transport: Transport; readonly clock: Clock },
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<TokenReply> {
  const { host } = new URL(url);
  for (let tried = 1; ; tried += 1) {
    const outcome = await once(ports.transport, url, { ...headers, 'user-agent': agent }, body, host);
    if (!(outcome instanceof RiskdeskError)) {
      if (outcome.status !== 429 && outcome.status < 500) return outcome;
      if (tried >= mostTries) throw busy(outcome.status, host);
    } else if (tried >= mostTries || outcome.code === 'certificate-untrusted') {
      throw outcome;
    }
    const asked = outcome instanceof RiskdeskError ? 0 : Number(outcome.headers['retry-after'] ?? 0) * 1000;
    const backoff = 500 * 2 ** (tried - 1);
    await ports.clock.sleep(Math.min(Math.max(backoff, Number.isFinite(asked) ? asked : 0), longestWait));
  }
}

async function once(
  transport: Transport,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  host: string,
): Promise<TokenReply | RiskdeskError> {
  try {
    const response = await transport(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    const named: Record<string, string> = {};
    response.headers.forEach((value, name) => {
      named[name.toLowerCase()] = value;
    });
    return { status: response.status, headers: named, body: parse(text) };
  } catch (error) {
    const fault = readNetworkFault(error);
    const cure =
      fault.code === 'certificate-untrusted'
        ? 'If a proxy inspects TLS, add its root certificate to this machine, or name the PEM file in NODE_EXTRA_CA_CERTS.'
        : 'Check the network, the proxy and the authority URL.';
    return new RiskdeskError(fault.code, `The sign-in could not reach ${host}: ${fault.words} (${fault.reason}).`, {
      field: 'authorityUrl',
      cure,
      facts: { reason: fault.reason },
    });
  }
}

function busy(status: number, host: string): RiskdeskError {
  const code = status === 429 ? 'throttled' : 'offline';
  return new RiskdeskError(code, `The sign-in service ${host} kept answering ${status}.`, {
    cure: 'Try again later.',
    facts: { status },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
