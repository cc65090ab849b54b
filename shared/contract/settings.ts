/** Settings of the whole program. A change is journalled with before and after. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import type { Settings } from '../model/settings.ts';
import { procedure } from './base.ts';

export const settingsContract = {
  get: procedure.output(type<Settings>()),
  /** One key as `guardrails.cap` and its new value; the whole is checked before anything is stored. */
  set: procedure.input(z.strictObject({ key: z.string().min(1).max(80), value: z.unknown() })).output(type<Settings>()),
  /** Forgets every cached user with history and notes; connections, rules, actions and the journal stay. */
  wipeCache: procedure.output(type<{ readonly users: number }>()),
};
