/** What every command is made with: the streams, the data folder, the core on demand, and an example in its help. */
import type { Command } from 'commander';
import type { FieldNames } from './fieldNames.ts';
import type { Output } from './output.ts';
import { programName } from './self.ts';
import type { Client } from './session.ts';

export type ExitCode = 0 | 1;

/** What a command gets to work with. */
export type Cli = {
  readonly out: Output;
  /** Absolute path of the data folder. */
  dataDir(): string;
  /** The folder as `--data-dir` or RISKDESK_DATA_DIR named it; undefined when nobody did. */
  givenDataDir(): string | undefined;
  /** Opens the core, runs `use`, closes the core. `workers` for work that writes much; `scheduler` for one that stays open. */
  core<T>(
    use: (client: Client) => Promise<T>,
    options?: { readonly workers: boolean; readonly scheduler?: boolean },
  ): Promise<T>;
  /** Makes an action for commander of a handler: keeps its exit code, names the options in its errors. */
  action<A extends readonly unknown[]>(
    names: FieldNames,
    handler: (...args: A) => Promise<ExitCode>,
  ): (...args: A) => Promise<void>;
};

/** Adds an example to a command's help. */
export function example(command: Command, ...lines: readonly string[]): Command {
  const title = lines.length === 1 ? 'Example:' : 'Examples:';
  return command.addHelpText('after', `\n${title}\n${lines.map((line) => `  ${programName()} ${line}`).join('\n')}`);
}
