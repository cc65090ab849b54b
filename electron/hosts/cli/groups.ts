/**
 * The commands by their first word. Only those that a command line names are loaded: that halves the files behind a
 * help text or a usage error.
 */
import type { Command } from 'commander';
import type { Cli } from './cli.ts';

type Declare = (command: Command, cli: Cli) => void;

export type Group = {
  readonly name: string;
  readonly about: string;
  readonly load: () => Promise<readonly Declare[]>;
};

export const groups: readonly Group[] = [
  {
    name: 'connection',
    about: 'the tenants that risky users come from',
    load: async () => [(await import('./commands/connection.ts')).declareConnections],
  },
  {
    name: 'sync',
    about: 'pull the risky users of a connection into the cache; goes on with what was interrupted',
    load: async () => [(await import('./commands/sync.ts')).declareSync],
  },
  {
    name: 'users',
    about: 'the risky users in the cache',
    load: async () => [(await import('./commands/users.ts')).declareUsers],
  },
  {
    name: 'scores',
    about: 'scores of the cached users',
    load: async () => [(await import('./commands/scores.ts')).declareScores],
  },
  {
    name: 'rule',
    about: 'saved queries that decide whom an action touches',
    load: async () => [(await import('./commands/rule.ts')).declareRules],
  },
  {
    name: 'action',
    about: 'actions on risky users: saved, planned, run, verified, undone',
    load: async () => [
      (await import('./commands/action.ts')).declareActions,
      (await import('./commands/plan.ts')).declarePlans,
      (await import('./commands/runs.ts')).declareRuns,
    ],
  },
  {
    name: 'schedule',
    about: 'what happens by itself: due syncs, the plans after them, and the approvals that these wait for',
    load: async () => [(await import('./commands/schedule.ts')).declareSchedule],
  },
  {
    name: 'journal',
    about: 'the append-only, hash-chained log of everything that was done',
    load: async () => [(await import('./commands/journal.ts')).declareJournal],
  },
  {
    name: 'settings',
    about: 'settings of the whole program',
    load: async () => [(await import('./commands/settings.ts')).declareSettings],
  },
  {
    name: 'serve-twin',
    about: 'serve a sample tenant that answers like Microsoft Graph, until Ctrl-C',
    load: async () => [(await import('./commands/serveTwin.ts')).declareServeTwin],
  },
  {
    name: 'demo',
    about: 'show the whole way once, against a sample tenant on this machine; takes a few seconds',
    load: async () => [(await import('./commands/demo.ts')).declareDemo],
  },
];

/** Adds every group to the program, and the commands of those that `args` names. */
export async function declareGroups(program: Command, cli: Cli, args: readonly string[]): Promise<void> {
  for (const { name, about, load } of groups) {
    const command = program.command(name).description(about);
    if (!args.includes(name)) continue;
    for (const declare of await load()) declare(command, cli);
  }
}
