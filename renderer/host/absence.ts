/**
 * Why the core does not answer. A browser cannot see how a WebSocket was refused, so the host is asked for a small file:
 * an answer of 401 or 403 means that it was started again and knows this page no more; no answer means that it is gone.
 * The desktop window has no such host and never asks.
 */
import { create } from 'zustand';
import { useLink } from './client.ts';
import { hasBridge } from './desktop.ts';

export type Absence =
  /** Not lost, or only just. */
  | 'none'
  /** Nothing answers at the address of this page. */
  | 'silent'
  /** Something answers, and refuses this page. */
  | 'refused';

export const useAbsence = create<{ readonly why: Absence }>(() => ({ why: 'none' }));

const everyMs = 2_000;
/** A link that comes back at once is nobody's worry. */
const patienceMs = 1_000;

async function probe(): Promise<Absence> {
  try {
    const answer = await fetch(new URL('favicon.svg', location.href), { method: 'HEAD', cache: 'no-store' });
    return answer.status === 401 || answer.status === 403 ? 'refused' : 'none';
  } catch {
    return 'silent';
  }
}

let timer: ReturnType<typeof setTimeout> | null = null;

function ask(after: number): void {
  timer = setTimeout(() => {
    void probe().then((why) => {
      if (useLink.getState().state !== 'lost') return;
      useAbsence.setState({ why });
      ask(everyMs);
    });
  }, after);
}

useLink.subscribe((now, before) => {
  if (now.state === before.state || hasBridge) return;
  if (timer !== null) clearTimeout(timer);
  timer = null;
  if (now.state === 'lost') ask(patienceMs);
  else useAbsence.setState({ why: 'none' });
});
