/** `settings`: the settings of the whole program, one key at a time. */
import type { Command } from 'commander';
import { type Cli, type ExitCode, example } from '../cli.ts';

const fields = { key: 'KEY', value: 'VALUE' };

export function declareSettings(group: Command, cli: Cli): void {
  const show = group.command('show').description('show every setting');
  example(show.action(cli.action(fields, () => showSettings(cli))), 'settings show');
  const set = group
    .command('set <key> <value>')
    .description('change one setting; the value is JSON, or a text as it stands')
    .action(cli.action(fields, (key: string, value: string) => changeSetting(cli, key, value)));
  example(
    set,
    'settings set guardrails.cap 500',
    `settings set guardrails.protectedUsers '["breakglass@contoso.com"]'`,
  );
}

async function showSettings(cli: Cli): Promise<ExitCode> {
  const settings = await cli.core((client) => client.settings.get());
  cli.out.result(settings, () => flat('', settings));
  return 0;
}

async function changeSetting(cli: Cli, key: string, text: string): Promise<ExitCode> {
  const settings = await cli.core((client) => client.settings.set({ key, value: readValue(text) }));
  cli.out.result(settings, () => flat('', settings).filter((line) => line.startsWith(key)));
  return 0;
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `guardrails.cap = 200`, one line for each setting. */
function flat(prefix: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${prefix} = ${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, inner]) => flat(prefix === '' ? key : `${prefix}.${key}`, inner));
}
