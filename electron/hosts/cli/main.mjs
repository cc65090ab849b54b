/**
 * The same core for a terminal and a scheduler. This file only switches on Node's compile cache before anything else
 * is loaded, so that a command starts in a fraction of a second from TypeScript source; the rest is in run.ts.
 * It is plain JavaScript because the first TypeScript file outside the cache costs 50 ms for Node's type stripper.
 */
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// A folder per account: one that another account made could not be written, and must not be trusted.
const account = process.getuid?.() ?? process.env.USERNAME ?? 'user';
enableCompileCache(join(tmpdir(), `riskdesk-compile-cache-${account}`));

const { run } = await import('./run.ts');
await run(process.argv.slice(2));
