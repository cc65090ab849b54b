/**
 * Checks a client assertion (certificate sign-in): well formed always, and signed by the registered certificate where
 * the twin has one (Microsoft identity platform: certificate credentials). Expiry is checked against the machine's
 * clock, not the twin's: the client that made it knows no other.
 */
import { constants, verify, X509Certificate } from 'node:crypto';
import { isRecord } from '../http/message.ts';
import { badAssertion } from './errors.ts';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

function part(text: string | undefined): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text ?? '', 'base64url').toString());
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function thumbprints(certificate: X509Certificate): readonly string[] {
  return [certificate.fingerprint, certificate.fingerprint256].map((hex) =>
    Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url'),
  );
}

/** Throws a LoginRefusal unless `assertion` is a JWT by and about `client` for this token endpoint. */
export function checkAssertion(
  assertion: string,
  client: string,
  tenants: readonly string[],
  pem: string | null,
): void {
  const [head, payload, signature, ...rest] = assertion.split('.');
  const header = part(head);
  const claims = part(payload);
  if (header === null || claims === null || !signature || rest.length > 0) {
    throw badAssertion(50027, 'JWT token is invalid or malformed.');
  }
  if (header.alg !== 'RS256' && header.alg !== 'PS256') {
    throw badAssertion(5002738, `Invalid JWT token. Unsupported algorithm '${String(header.alg)}'.`);
  }
  const thumbprint = header['x5t#S256'] ?? header.x5t;
  if (typeof thumbprint !== 'string' && typeof header.kid !== 'string') {
    throw badAssertion(5002730, 'Invalid JWT token. The header names neither kid, x5t nor x5t#S256.');
  }
  if (claims.iss !== client || claims.sub !== client) {
    throw badAssertion(700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
  }
  const audience = typeof claims.aud === 'string' ? claims.aud.toLowerCase() : '';
  if (!tenants.some((tenant) => audience.includes(`/${tenant.toLowerCase()}/`))) {
    throw badAssertion(700023, `Client assertion audience claim does not match Realm issuer.`);
  }
  if (typeof claims.exp !== 'number' || claims.exp * 1000 < Date.now()) {
    throw badAssertion(700024, 'Client assertion is not within its valid time range.');
  }
  if (pem === null) return;
  const certificate = new X509Certificate(pem);
  const padding =
    header.alg === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING };
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${payload}`),
    { key: certificate.publicKey, ...padding },
    Buffer.from(signature, 'base64url'),
  );
  if (!signed || (typeof thumbprint === 'string' && !thumbprints(certificate).includes(thumbprint))) {
    throw badAssertion(
      700027,
      'Client assertion contains an invalid signature. The key was not found: the certificate with the identifier used to sign the client assertion is not registered on the application.',
    );
  }
}
