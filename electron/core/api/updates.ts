/** Routes of updates. */
import type { Implementer } from './base.ts';
import type { Modules } from './modules.ts';

export function updateRoutes(os: Implementer, { updates }: Modules) {
  const routes = os.updates;
  return {
    state: routes.state.handler(() => updates.state()),
    check: routes.check.handler(() => updates.check()),
    install: routes.install.handler(() => updates.install()),
    postpone: routes.postpone.handler(() => updates.postpone()),
  };
}
