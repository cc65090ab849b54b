/** What follows from what: the state of updates after each report, when to look, and when to install. Pure. */
import type { Settings } from '../../../shared/model/settings.ts';
import type { NoUpdateReason, UpdateEvent, UpdateState, Work } from '../../../shared/model/update.ts';
import { plainNotes } from './notes.ts';

/** Milliseconds after the start, and between two looks. */
export const firstLookMs = 60_000;
export const lookEveryMs = 6 * 3_600_000;

export function initialState(unsupported: NoUpdateReason | null): UpdateState {
  return {
    unsupported,
    phase: 'idle',
    version: null,
    notes: null,
    percent: null,
    checkedAt: null,
    waitingFor: null,
  };
}

/** A downloaded update stays ready whatever a later look says, unless that finds a newer one. */
const isHeld = ({ phase }: UpdateState): boolean => phase === 'ready' || phase === 'waiting' || phase === 'installing';

/** `now`: epoch milliseconds. */
export function afterEvent(state: UpdateState, event: UpdateEvent, now: number): UpdateState {
  switch (event.kind) {
    case 'checking':
      return isHeld(state) ? state : { ...state, phase: 'checking' };
    case 'none':
      return isHeld(state)
        ? { ...state, checkedAt: now }
        : { ...state, phase: 'current', version: null, notes: null, percent: null, checkedAt: now };
    case 'failed':
      return isHeld(state) && state.phase !== 'installing' ? state : { ...state, phase: 'failed', percent: null };
    case 'found':
      if (isHeld(state) && event.version === state.version) return { ...state, checkedAt: now };
      return {
        ...state,
        phase: 'downloading',
        version: event.version,
        notes: plainNotes(event.notes),
        percent: 0,
        checkedAt: now,
        waitingFor: null,
      };
    case 'progress':
      return state.phase === 'downloading'
        ? { ...state, percent: Math.min(100, Math.max(0, Math.floor(event.percent))) }
        : state;
    case 'ready':
      return isHeld(state) ? state : { ...state, phase: 'ready', version: event.version, percent: null };
  }
}

export function isIdle(work: Work): boolean {
  return work.runs === 0 && work.syncs === 0;
}

/** After a person's wish to install: at once when nothing is under way, else it waits. Only what is downloaded. */
export function afterWish(state: UpdateState, work: Work): UpdateState {
  if (state.phase !== 'ready' && state.phase !== 'waiting') return state;
  return isIdle(work)
    ? { ...state, phase: 'installing', waitingFor: null }
    : { ...state, phase: 'waiting', waitingFor: work };
}

export function afterPostpone(state: UpdateState): UpdateState {
  return state.phase === 'waiting' ? { ...state, phase: 'ready', waitingFor: null } : state;
}

/** Whether the program looks by itself: not when it cannot or may not, nor while one is under way or on the disk. */
export function looksByItself(state: UpdateState, settings: Settings['updates']): boolean {
  if (state.unsupported !== null || !settings.automatic) return false;
  return state.phase !== 'checking' && state.phase !== 'downloading' && !isHeld(state);
}
