/**
 * Reads the PEM file with which an application signs in: a private key and its certificate, in any order. Says what is
 * wrong in words, before Microsoft Entra ID has to. Leaves out PKCS #12 and encrypted keys.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { badInput } from '../../shared/model/errors.ts';

export type SigningCertificate = {
  /** Hex of the SHA-256 of the certificate's DER: what Entra calls its thumbprint. */
  readonly thumbprintSha256: string;
  /** PKCS #8 PEM. A secret. */
  readonly privateKey: string;
  /** The certificate, then the others of its chain in the file, as PEM. */
  readonly x5c: string;
  readonly subject: string;
  /** Epoch ms. */
  readonly notAfter: number;
};

const field = 'certificate';
const certificates = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const key = /-----BEGIN (?:(?:RSA|EC) )?PRIVATE KEY-----[\s\S]+?-----END (?:(?:RSA|EC) )?PRIVATE KEY-----/;
const both = 'Give one PEM file that holds the private key and its certificate.';

/**
 * @param now epoch ms, for the certificate's dates.
 * @throws RiskdeskError bad-input naming `certificate`; its text never quotes the file.
 */
export function readCertificate(pem: string, now: number): SigningCertificate {
  const text = pem.replaceAll('\r\n', '\n');
  const privateKey = readKey(text);
  const found = (text.match(certificates) ?? []).map(parseCertificate);
  if (found.length === 0) throw badInput(field, 'The file holds no certificate.', both);
  const leaf = found.find((one) => one.checkPrivateKey(privateKey));
  if (leaf === undefined) {
    throw badInput(field, 'The private key and the certificate do not belong together.', both);
  }
  const notAfter = Date.parse(leaf.validTo);
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  if (notAfter < now) {
    throw badInput(
      field,
      `The certificate expired on ${day(notAfter)}.`,
      'Upload a new one in Entra admin center > App registrations > Certificates & secrets, and give its file.',
    );
  }
  const notBefore = Date.parse(leaf.validFrom);
  if (notBefore > now + 5 * 60_000) {
    throw badInput(field, `The certificate is valid only from ${day(notBefore)}.`, "Check this machine's clock.");
  }
  return {
    thumbprintSha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    x5c: [leaf, ...found.filter((one) => one !== leaf)].map((one) => one.toString().trim()).join('\n'),
    subject: leaf.subject.replaceAll('\n', ', '),
    notAfter,
  };
}

function readKey(text: string): KeyObject {
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text)) {
    throw badInput(
      field,
      'The private key is encrypted with a passphrase.',
      'Decrypt it first: openssl pkey -in key.pem -out plain.pem',
    );
  }
  const block = key.exec(text);
  if (block === null) throw badInput(field, 'The file holds no private key.', both);
  let parsed: KeyObject;
  try {
    parsed = createPrivateKey(block[0]);
  } catch {
    throw badInput(field, 'The private key is damaged.', 'Export it again as PEM.');
  }
  if (parsed.asymmetricKeyType !== 'rsa' || (parsed.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    throw badInput(
      field,
      'The private key is not RSA with 2048 bits or more.',
      'Microsoft Entra ID wants an RSA key of at least 2048 bits.',
    );
  }
  return parsed;
}

function parseCertificate(block: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch {
    throw badInput(field, 'A certificate in the file is damaged.', 'Export it again as PEM.');
  }
}
