/**
 * The whole command line: its groups, what all commands share, and the glue between commander and the commands.
 * Loads commander and nothing heavier.
 */
import { Command } from 'commander';
import { dataDirOf } from '../../adapters/dataDir.ts';
import { versionLine } from '../../adapters/version.ts';
import type { Cli } from './cli.ts';
import { CommandFailed, describeFailure } from './failure.ts';
import { declareGroups } from './groups.ts';
import type { Output } from './output.ts';
import { programName } from './self.ts';

export type Program = {
  readonly program: Command;
  readonly outcome: { code: number };
  /** Writes an unexpected error to the log of the data folder; never fails itself. */
  readonly log: (error: unknown) => Promise<void>;
};

/** The program for one command line; commands that `args` does not name are known by name alone. */
export async function buildProgram(out: Output, args: readonly string[]): Promise<Program> {
  const outcome = { code: 0 };
  const program = new Command(programName())
    .description('Riskdesk: every risky user of Microsoft Entra ID Protection, scored, explored, acted on and proven.')
    .option('--json', 'print exactly one JSON document on stdout, everything else on stderr')
    .option('--data-dir <dir>', 'folder of the cache, the journal and the settings (env RISKDESK_DATA_DIR)')
    .version(versionLine(), '--version', 'print the version and the build')
    .addHelpText('after', `\nThe whole way once, against a sample tenant on this machine: ${programName()} demo`)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => (out.json ? out.document({ help: text.trimEnd() }) : out.text(text.trimEnd())),
      writeErr: (text) => out.note(text.trimEnd()),
    });
  const given = (): string | undefined => {
    const option: unknown = program.opts().dataDir;
    return typeof option === 'string' ? option : process.env.RISKDESK_DATA_DIR || undefined;
  };
  const cli: Cli = {
    out,
    givenDataDir: given,
    dataDir: () => dataDirOf(given()),
    async core(use, options = { workers: false }) {
      const { withCore } = await import('./session.ts');
      return withCore({ dataDir: dataDirOf(given()), ...options }, use);
    },
    action(names, handler) {
      return async (...args) => {
        try {
          outcome.code = await handler(...args);
        } catch (error) {
          throw new CommandFailed(describeFailure(error, { dataDir: '--data-dir', ...names }), error);
        }
      };
    },
  };
  await declareGroups(program, cli, args);
  const log = async (error: unknown): Promise<void> => {
    const { logDefect } = await import('./session.ts');
    await logDefect(dataDirOf(given()), error);
  };
  return { program, outcome, log };
}
