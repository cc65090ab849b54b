/** Times differing requests of one kind, and keeps what it saw for the report. */
import { percentile, report } from '../report.ts';

type Line = {
  readonly what: string;
  /** Milliseconds. */
  readonly samples: readonly number[];
  /** 95th percentile of processor time over all threads: what it would take on an idle machine. */
  readonly cpu95: number;
  readonly budget: number | null;
};

export type Meter = {
  /** `before` is not timed. */
  measure(
    what: string,
    budget: number | null,
    times: number,
    work: (round: number) => Promise<unknown>,
    before?: () => Promise<void>,
  ): Promise<void>;
  /** Reports every 95th percentile; of those over half their budget also median and processor time. */
  reportAll(users: number): void;
};

export function createMeter(): Meter {
  const lines: Line[] = [];
  return {
    async measure(what, budget, times, work, before = () => Promise.resolve()) {
      const samples: number[] = [];
      const busy: number[] = [];
      for (let round = 0; round < times; round += 1) {
        await before();
        const start = performance.now();
        const cpu = process.cpuUsage();
        await work(round);
        samples.push(performance.now() - start);
        const { user, system } = process.cpuUsage(cpu);
        busy.push((user + system) / 1000);
      }
      lines.push({ what, samples, cpu95: percentile(busy, 0.95), budget });
    },
    reportAll(users) {
      for (const { what, samples, cpu95, budget } of lines) {
        const value = percentile(samples, 0.95);
        report({ what: `${what}, p95`, users, value, unit: 'ms', budget });
        if (budget === null || value <= budget / 2) continue;
        report({ what: `${what}, median`, users, value: percentile(samples, 0.5), unit: 'ms', budget: null });
        report({ what: `${what}, p95 of processor time`, users, value: cpu95, unit: 'ms', budget: null });
      }
    },
  };
}
