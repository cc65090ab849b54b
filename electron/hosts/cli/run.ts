/**
 * One command from its arguments to its exit code: 0 done, 1 failed, 2 wrong usage. Owns the process (streams, exit);
 * the commands below it only return a code or throw.
 */
import { CommanderError } from 'commander';
import { CommandFailed, describeFailure, type Failure, isDefect } from './failure.ts';
import { makeOutput, type Output } from './output.ts';
import { buildProgram } from './program.ts';

/** Runs one command line (without node and the script) and ends the process with its exit code. */
export async function run(args: readonly string[]): Promise<void> {
  surviveClosedPipes();
  const out = makeOutput(args.includes('--json'));
  const code = await execute(args, out);
  await out.flush();
  // Idle keep-alive sockets and an unused worker would hold the process for seconds more.
  process.exit(code);
}

async function execute(args: readonly string[], out: Output): Promise<number> {
  const { program, outcome, log } = await buildProgram(out, args);
  try {
    await program.parseAsync(args, { from: 'user' });
    return outcome.code;
  } catch (error) {
    if (error instanceof CommanderError) return usage(error, out);
    const failed = error instanceof CommandFailed ? error : new CommandFailed(describeFailure(error, {}), error);
    if (isDefect(failed.cause)) await log(failed.cause);
    report(failed.failure, out);
    return failed.failure.exitCode;
  }
}

/** Commander has already written its text to stderr; help and version that were asked for are no failure. */
function usage(error: CommanderError, out: Output): number {
  if (error.exitCode === 0) return 0;
  if (out.json) {
    const incomplete = error.code === 'commander.help';
    const message = incomplete ? 'a subcommand is missing' : error.message.replace(/^error: /, '');
    const option = /'(--[a-z-]+)|argument '([a-z-]+)'/.exec(error.message);
    out.document({
      error: {
        code: 'bad-input',
        message,
        field: option?.[1] ?? option?.[2]?.toUpperCase() ?? null,
        cure: 'Add --help to the command to see its arguments and an example.',
        facts: {},
      },
    });
  }
  return 2;
}

function report(failure: Failure, out: Output): void {
  const { exitCode: _, ...error } = failure;
  out.note(`error: ${failure.message}`);
  if (failure.cure !== null) out.note(failure.cure);
  if (out.json) out.document({ error });
}

/** `riskdesk users list | head` closes our stdout early: that is no failure, and a run must not die of it. */
function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EOF') throw error;
    });
  }
}
