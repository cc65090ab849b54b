/** The user's own places for secrets: environment variables and PEM files. Read when needed, never copied. */
import { readFile } from 'node:fs/promises';
import { badInput } from '../../shared/model/errors.ts';
import type { OutsideSecrets } from '../core/ports.ts';
import { readCertificate } from './certificate.ts';

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
        throw badInput(
          'credential.file',
          `The certificate file ${path} cannot be read (${code}).`,
          'Give the path of a PEM file that holds the private key and its certificate.',
        );
      }
      if (bytes.length > mostBytes) {
        throw badInput('credential.file', `The file ${path} is too large for a PEM file.`, 'Give the PEM file itself.');
      }
      const pem = bytes.toString('utf8');
      readCertificate(pem, Date.now());
      return pem;
    },
  };
}
