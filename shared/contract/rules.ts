/** Rules: saved, tested, shared. The query is react-querybuilder's JSON; the rule language checks it. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import { languages } from '../model/language.ts';
import type { RiskyUser } from '../model/riskyUser.ts';
import type { RuleQuery } from '../rules/schema.ts';
import { daysSchema, nameSchema, procedure } from './base.ts';

export type Rule = {
  readonly id: number;
  readonly name: string;
  readonly folder: string | null;
  readonly query: RuleQuery;
  /** Names of rules whose matches are left out. */
  readonly exceptions: readonly string[];
  /** No automatic run until then; null: not muted. */
  readonly mutedUntil: string | null;
  /** The query in one English sentence. */
  readonly sentence: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
};

export type RuleTest = {
  readonly name: string | null;
  readonly total: number;
  /** The first few who match, safest last. */
  readonly first: readonly RiskyUser[];
  readonly sentence: string;
  readonly days: number | null;
};

/** What `export` writes and `import` reads. */
export type RuleFile = {
  readonly riskdesk: 'rules';
  readonly version: 1;
  readonly rules: readonly {
    readonly name: string;
    readonly folder: string | null;
    readonly query: RuleQuery;
    readonly exceptions: readonly string[];
  }[];
};

export type QueryCheck = {
  readonly problems: readonly { readonly path: string; readonly message: string; readonly cure: string }[];
  readonly sentence: string | null;
};

const folder = z.string().trim().min(1).max(120).nullable();
const exceptions = z.array(nameSchema).max(50, 'must name at most 50 rules');
const byName = z.strictObject({ name: nameSchema });

export const rulesContract = {
  list: procedure.output(type<readonly Rule[]>()),
  add: procedure
    .input(
      z.strictObject({
        name: nameSchema,
        query: z.unknown(),
        folder: folder.optional(),
        exceptions: exceptions.optional(),
      }),
    )
    .output(type<Rule>()),
  update: procedure
    .input(
      z.strictObject({
        name: nameSchema,
        change: z.strictObject({
          name: nameSchema.optional(),
          query: z.unknown().optional(),
          folder: folder.optional(),
          exceptions: exceptions.optional(),
          mutedUntil: z.iso.datetime({ offset: true }).nullable().optional(),
        }),
      }),
    )
    .output(type<Rule>()),
  clone: procedure.input(z.strictObject({ name: nameSchema, as: nameSchema })).output(type<Rule>()),
  remove: procedure.input(byName).output(type<{ readonly removed: string }>()),
  /** What is wrong with a query that is still being typed, condition by condition; never rejects for it.
   * In English, or in the language asked for. */
  check: procedure
    .input(z.strictObject({ query: z.unknown(), language: z.enum(languages).optional() }))
    .output(type<QueryCheck>()),
  /** Who matches a saved rule, or a query that is still being typed. */
  test: procedure
    .input(z.strictObject({ name: nameSchema.optional(), query: z.unknown().optional(), days: daysSchema }))
    .output(type<RuleTest>()),
  export: procedure.output(type<RuleFile>()),
  /** All or nothing; names that exist already are refused by name. */
  import: procedure.input(z.strictObject({ file: z.unknown() })).output(type<{ readonly added: readonly string[] }>()),
};
