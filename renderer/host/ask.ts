/** Asking the core from components: reads through react-query (cached, shared, asked again), writes as mutations. */
import {
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Api, useLink, whenReady } from './client.ts';
import { type Failure, toFailure } from './failure.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    // The core is on this machine and answers without a network; a write is never kept back to be sent later by itself.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      retry: false,
      staleTime: 2_000,
      refetchOnWindowFocus: false,
      placeholderData: (previous: unknown) => previous,
    },
  },
});

/** What failed or grew old while the core did not answer is asked again when it does. */
useLink.subscribe((now, before) => {
  if (now.state === 'open' && before.state === 'lost') void queryClient.invalidateQueries();
});

/** First part of a key names what was read, so that a write can say what it made stale: 'users', 'rules', 'runs'. */
export type Subject =
  | 'connections'
  | 'sync'
  | 'users'
  | 'scores'
  | 'rules'
  | 'actions'
  | 'plans'
  | 'runs'
  | 'schedule'
  | 'journal'
  | 'settings'
  | 'host'
  | 'updates';

/**
 * Reads once and again when `key` changes or the subject was made stale. The old answer stays until the new one is there.
 * A read that a lost link keeps waiting fails as `offline` after a short while, and comes by itself when the link is back.
 */
export function useAsk<T>(
  key: readonly [Subject, ...unknown[]],
  ask: (api: Api, signal: AbortSignal) => Promise<T>,
  options: { readonly enabled?: boolean; readonly refetchInterval?: number | false } = {},
): UseQueryResult<T, Failure> {
  const lost = useLink(({ state }) => state === 'lost');
  return useQuery<T, Failure>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      try {
        return await ask(await whenReady({ giveUp: true }), signal);
      } catch (error) {
        throw toFailure(error);
      }
    },
    ...options,
    // Nothing is asked in vain: what failed says so calmly until the link is back and everything is asked again.
    ...(lost ? { refetchInterval: false } : {}),
  });
}

/** A write. When it succeeded, everything of the subjects in `stale` is read again. */
export function useTell<Input, T>(
  tell: (api: Api, input: Input) => Promise<T>,
  stale: readonly Subject[],
): UseMutationResult<T, Failure, Input> {
  const client = useQueryClient();
  return useMutation<T, Failure, Input>({
    mutationFn: async (input) => {
      try {
        // Not kept until the core answers again: by then nobody may be looking, or want it any more.
        if (useLink.getState().state === 'lost') throw new Error('The core does not answer.');
        return await tell(await whenReady(), input);
      } catch (error) {
        throw toFailure(error);
      }
    },
    onSettled: async () => {
      const read = Promise.all(stale.map((subject) => client.invalidateQueries({ queryKey: [subject] })));
      // Without a core the reads wait for it; what came of the write is said now.
      if (useLink.getState().state === 'open') await read;
    },
  });
}

/** Follows a stream of latest states for as long as the component lives; an ended or lost stream is opened again. */
export function useWatch<T>(
  key: string | null,
  open: (api: Api, signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onState: (state: T) => void,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what the two functions close over.
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    void (async () => {
      while (!stop.signal.aborted) {
        try {
          for await (const state of await open(await whenReady(), stop.signal)) {
            if (stop.signal.aborted) return;
            onState(state);
          }
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 1_000));
        }
      }
    })();
    return () => stop.abort();
  }, [key]);
}
