/** docs/cli.md is what the commands say of themselves. `UPDATE_DOCS=1 npx vitest run tests/architecture/cliDocs` rewrites it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cliReference } from '../harness/cliReference.ts';

const file = join(dirname(fileURLToPath(import.meta.url)), '../../docs/cli.md');
const mark = '<!-- reference: made from the commands -->\n';

it('docs/cli.md lists every command and option', async () => {
  const [words = '', listed = ''] = readFileSync(file, 'utf8').split(mark);
  const reference = await cliReference();
  if (process.env.UPDATE_DOCS === '1') writeFileSync(file, `${words}${mark}${reference}`);
  else expect(listed).toBe(reference);
});
