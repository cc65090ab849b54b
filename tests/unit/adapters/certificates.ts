/** Keys and certificates made on the spot with the openssl command, so that none lies in the repository. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Made = { readonly key: string; readonly cert: string };

/** A self-signed certificate. `extra` replaces the validity, e.g. `-not_before 20200101000000Z -not_after …`. */
export function makeCertificate(
  options: { readonly algorithm?: readonly string[]; readonly extra?: readonly string[] } = {},
): Made {
  const dir = mkdtempSync(path.join(tmpdir(), 'riskdesk-cert-'));
  const [key, cert] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')];
  const { algorithm = ['rsa:2048'], extra = ['-days', '30'] } = options;
  const names = ['-subj', '/CN=riskdesk', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const args = ['req', '-x509', '-newkey', ...algorithm, '-nodes', '-keyout', key, '-out', cert, ...names, ...extra];
  execFileSync('openssl', args, { stdio: 'pipe' });
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(dir, { recursive: true, force: true });
  return made;
}
