/** What drawings of counts share: the room that they have, where the marks of an axis stand, short numbers. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Tone } from './theme.ts';

export type HistogramBar = {
  readonly key: string;
  readonly x: number;
  readonly width: number;
  readonly name: string;
  readonly count: number;
  readonly tone: Tone;
};

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
