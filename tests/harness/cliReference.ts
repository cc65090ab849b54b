/** The reference part of docs/cli.md, made from the commands themselves. */
import type { Command } from 'commander';
import { groups } from '../../electron/hosts/cli/groups.ts';
import { makeOutput } from '../../electron/hosts/cli/output.ts';
import { buildProgram } from '../../electron/hosts/cli/program.ts';

function usageOf(command: Command, path: readonly string[]): string {
  const args = command.registeredArguments.map((one) => one.name().toUpperCase());
  return [...path, ...args].join(' ');
}

function sectionOf(command: Command, path: readonly string[]): string[] {
  const own = command.options.filter((option) => !option.hidden);
  const lines = [`### \`${usageOf(command, path)}\``, '', `${capital(command.description())}.`, ''];
  if (own.length > 0) {
    lines.push('| option | |', '|---|---|');
    for (const option of own) lines.push(`| \`${option.flags.replaceAll('|', '\\|')}\` | ${detail(option)} |`);
    lines.push('');
  }
  return lines;
}

function detail(option: Command['options'][number]): string {
  const choices = option.argChoices === undefined ? '' : `: ${option.argChoices.join(', ')}`;
  const fallback =
    option.defaultValue === undefined || option.defaultValue === false ? '' : ` (${option.defaultValue})`;
  return `${option.description}${choices}${fallback}`.replaceAll('|', '\\|');
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Markdown: one section a command, in the order of the help. */
export async function cliReference(): Promise<string> {
  const lines: string[] = [];
  for (const { name, about } of groups) {
    const { program } = await buildProgram(makeOutput(false), [name]);
    const group = program.commands.find((command) => command.name() === name);
    if (group === undefined) throw new Error(`There is no command ${name}.`);
    if (group.commands.length === 0) {
      lines.push(`## ${name}`, '', ...sectionOf(group, [name]));
      continue;
    }
    lines.push(`## ${name}`, '', `${capital(about)}.`, '');
    for (const command of group.commands) lines.push(...sectionOf(command, [name, command.name()]));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
