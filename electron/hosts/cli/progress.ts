/**
 * How far a sync or a run has come, on stderr: a bar with ETA on a terminal (at most 10 a second), a plain line every
 * five seconds elsewhere, so that a scheduler's log stays readable.
 */
import type { Output } from './output.ts';
import { amount, count, duration } from './text.ts';

export type Step = {
  readonly done: number;
  /** Null while nobody can know. */
  readonly total: number | null;
  /** `user`, in the singular. */
  readonly unit: string;
  readonly etaSeconds: number | null;
  /** What else matters now: `waiting 12 s for Graph`. */
  readonly note: string | null;
};

export type Progress = { show(step: Step): void; end(): void };

const redrawEvery = 100;
const lineEvery = 5_000;
const silent: Progress = { show: () => {}, end: () => {} };

/** Silent with `--json`, unless `wanted`. */
export function makeProgress(out: Output, wanted: boolean): Progress {
  if (out.json && !wanted) return silent;
  return out.terminal ? bar() : lines(out);
}

function bar(): Progress {
  let drawn = Number.NEGATIVE_INFINITY;
  let used = false;
  return {
    show(step) {
      const now = performance.now();
      if (now - drawn < redrawEvery) return;
      drawn = now;
      used = true;
      // A terminal that does not know its width says 0.
      const room = (process.stderr.columns || 80) - 1;
      process.stderr.write(`\r\u001b[K${drawBar(step)}${describe(step)}`.slice(0, room + 4));
    },
    end() {
      if (used) process.stderr.write('\r\u001b[K');
    },
  };
}

function lines(out: Output): Progress {
  let last = performance.now();
  return {
    show(step) {
      const now = performance.now();
      if (now - last < lineEvery) return;
      last = now;
      out.note(describe(step));
    },
    end() {},
  };
}

const barWidth = 24;

function drawBar(step: Step): string {
  if (step.total === null || step.total <= 0) return '';
  const full = Math.round(Math.min(1, step.done / step.total) * barWidth);
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}] `;
}

/** `45 %, 90,000 of 200,000 users, 12 s to go`; without a total `90,000 users`. */
export function describe(step: Step): string {
  const parts =
    step.total === null || step.total <= 0
      ? [amount(step.done, step.unit)]
      : [
          `${Math.floor(Math.min(1, step.done / step.total) * 100)} %`,
          `${count(Math.min(step.done, step.total))} of ${amount(step.total, step.unit)}`,
        ];
  if (step.etaSeconds !== null) parts.push(`${duration(step.etaSeconds)} to go`);
  if (step.note !== null) parts.push(step.note);
  return parts.join(', ');
}
