/**
 * Which problem belongs beside which condition or group, by the path that the rule language names. Each row hears only
 * of its own text, so that an answer of the core draws no more rows than it has to: a rule may have 200.
 */
import { create } from 'zustand';
import type { RuleProblem } from '../../../../shared/rules/check.ts';

const useProblems = create<{ readonly problems: readonly RuleProblem[] }>(() => ({ problems: [] }));

export function setProblems(problems: readonly RuleProblem[]): void {
  if (useProblems.getState().problems !== problems) useProblems.setState({ problems });
}

function place(path: readonly number[]): string {
  return path.map((index) => `rules[${index}]`).join('.');
}

function textOf(problem: RuleProblem | undefined): string | null {
  return problem === undefined ? null : `${problem.message} ${problem.cure}`;
}

export function useConditionProblem(path: readonly number[]): string | null {
  const at = place(path);
  return useProblems(({ problems }) =>
    textOf(problems.find((one) => one.path === at || one.path.startsWith(`${at}.`))),
  );
}

/** Problems of the group itself, not of what stands in it. */
export function useGroupProblem(path: readonly number[]): string | null {
  const at = place(path);
  const own =
    at === '' ? ['query', 'rules', 'combinator', 'not'] : [at, `${at}.rules`, `${at}.combinator`, `${at}.not`];
  return useProblems(({ problems }) => textOf(problems.find((one) => own.includes(one.path))));
}
