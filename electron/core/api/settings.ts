/** Routes of settings. Each change is journalled with the value before and after. */
import type { Implementer } from './base.ts';
import type { Modules } from './modules.ts';

function valueAt(settings: object, key: string): string {
  let value: unknown = settings;
  for (const part of key.split('.')) value = (value as Record<string, unknown> | undefined)?.[part];
  return JSON.stringify(value) ?? 'null';
}

export function settingRoutes(os: Implementer, { settings, journal, limits, wipeCache }: Modules) {
  const routes = os.settings;
  return {
    get: routes.get.handler(() => settings.get()),
    set: routes.set.handler(async ({ input }) => {
      await limits.setting(input.key, input.value);
      const before = await settings.get();
      const after = await settings.set(input.key, input.value);
      await journal.append({
        event: 'setting.changed',
        before: valueAt(before, input.key),
        after: valueAt(after, input.key),
        detail: { key: input.key },
      });
      return after;
    }),
    wipeCache: routes.wipeCache.handler(async () => {
      await limits.people();
      const users = await wipeCache();
      await journal.append({ event: 'cache.wiped', detail: { users } });
      return { users };
    }),
  };
}
