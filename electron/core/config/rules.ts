/**
 * The register of rules: names, folders, exceptions, mute, import and export. The rule language itself checks and
 * words the queries; who matches is the query module's affair.
 */
import { z } from 'zod';
import { nameSchema } from '../../../shared/contract/base.ts';
import type { Rule, RuleFile } from '../../../shared/contract/rules.ts';
import { badInput, RiskdeskError } from '../../../shared/model/errors.ts';
import { fold, type TermKind } from '../../../shared/model/riskyUser.ts';
import { checkQuery, problemsToError, type Vocabulary } from '../../../shared/rules/check.ts';
import { describeQuery } from '../../../shared/rules/describe.ts';
import type { RuleQuery } from '../../../shared/rules/schema.ts';
import type { Clock } from '../ports.ts';
import type { Reader, Writer } from '../store/types.ts';
import { notFound } from './notFound.ts';

export type NewRule = {
  readonly name: string;
  readonly query?: unknown;
  readonly folder?: string | null | undefined;
  readonly exceptions?: readonly string[] | undefined;
};

export type RuleChange = Partial<NewRule> & { readonly mutedUntil?: string | null | undefined };

export type Rules = {
  list(): Promise<readonly Rule[]>;
  get(name: string): Promise<Rule>;
  byId(id: number): Promise<Rule | null>;
  add(input: NewRule): Promise<Rule>;
  update(name: string, change: RuleChange): Promise<Rule>;
  clone(name: string, as: string): Promise<Rule>;
  /** Refused while an action or another rule's exceptions use it. */
  remove(name: string): Promise<string>;
  export(): Promise<RuleFile>;
  /** All or nothing. Resolves with the names added. */
  import(file: unknown): Promise<readonly string[]>;
  /** The normalised query. @throws RiskdeskError bad-input that names the condition. */
  check(query: unknown): Promise<RuleQuery>;
  /** Levels, states, details and connections that the cache knows beyond the schema's. */
  vocabulary(): Promise<Vocabulary>;
};

type DbRow = {
  readonly id: number;
  readonly name: string;
  readonly folder: string | null;
  readonly query: string;
  readonly exceptions: string;
  readonly muted_until: number | null;
  readonly created: number;
  readonly modified: number;
};

const ruleFile = z.object({
  riskdesk: z.literal('rules', { error: 'must be "rules": this is not an export of rules' }),
  version: z.literal(1, { error: 'must be 1: the file comes from a newer version' }),
  rules: z
    .array(
      z.object({
        name: nameSchema,
        folder: z.string().trim().min(1).max(120).nullish(),
        query: z.unknown(),
        exceptions: z.array(nameSchema).max(50).nullish(),
      }),
    )
    .min(1, 'must hold at least one rule')
    .max(5_000, 'must hold at most 5,000 rules'),
});

export function createRules(reader: Reader, writer: Writer, clock: Clock): Rules {
  async function rows(): Promise<readonly DbRow[]> {
    return reader.all<DbRow>('SELECT * FROM rule ORDER BY name_fold');
  }

  function fromRow(row: DbRow, names: ReadonlyMap<number, string>): Rule {
    const query = JSON.parse(row.query) as RuleQuery;
    const ids = JSON.parse(row.exceptions) as readonly number[];
    return {
      id: row.id,
      name: row.name,
      folder: row.folder,
      query,
      exceptions: ids.flatMap((id) => names.get(id) ?? []),
      mutedUntil: row.muted_until === null ? null : new Date(row.muted_until).toISOString(),
      sentence: describeQuery(query),
      createdAt: new Date(row.created).toISOString(),
      modifiedAt: new Date(row.modified).toISOString(),
    };
  }

  async function list(): Promise<readonly Rule[]> {
    const all = await rows();
    const names = new Map(all.map((row) => [row.id, row.name]));
    return all.map((row) => fromRow(row, names));
  }

  async function get(name: string): Promise<Rule> {
    const all = await list();
    const found = all.find((rule) => fold(rule.name) === fold(name.trim()));
    if (found !== undefined) return found;
    throw notFound(
      'rule',
      name,
      all.map((rule) => rule.name),
    );
  }

  async function byId(id: number): Promise<Rule | null> {
    return (await list()).find((rule) => rule.id === id) ?? null;
  }

  async function vocabulary(): Promise<Vocabulary> {
    const terms = await reader.all<{ kind: TermKind; text: string }>('SELECT kind, text FROM term');
    const connections = await reader.all<{ name: string }>('SELECT name FROM connection WHERE removed IS NULL');
    const of = (kind: TermKind) => terms.filter((term) => term.kind === kind).map((term) => term.text);
    return {
      levels: of('level'),
      states: of('state'),
      details: of('detail'),
      connections: connections.map(({ name }) => name),
    };
  }

  async function check(query: unknown): Promise<RuleQuery> {
    const checked = checkQuery(query, await vocabulary());
    if (checked.ok) return checked.query;
    throw problemsToError(checked.problems);
  }

  /** Ids of the excepted rules. A rule cannot except itself, and the exceptions' own exceptions do not count. */
  async function exceptionIds(names: readonly string[], own: string): Promise<readonly number[]> {
    const ids: number[] = [];
    for (const name of names) {
      const rule = await get(name);
      if (fold(rule.name) === fold(own)) {
        throw badInput(
          'exceptions',
          `The rule "${own}" cannot be an exception to itself.`,
          'Leave it out of the exceptions.',
        );
      }
      ids.push(rule.id);
    }
    return [...new Set(ids)];
  }

  async function add(input: NewRule): Promise<Rule> {
    const query = await check(input.query);
    const exceptions = await exceptionIds(input.exceptions ?? [], input.name);
    await writer.addRule({
      row: {
        name: input.name,
        folder: input.folder ?? null,
        query: JSON.stringify(query),
        exceptions: JSON.stringify(exceptions),
        mutedUntil: null,
      },
      now: clock.now(),
    });
    return get(input.name);
  }

  async function update(name: string, change: RuleChange): Promise<Rule> {
    const present = await get(name);
    const next = change.name ?? present.name;
    const query = change.query === undefined ? present.query : await check(change.query);
    const exceptions = await exceptionIds(change.exceptions ?? present.exceptions, next);
    const mutedUntil = change.mutedUntil === undefined ? present.mutedUntil : change.mutedUntil;
    await writer.updateRule({
      id: present.id,
      row: {
        name: next,
        folder: change.folder === undefined ? present.folder : change.folder,
        query: JSON.stringify(query),
        exceptions: JSON.stringify(exceptions),
        mutedUntil: mutedUntil === null ? null : Date.parse(mutedUntil),
      },
      now: clock.now(),
    });
    return get(next);
  }

  async function clone(name: string, as: string): Promise<Rule> {
    const { query, folder, exceptions } = await get(name);
    return add({ name: as, query, folder, exceptions });
  }

  async function remove(name: string): Promise<string> {
    const rule = await get(name);
    const actions = await reader.all<{ name: string }>('SELECT name FROM action WHERE rule = ?', [rule.id]);
    const excepting = (await list()).filter((other) => other.exceptions.includes(rule.name));
    const users = [...actions.map((action) => `action "${action.name}"`), ...excepting.map((r) => `rule "${r.name}"`)];
    if (users.length > 0) {
      throw new RiskdeskError('guardrail', `The rule "${rule.name}" is used by ${users.join(', ')}.`, {
        field: 'name',
        cure: 'Remove or change what uses it first.',
      });
    }
    await writer.removeRule({ id: rule.id });
    return rule.name;
  }

  async function exportAll(): Promise<RuleFile> {
    const rules = (await list()).map(({ name, folder, query, exceptions }) => ({ name, folder, query, exceptions }));
    return { riskdesk: 'rules', version: 1, rules };
  }

  async function importAll(file: unknown): Promise<readonly string[]> {
    const read = ruleFile.safeParse(file);
    if (!read.success) {
      const issue = read.error.issues[0];
      const at = issue === undefined || issue.path.length === 0 ? 'the file' : issue.path.join('.');
      throw badInput('file', `${at} ${issue?.message ?? 'is not valid'}.`, 'Import a file that "rule export" wrote.');
    }
    const present = (await list()).map((rule) => fold(rule.name));
    const coming = read.data.rules.map((rule) => fold(rule.name));
    const imported = [];
    for (const [index, rule] of read.data.rules.entries()) {
      const checked = checkQuery(rule.query, await vocabulary());
      if (!checked.ok) {
        const { message, cure } = problemsToError(checked.problems);
        throw badInput(`rules[${index}].query`, `The rule "${rule.name}": ${message}`, cure ?? 'Correct the file.');
      }
      if (coming.indexOf(fold(rule.name)) !== index) {
        throw badInput(
          `rules[${index}].name`,
          `The file holds two rules "${rule.name}".`,
          'Rename one of them in the file.',
        );
      }
      for (const name of rule.exceptions ?? []) {
        if (present.includes(fold(name)) || coming.includes(fold(name))) continue;
        throw badInput(
          `rules[${index}].exceptions`,
          `The rule "${rule.name}" excepts "${name}", which is neither here nor in the file.`,
          'Add that rule, or take it out of the exceptions.',
        );
      }
      imported.push({
        name: rule.name,
        folder: rule.folder ?? null,
        query: JSON.stringify(checked.query),
        exceptions: '[]',
        exceptionNames: rule.exceptions ?? [],
        mutedUntil: null,
      });
    }
    await writer.importRules({ rows: imported, now: clock.now() });
    return imported.map((rule) => rule.name);
  }

  return { list, get, byId, add, update, clone, remove, export: exportAll, import: importAll, check, vocabulary };
}
