/** PEM files as people have them: in any order, from Windows, wrong in every usual way. */
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readCertificate } from '../../../electron/adapters/certificate.ts';
import { makeCertificate } from './certificates.ts';

const now = Date.now();
const one = makeCertificate();
const other = makeCertificate();

describe('a PEM file', () => {
  const thumbprint = createHash('sha256').update(new X509Certificate(one.cert).raw).digest('hex');
  it.each([
    ['key first', one.key + one.cert],
    ['certificate first', one.cert + one.key],
    ['Windows line ends', (one.cert + one.key).replaceAll('\n', '\r\n')],
    ['text around it', `Bag Attributes\n localKeyID: 01\n${one.cert}\nKey Attributes\n${one.key}\n`],
    ['PKCS #1 key', one.cert + String(createPrivateKey(one.key).export({ type: 'pkcs1', format: 'pem' }))],
    ['a chain, the leaf last', other.cert + one.cert + one.key],
  ])('%s', (_name, pem) => {
    const read = readCertificate(pem, now);
    expect(read.thumbprintSha256).toBe(thumbprint);
    expect(read.privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(read.x5c.startsWith(one.cert.trim())).toBe(true);
    expect(read).toMatchObject({ subject: 'CN=riskdesk' });
    expect(read.notAfter).toBeGreaterThan(now);
  });
  it.each([
    ['no key', one.cert, /no private key/],
    ['no certificate', one.key, /no certificate/],
    ['nothing', 'hello', /no private key/],
    ['of two different pairs', one.key + other.cert, /do not belong together/],
    [
      'an encrypted key',
      String(
        createPrivateKey(one.key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
      ) + one.cert,
      /passphrase/,
    ],
    ['a damaged key', one.cert + one.key.replace(/\n[A-Za-z0-9+/]{10}/, '\n!!!!!!!!!!'), /damaged/],
    ['a damaged certificate', one.key + one.cert.replace(/\n[A-Za-z0-9+/]{10}/, '\n!!!!!!!!!!'), /damaged/],
  ])('with %s is refused', (_name, pem, message) => {
    expect(() => readCertificate(pem, now)).toThrow(
      expect.objectContaining({ code: 'bad-input', field: 'certificate', message: expect.stringMatching(message) }),
    );
  });
  it('an elliptic key is refused: Entra wants RSA', () => {
    const { key, cert } = makeCertificate({ algorithm: ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'] });
    expect(() => readCertificate(key + cert, now)).toThrow(/RSA/);
  });
  it('an expired or future certificate is refused with its date', () => {
    expect(() => readCertificate(one.key + one.cert, now + 40 * 86_400_000)).toThrow(/expired on \d{4}-\d\d-\d\d/);
    expect(() => readCertificate(one.key + one.cert, now - 86_400_000)).toThrow(/valid only from/);
  });
});
