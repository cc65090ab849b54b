/** Routes of actions, plans and runs. */
import { checkGroupFits } from '../config/actions.ts';
import { guarded, type Implementer } from './base.ts';
import type { Modules } from './modules.ts';
import { planAction, planSelection } from './planning.ts';

export function actionRoutes(os: Implementer, modules: Modules) {
  const { actions, connections, directory, executor, journal, limits, log, schedule } = modules;
  const routes = os.actions;
  return {
    list: routes.list.handler(() => actions.list()),
    add: routes.add.handler(async ({ input }) => {
      limits.action(null, input);
      const added = await actions.add(input);
      await journal.append({ event: 'action.added', connection: added.connection, after: JSON.stringify(added) });
      return added;
    }),
    update: routes.update.handler(async ({ input }) => {
      const before = await actions.get(input.name);
      limits.action(before, input.change);
      const after = await actions.update(input.name, input.change);
      await journal.append({
        event: 'action.changed',
        connection: after.connection,
        before: JSON.stringify(before),
        after: JSON.stringify(after),
      });
      return after;
    }),
    remove: routes.remove.handler(async ({ input }) => {
      const before = await actions.get(input.name);
      const removed = await actions.remove(input.name);
      await journal.append({ event: 'action.removed', connection: before.connection, before: JSON.stringify(before) });
      return { removed };
    }),
    groups: routes.groups.handler(async ({ input }) => {
      const { name } = await connections.get(input.connection);
      return directory.searchGroups({ ...input, connection: name });
    }),
    plan: routes.plan.handler(({ input }) => planAction(modules, input.name, input.days ?? null)),
    planSelection: routes.planSelection.handler(({ input }) => {
      checkGroupFits(input.kind, input.group);
      return planSelection(modules, input);
    }),
    getPlan: routes.getPlan.handler(async ({ input }) => (await journal.getPlan(input.planId)).head),
    planSteps: routes.planSteps.handler(({ input: { planId, ...page } }) => journal.planSteps(planId, page)),
    run: routes.run.handler(async ({ input }) => {
      await schedule.refuseExpired(input.planId);
      return (await executor.run(input.planId, { confirm: input.confirm })).run;
    }),
    runs: routes.runs.handler(async ({ input }) => {
      const { total, rows } = await journal.runs(input);
      return { total, rows };
    }),
    status: routes.status.handler(({ input }) => executor.status(input.runId)),
    runSteps: routes.runSteps.handler(({ input: { runId, ...page } }) => journal.steps(runId, page)),
    watch: routes.watch.handler(({ input, signal }) => guarded(log, executor.watch(input.runId, signal))),
    pause: routes.pause.handler(({ input }) => executor.pause(input.runId)),
    resume: routes.resume.handler(async ({ input }) => (await executor.resume(input.runId)).run),
    cancel: routes.cancel.handler(({ input }) => executor.cancel(input.runId)),
    planRetry: routes.planRetry.handler(({ input }) => executor.planRetry(input.runId)),
    retry: routes.retry.handler(async ({ input }) => (await executor.retry(input.runId, input)).run),
    verify: routes.verify.handler(({ input: { runId, waitMinutes }, signal }) =>
      executor.verify(runId, signal === undefined ? { waitMinutes } : { waitMinutes, signal }),
    ),
    planUndo: routes.planUndo.handler(({ input }) => executor.planUndo(input.runId)),
    undo: routes.undo.handler(async ({ input }) => (await executor.undo(input.runId, input)).run),
  };
}
