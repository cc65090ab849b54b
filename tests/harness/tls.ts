/**
 * A self-signed certificate for tests: the TLS server of the twin, and certificate sign-in. Built with node:crypto
 * alone, because a fresh machine may have no `openssl` program. RSA 2048, valid from yesterday for a year, for
 * localhost and 127.0.0.1, and its own authority.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export type TestCertificate = {
  /** PEM, PKCS #8. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
};

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const octets = (content: Buffer): Buffer => der(0x04, content);
const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);
const time = (ms: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));

const TRUE = Buffer.from([0x01, 0x01, 0xff]);
const NULL = Buffer.from([0x05, 0x00]);
const SHA256_WITH_RSA = sequence(oid('2a864886f70d01010b'), NULL);
const DAY = 86_400_000;

function name(common: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(common)))));
}

function extensions(): Buffer {
  const alternative = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
  const authority = sequence(oid('551d13'), TRUE, octets(sequence(TRUE)));
  return der(0xa3, sequence(sequence(oid('551d11'), octets(alternative)), authority));
}

/** Makes a new key and certificate; `common` is its common name. */
export function makeCertificate(common = 'riskdesk test'): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = Date.now();
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)])),
    SHA256_WITH_RSA,
    name(common),
    sequence(time(now - DAY), time(now + 365 * DAY)),
    name(common),
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions(),
  );
  const whole = sequence(body, SHA256_WITH_RSA, bits(sign('sha256', body, privateKey)));
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
