/** What the host can do, as the host itself said when it opened the core. */
import type { Implementer } from './base.ts';
import type { Modules } from './modules.ts';

export function hostRoutes(os: Implementer, { hostInfo }: Modules) {
  return { info: os.host.info.handler(() => hostInfo()) };
}
