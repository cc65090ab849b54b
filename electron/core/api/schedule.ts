/** Routes of the schedule: thin, the schedule keeps the state. */
import { guarded, type Implementer } from './base.ts';
import type { Modules } from './modules.ts';

export function scheduleRoutes(os: Implementer, { limits, schedule, log }: Modules) {
  const routes = os.schedule;
  return {
    state: routes.state.handler(() => schedule.state()),
    watch: routes.watch.handler(({ signal }) => guarded(log, schedule.watch(signal))),
    pause: routes.pause.handler(({ input }) => schedule.pause(input.reason || null)),
    resume: routes.resume.handler(() => {
      limits.lift();
      return schedule.resume();
    }),
    approve: routes.approve.handler(({ input }) => schedule.approve(input.planId, input.confirm)),
    reject: routes.reject.handler(({ input }) => schedule.reject(input.planId, input.reason || null)),
  };
}
