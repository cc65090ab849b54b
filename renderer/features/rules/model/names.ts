/** Names of rules are unique whatever their case; folders are what the rules name. */
import type { Rule } from '../../../../shared/contract/rules.ts';
import { fold } from '../../../../shared/model/riskyUser.ts';

export function isTaken(rules: readonly Rule[], name: string, own: string | null): boolean {
  const wanted = fold(name.trim());
  if (wanted === '' || (own !== null && wanted === fold(own))) return false;
  return rules.some((rule) => fold(rule.name) === wanted);
}

/** "High risk" becomes "High risk (2)", or the first number that is free. */
export function freeName(rules: readonly Rule[], name: string): string {
  const stem = name.trim().replace(/ \(\d+\)$/, '') || 'Rule';
  for (let number = 2; ; number++) {
    const wanted = `${stem.slice(0, 112)} (${number})`;
    if (!isTaken(rules, wanted, null)) return wanted;
  }
}

export function foldersOf(rules: readonly Rule[]): readonly string[] {
  const names = rules.flatMap((rule) => rule.folder ?? []);
  return [...new Set(names)].sort((one, other) => one.localeCompare(other));
}
