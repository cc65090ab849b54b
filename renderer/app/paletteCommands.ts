/** What the palette can do besides going somewhere: sync, draw otherwise, forbid every action, hold a run. */
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../shared/model/settings.ts';
import { useAsk, useTell } from '../host/ask.ts';
import { go } from '../host/navigation.ts';
import { setScope, useScope } from '../host/scope.ts';

export type Command = { readonly id: string; readonly text: string; readonly run: () => void };

const themes = ['light', 'dark', 'contrast', 'system'] as const satisfies readonly Settings['window']['theme'][];
const densities = ['comfortable', 'compact'] as const satisfies readonly Settings['window']['density'][];

export function usePaletteCommands(onSheet: () => void): readonly Command[] {
  const { t } = useTranslation(['app', 'settings']);
  const scope = useScope((state) => state.connection);
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const host = useAsk(['host'], (api) => api.host.info());
  const runs = useAsk(['runs', 'latest'], (api) => api.actions.runs({ limit: 1 }));
  const { mutate: sync } = useTell(
    (api, wanted: { readonly names: readonly string[]; readonly full: boolean }) =>
      Promise.all(wanted.names.map((connection) => api.sync.start({ connection, full: wanted.full }))),
    ['sync'],
  );
  const { mutate: set } = useTell(
    (api, change: { readonly key: string; readonly value: unknown }) => api.settings.set(change),
    ['settings', 'journal'],
  );
  const { mutate: pause } = useTell((api, runId: string) => api.actions.pause({ runId }), ['runs', 'journal']);

  const names = (connections.data ?? []).map((one) => one.name);
  const wanted = scope !== null && names.includes(scope) ? [scope] : names;
  const running = runs.data?.rows.find((run) => run.state === 'running');
  const { window: drawn, guardrails } = settings.data ?? {};
  const command = (id: string, run: () => void, words: Readonly<Record<string, string>> = {}): Command => ({
    id,
    text: t(`command.${id}`, words),
    run,
  });
  return [
    ...(names.length === 0
      ? []
      : [
          command('sync', () => sync({ names: wanted, full: false })),
          command('reconcile', () => sync({ names: wanted, full: true })),
        ]),
    ...(running === undefined ? [] : [command('pause', () => pause(running.runId))]),
    command('connect', () => go('connections', { new: '1' })),
    command('newRule', () => go('rules', { new: '1' })),
    command('newAction', () => go('actions', { new: '1', from: 'rule' })),
    ...(guardrails === undefined || host.data === undefined || host.data.readOnly !== null
      ? []
      : [
          command(guardrails.readOnly ? 'readOnlyOff' : 'readOnlyOn', () =>
            set({ key: 'guardrails.readOnly', value: !guardrails.readOnly }),
          ),
        ]),
    ...(names.length > 1
      ? [
          ...(scope === null ? [] : [command('scopeAll', () => setScope(null))]),
          ...names
            .filter((name) => name !== scope)
            .map((name) => ({
              ...command('scope', () => setScope(name), { name }),
              id: `scope ${name}`,
            })),
        ]
      : []),
    ...themes
      .filter((theme) => theme !== drawn?.theme)
      .map((theme) => ({
        ...command('theme', () => set({ key: 'window.theme', value: theme }), { name: t(`settings:window.${theme}`) }),
        id: `theme ${theme}`,
      })),
    ...densities
      .filter((density) => density !== drawn?.density)
      .map((density) => ({
        ...command('density', () => set({ key: 'window.density', value: density }), {
          name: t(`settings:window.${density}`),
        }),
        id: `density ${density}`,
      })),
    command('verifyLog', () => go('journal')),
    command('sheet', onSheet),
  ];
}
