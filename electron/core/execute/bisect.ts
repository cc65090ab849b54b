/**
 * Sends users in chunks of which Graph refuses all when one of them is bad, and halves what was refused until the bad
 * one stands alone: one bad user never fails the others. Chunks of different users travel together, round by round.
 */
import type { StepChange, WorkStep } from '../journal/journal.ts';
import type { Sent } from './driver.ts';
import { type Answer, putBack } from './judge.ts';

type Chunk = readonly WorkStep[];

/** `again`: chunks that are sent once more, in a later round. Every step of the chunk is in a change or in `again`. */
export type Judged = {
  readonly changes?: readonly StepChange[];
  readonly again?: readonly Chunk[];
  readonly stop?: string;
};

export function halves(chunk: Chunk): readonly Chunk[] {
  const middle = Math.ceil(chunk.length / 2);
  return [chunk.slice(0, middle), chunk.slice(middle)];
}

export function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}

/**
 * `send` gets at most `width` chunks and answers each in order. Once `judge` says stop, what waits is put back.
 * Resolves with exactly one change per step.
 */
export async function bisect(options: {
  readonly steps: readonly WorkStep[];
  readonly size: number;
  readonly width: number;
  send(chunks: readonly Chunk[]): Promise<readonly Answer[]>;
  judge(chunk: Chunk, answer: Answer): Judged | Promise<Judged>;
}): Promise<Sent> {
  const changes: StepChange[] = [];
  let waiting: readonly Chunk[] = chunksOf(options.steps, options.size);
  let stop: string | null = null;
  while (waiting.length > 0 && stop === null) {
    const round = waiting.slice(0, options.width);
    const later: Chunk[] = [...waiting.slice(options.width)];
    const answers = await options.send(round);
    for (const [i, chunk] of round.entries()) {
      const answer = answers[i];
      if (answer === undefined) throw new Error('a chunk was not answered');
      const judged = await options.judge(chunk, answer);
      changes.push(...(judged.changes ?? []));
      later.push(...(judged.again ?? []));
      stop ??= judged.stop ?? null;
    }
    waiting = later;
  }
  for (const chunk of waiting) changes.push(...chunk.map(putBack));
  return { changes, stop };
}
