/** Chooses the driver of an action kind. */
import type { RunRecord } from '../journal/journal.ts';
import { accountDriver } from './accountDriver.ts';
import type { RunContext } from './context.ts';
import type { Driver } from './driver.ts';
import { createGroupTarget } from './groupTarget.ts';
import { logDriver } from './logDriver.ts';
import { addDriver, removeDriver } from './memberDrivers.ts';
import { riskDriver } from './riskDriver.ts';

export function driverFor(ctx: RunContext, record: RunRecord): Driver {
  const { kind } = record.run;
  switch (kind) {
    case 'add-to-group':
      return addDriver(ctx, createGroupTarget(ctx, record));
    case 'remove-from-group':
      return removeDriver(ctx, createGroupTarget(ctx, record));
    case 'confirm-compromised':
    case 'confirm-safe':
    case 'dismiss':
      return riskDriver(ctx, kind);
    case 'disable-account':
    case 'enable-account':
    case 'revoke-sessions':
    case 'require-password-change':
      return accountDriver(ctx, kind);
    case 'none':
      return logDriver;
  }
}
