/** What the list writes, and the one thing it saves to a file. Failures reject; the dialogs show them. */
import type { Rule } from '../../../../shared/contract/rules.ts';
import { useTell } from '../../../host/ask.ts';
import { whenReady } from '../../../host/client.ts';
import { saveText } from '../../../host/files.ts';

export type RuleWrites = {
  readonly update: (name: string, change: RuleChange) => Promise<Rule>;
  readonly clone: (name: string, as: string) => Promise<Rule>;
  readonly remove: (name: string) => Promise<unknown>;
  readonly importRules: (file: unknown) => Promise<{ readonly added: readonly string[] }>;
  /** All rules for null, else those of these names. */
  readonly exportRules: (names: readonly string[] | null) => Promise<void>;
};

type RuleChange = {
  name?: string;
  folder?: string | null;
  exceptions?: string[];
  mutedUntil?: string | null;
};

export function useRuleWrites(): RuleWrites {
  const stale = ['rules', 'users', 'scores', 'actions', 'journal'] as const;
  const update = useTell((api, input: { name: string; change: RuleChange }) => api.rules.update(input), stale);
  const clone = useTell((api, input: { name: string; as: string }) => api.rules.clone(input), stale);
  const remove = useTell((api, name: string) => api.rules.remove({ name }), stale);
  const bring = useTell((api, file: unknown) => api.rules.import({ file }), stale);
  return {
    update: (name, change) => update.mutateAsync({ name, change }),
    clone: (name, as) => clone.mutateAsync({ name, as }),
    remove: (name) => remove.mutateAsync(name),
    importRules: (file) => bring.mutateAsync(file),
    exportRules,
  };
}

async function exportRules(names: readonly string[] | null): Promise<void> {
  const file = await (await whenReady()).rules.export();
  const rules = file.rules.filter((rule) => names === null || names.includes(rule.name));
  const text = `${JSON.stringify({ ...file, rules }, null, 2)}\n`;
  async function* chunks() {
    yield { text, records: rules.length };
  }
  const stem = names?.length === 1 ? (names[0] ?? 'rule').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) : 'rules';
  await saveText(
    `riskdesk-${stem}-${new Date().toISOString().slice(0, 10)}.riskdesk-rules`,
    'application/json',
    chunks(),
  );
}
