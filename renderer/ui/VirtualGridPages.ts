/**
 * Rows of a long list as pages of 100 by offset, kept by react-query. Only the pages in sight are asked for; a page that
 * left the sight before it came is not waited for. While another filter or order is on its way the old rows stay. Nothing
 * is read again by itself: whoever owns the list says when (`again`), so that no row moves under the pointer.
 */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Subject } from '../host/ask.ts';
import { type Api, whenReady } from '../host/client.ts';
import { type Failure, toFailure } from '../host/failure.ts';

const pageSize = 100;

export type PageAnswer<Row> = { readonly total: number; readonly rows: readonly Row[] };
export type PageRequest = { readonly offset: number; readonly limit: number; readonly signal: AbortSignal };
type Range = { readonly first: number; readonly last: number };

export type Pages<Row> = {
  /** Null until the first page came. */
  readonly total: number | null;
  /** Undefined while the row's page is on its way. */
  readonly rowAt: (index: number) => Row | undefined;
  /** What the rows shown were asked with; changes when the first page of another list is there. */
  readonly shown: string;
  /** Milliseconds of the epoch at which the oldest page in sight was read; 0 before. */
  readonly readAt: number;
  /** The rows shown belong to the list before; those of the present one are on their way. */
  readonly stale: boolean;
  readonly failure: Failure | null;
  readonly see: (first: number, last: number) => void;
  readonly again: () => void;
};

export function usePages<Row>(
  key: readonly [Subject, ...unknown[]],
  ask: (api: Api, page: PageRequest) => Promise<PageAnswer<Row>>,
): Pages<Row> {
  const client = useQueryClient();
  const hash = JSON.stringify(key);
  const [shown, setShown] = useState('');
  const [range, setRange] = useState<Range>({ first: 0, last: 0 });
  const offsets = shown === hash ? offsetsOf(range) : [0];
  const results = useQueries({
    queries: offsets.map((offset) => ({
      queryKey: [...key, 'page', offset],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        try {
          return await ask(await whenReady({ giveUp: true }), { offset, limit: pageSize, signal });
        } catch (error) {
          throw toFailure(error);
        }
      },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 120_000,
      placeholderData: undefined,
    })),
  });

  const answers = new Map<number, PageAnswer<Row>>();
  for (const [index, { data }] of results.entries()) {
    const offset = offsets[index];
    if (data !== undefined && offset !== undefined) answers.set(offset, data);
  }
  const arrived = answers.size > 0;
  const held = useRef<{ readonly total: number | null; readonly answers: ReadonlyMap<number, PageAnswer<Row>> }>({
    total: null,
    answers: new Map(),
  });
  const latest = [...answers.values()].at(-1);
  const now = arrived ? { total: latest?.total ?? null, answers } : held.current;
  useEffect(() => {
    if (arrived) held.current = now;
  });
  useEffect(() => {
    if (!arrived || shown === hash) return;
    setRange({ first: 0, last: 0 });
    setShown(hash);
  }, [arrived, shown, hash]);

  const failure = (results.find((result) => result.error !== null)?.error ?? null) as Failure | null;
  const again = useCallback(() => void client.invalidateQueries({ queryKey: JSON.parse(hash) }), [client, hash]);

  const see = useCallback((first: number, last: number) => {
    setRange((before) => (offsetsOf(before).join() === offsetsOf({ first, last }).join() ? before : { first, last }));
  }, []);
  const { answers: kept } = now;
  const rowAt = useMemo(
    () => (index: number) => kept.get(Math.floor(index / pageSize) * pageSize)?.rows[index % pageSize],
    [kept],
  );
  const times = results.filter(({ data }) => data !== undefined).map(({ dataUpdatedAt }) => dataUpdatedAt);
  return {
    total: now.total,
    rowAt,
    shown,
    readAt: times.length === 0 ? 0 : Math.min(...times),
    stale: shown !== hash,
    failure,
    see,
    again,
  };
}

function offsetsOf({ first, last }: Range): readonly number[] {
  const from = Math.floor(Math.max(0, first) / pageSize);
  const to = Math.max(from, Math.floor(last / pageSize));
  return Array.from({ length: Math.min(5, to - from + 1) }, (_, index) => (from + index) * pageSize);
}
