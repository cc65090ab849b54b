/** Newer versions of the program. A host that cannot replace itself says why in `unsupported`, and refuses the rest. */
import { type } from '@orpc/contract';
import type { UpdateState } from '../model/update.ts';
import { procedure } from './base.ts';

export const updatesContract = {
  state: procedure.output(type<UpdateState>()),
  /** Looks now, whatever the setting; resolves when the look has begun. */
  check: procedure.output(type<UpdateState>()),
  /** Installs what was downloaded and starts again. While a run or a sync is under way it waits, and says so. */
  install: procedure.output(type<UpdateState>()),
  /** Takes a waiting `install` back. */
  postpone: procedure.output(type<UpdateState>()),
};
