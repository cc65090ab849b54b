/** The user's own places for secrets: environment variables and PEM files. Read when needed, never copied. */
import { readFile } from 'node:fs/promises';
import { badInput } from '../../shared/model/errors.ts';
import type { OutsideSecrets } from '../core/ports.ts';

/** Larger than any PEM with a chain; a path to something else must not be read into memory. */
const mostBytes = 256 * 1024;

export function nodeOutside(env: Readonly<Record<string, string | undefined>> = process.env): OutsideSecrets {
  return {
    env: (name) => env[name],
    async certificate(path) {
      let bytes: Buffer;
      try {
        bytes = await readFile(path);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
        const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
        throw badInput(
          'credential.file',
          `The certificate file ${path} ${why}.`,
          'Give the path of a PEM file that holds the private key and its certificate.',
        );
      }
      if (bytes.length > mostBytes) {
        throw badInput('credential.file', `The file ${path} is too large for a PEM file.`, 'Give the PEM file itself.');
      }
      const pem = bytes.toString('utf8');
      const { readCertificate } = await import('./certificate.ts');
      return { pem, expiresAt: readCertificate(pem, Date.now()).notAfter };
    },
  };
}
