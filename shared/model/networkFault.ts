/**
 * Reads why a fetch rejected: who could not be reached, and whether the request can have left this machine. The second
 * question decides whether a write may be sent again. Knows the codes of Node's fetch (undici, libuv, OpenSSL) and of
 * Chromium (`net::ERR_…`, Electron's `net.fetch`). Leaves out HTTP answers: those are `errors.ts`.
 */

export type NetworkFault = {
  readonly code: 'offline' | 'certificate-untrusted';
  /** False only where it is certain that no request left: the connection was never made. */
  readonly sent: boolean;
  /** The system's own word for it, e.g. `ECONNREFUSED`; never a message, which may quote the request. */
  readonly reason: string;
  /** Ends the sentence "… could not reach host: ". */
  readonly words: string;
};

const beforeSending: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the name could not be resolved',
  EAI_AGAIN: 'the name could not be resolved',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  EADDRNOTAVAIL: 'the address cannot be used from here',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  EPROTO: 'it does not speak TLS at this port',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS at this port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS at this port',
  'net::ERR_CONNECTION_REFUSED': 'the connection was refused',
  'net::ERR_NAME_NOT_RESOLVED': 'the name could not be resolved',
  'net::ERR_INTERNET_DISCONNECTED': 'there is no network',
  'net::ERR_ADDRESS_UNREACHABLE': 'there is no route to it',
  'net::ERR_CONNECTION_TIMED_OUT': 'the connection timed out',
  'net::ERR_PROXY_CONNECTION_FAILED': 'the proxy could not be reached',
  'net::ERR_TUNNEL_CONNECTION_FAILED': 'the proxy refused the way there',
  'net::ERR_SSL_PROTOCOL_ERROR': 'it does not speak TLS at this port',
};

const certificate = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const afterSending: Readonly<Record<string, string>> = {
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped arriving',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer was cut',
  'net::ERR_CONNECTION_RESET': 'the connection broke off',
  'net::ERR_CONNECTION_CLOSED': 'the connection broke off',
  'net::ERR_EMPTY_RESPONSE': 'the connection broke off',
  'net::ERR_TIMED_OUT': 'no answer came in time',
};

/** The reason that a request timed out here (the client's own limit). */
export class RequestTimeout extends Error {
  override readonly name = 'RequestTimeout';
}

/** Whatever a Transport rejected with, or reading its body did. Unknown reasons count as sent: the careful reading. */
export function readNetworkFault(error: unknown): NetworkFault {
  const reasons = collectReasons(error, 0);
  for (const reason of reasons) {
    if (certificate.has(reason) || reason.startsWith('net::ERR_CERT_')) {
      return {
        code: 'certificate-untrusted',
        sent: false,
        reason,
        words: 'this machine does not trust its certificate',
      };
    }
  }
  for (const reason of reasons) {
    const words = afterSending[reason];
    if (words !== undefined) return { code: 'offline', sent: true, reason, words };
  }
  for (const reason of reasons) {
    const words = beforeSending[reason];
    if (words !== undefined) return { code: 'offline', sent: false, reason, words };
  }
  return { code: 'offline', sent: true, reason: reasons[0] ?? 'unknown', words: 'the connection broke off' };
}

function collectReasons(error: unknown, depth: number): readonly string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const found: string[] = [];
  if (error instanceof RequestTimeout) found.push('UND_ERR_HEADERS_TIMEOUT');
  if ('code' in error && typeof error.code === 'string') found.push(error.code);
  const chromium = /net::ERR_[A-Z_]+/.exec(error.message);
  if (chromium !== null) found.push(chromium[0]);
  if (error instanceof AggregateError)
    for (const inner of error.errors) found.push(...collectReasons(inner, depth + 1));
  found.push(...collectReasons(error.cause, depth + 1));
  return found;
}
