/**
 * Node's fetch as the Transport of the hosts that have no Electron. Never follows a redirect (the token would travel),
 * never speaks plain http beyond this machine.
 *
 * Trust: Node's own certificate list and NODE_EXTRA_CA_CERTS. When a certificate is not trusted, the operating system's
 * store is added once and the request is tried again, so that a TLS-inspecting proxy whose root the machine trusts works
 * without configuration. A store that the machine does not trust either stays refused.
 * Proxies: Node's fetch reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY when NODE_USE_ENV_PROXY=1 is set before the start.
 */
import tls from 'node:tls';
import { readNetworkFault } from '../../shared/model/networkFault.ts';
import type { Transport } from '../core/ports.ts';

export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/**
 * @param fetchImpl Node's fetch, or one of the same shape (Electron's `net.fetch`, which brings its own trust and proxy).
 */
export function nodeTransport(fetchImpl: FetchLike = globalThis.fetch): Transport {
  const trustsSystem = fetchImpl !== globalThis.fetch;
  return async (url, init) => {
    const target = new URL(url);
    if (target.protocol !== 'https:' && !(target.protocol === 'http:' && isThisMachine(target.hostname))) {
      throw new TypeError(`Plain http is sent to this machine alone, not to ${target.host}.`);
    }
    const request: RequestInit = {
      method: init.method,
      headers: { ...init.headers },
      redirect: 'manual',
      ...(init.body === undefined ? {} : { body: init.body }),
      ...(init.signal === undefined ? {} : { signal: init.signal }),
    };
    try {
      return await fetchImpl(url, request);
    } catch (error) {
      if (trustsSystem || readNetworkFault(error).code !== 'certificate-untrusted' || !trustSystemStore()) throw error;
      return await fetchImpl(url, request);
    }
  };
}

let systemStoreAdded = false;

/** Adds the operating system's certificates to those that TLS trusts in this process; false when that was done before. */
export function trustSystemStore(): boolean {
  if (systemStoreAdded) return false;
  systemStoreAdded = true;
  try {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...tls.getCACertificates('system')]);
    return true;
  } catch {
    return false;
  }
}

function isThisMachine(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return /^127(\.\d{1,3}){3}$/.test(host) || host === '[::1]' || host === 'localhost' || host.endsWith('.localhost');
}
