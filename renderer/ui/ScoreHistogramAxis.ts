/** What drawings of counts share: the room that they have, where the marks of an axis stand, short numbers. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Tone } from './theme.ts';

/** `x` and `width`: the room that a bar has, from one end to the other; it is drawn in its middle, never wider than `thickest`. */
export type HistogramBar = {
  readonly key: string;
  readonly x: number;
  readonly width: number;
  readonly name: string;
  readonly count: number;
  readonly tone: Tone;
  /** The score of everybody in it; null when there are several, or none. */
  readonly only: number | null;
};

/** Widest that a bar is drawn, CSS pixels. */
export const thickest = 28;

/**
 * Scores to be written under the axis, and where. Few scores are written themselves, and a mark of the scale that would
 * touch one gives way; many are left to the scale. `x`: CSS pixels of a score.
 */
export function scoresToMark(
  bars: readonly HistogramBar[],
  x: (score: number) => number,
): readonly { readonly score: number; readonly at: number; readonly own: boolean }[] {
  const filled = bars.filter((bar) => bar.tone !== 'none' && bar.count > 0);
  const own = filled.flatMap(({ only, x: left, width }) =>
    only === null ? [] : [{ score: only, at: left + width / 2 }],
  );
  const few = own.length > 0 && own.length === filled.length && apart(own.map(({ at }) => at));
  const named = few ? own : [];
  const scale = [0, 250, 500, 750, 1_000]
    .map((score) => ({ score, at: x(score), own: false }))
    .filter(({ at }) => named.every((one) => Math.abs(one.at - at) >= nearest));
  return [...scale, ...named.map((one) => ({ ...one, own: true }))];
}

/** Closer than this, two numbers touch. */
const nearest = 30;

function apart(places: readonly number[]): boolean {
  return places.every((at, index) => index === 0 || at - (places[index - 1] ?? at) >= nearest);
}

/** Width of an element in CSS pixels, so that text is drawn at its size and never stretched. */
export function useWidth<T extends Element>(guess: number): readonly [RefObject<T | null>, number] {
  const element = useRef<T>(null);
  const [width, setWidth] = useState(guess);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = () => setWidth(Math.max(160, Math.floor(current.getBoundingClientRect().width)));
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

/** Two to four round marks from 0 to at least `most`. */
export function marksUpTo(most: number): readonly number[] {
  const rough = Math.max(1, most) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

/** The index that a key moves to among `length` things in a row; null for another key. */
export function stepOf(key: string, index: number, length: number): number | null {
  const wanted = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: length - 1 }[key];
  return wanted === undefined ? null : Math.max(0, Math.min(length - 1, wanted));
}
