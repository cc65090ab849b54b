/** The sign-in of a person, watched while it is under way. Begins when a person says so, and ends with the component. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { SignInProgress } from '../../../shared/contract/connections.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import type { SyncReport } from '../../../shared/model/sync.ts';
import { whenReady } from '../../host/client.ts';
import { type Failure, toFailure } from '../../host/failure.ts';

export type SignInState =
  | { readonly state: 'idle' | 'starting' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | SignInProgress;

export type SignIn = {
  readonly now: SignInState;
  /** Resolves with whether the person is signed in. */
  readonly start: (connection: string) => Promise<boolean>;
  readonly cancel: () => void;
};

/** The core alone learns that Entra wants the person again: when a sync ends so, the connection is read anew. */
export function useSignInNews(connection: Connection, last: SyncReport | null): void {
  const client = useQueryClient();
  const ended = connection.signIn !== null && last?.errorCode === 'auth-failed' ? last.finishedAt : null;
  useEffect(() => {
    if (ended !== null) void client.invalidateQueries({ queryKey: ['connections'] });
  }, [client, ended]);
}

export function useSignIn(): SignIn {
  const client = useQueryClient();
  const [now, setNow] = useState<SignInState>({ state: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function start(connection: string): Promise<boolean> {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    setNow({ state: 'starting' });
    let done = false;
    try {
      const api = await whenReady();
      for await (const progress of await api.connections.signIn({ name: connection }, { signal: stop.signal })) {
        if (stop.signal.aborted) return false;
        setNow(progress);
        done = progress.state === 'done';
      }
    } catch (error) {
      if (stop.signal.aborted) return false;
      setNow({ state: 'failed', failure: toFailure(error) });
    }
    for (const subject of ['connections', 'sync', 'journal', 'host']) {
      void client.invalidateQueries({ queryKey: [subject] });
    }
    return done;
  }

  return {
    now,
    start,
    cancel() {
      running.current?.abort();
      setNow({ state: 'idle' });
    },
  };
}
