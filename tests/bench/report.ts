/** What a measurement reports: a figure, the budget it is held against, and whether it fits. One JSON line each. */
export type Figure = {
  readonly what: string;
  readonly users: number;
  readonly value: number;
  readonly unit: string;
  /** Upper bound, in the same unit; null for a figure that is shown only. */
  readonly budget: number | null;
};

export function report(figure: Figure): void {
  process.stdout.write(`${JSON.stringify({ ...figure, value: Math.round(figure.value * 1_000) / 1_000 })}\n`);
}

/** The value below which `share` of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
