/** What the palette can go to: views, commands, settings, connections, rules, actions, runs, and users of the cache. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../host/ask.ts';
import { go, views } from '../host/navigation.ts';
import { ago } from '../ui/format.ts';
import { useSettled } from '../ui/useSettled.ts';
import { usePaletteCommands } from './paletteCommands.ts';

export type Hit = {
  readonly id: string;
  readonly text: string;
  /** What kind of thing it is, or what tells it from its namesakes. */
  readonly group: string;
  readonly open: () => void;
};

const pauseMs = 150;
/** A single letter would find half of the tenant. */
const fewestLetters = 2;
const mostUsers = 8;

const sections = [
  'scores',
  'mapping',
  'guardrails',
  'maintenance',
  'timing',
  'window',
  'updates',
  'data',
  'diagnostics',
] as const;

export function useHits(
  search: string,
  onSheet: () => void,
): { readonly hits: readonly Hit[]; readonly searching: boolean } {
  const { t } = useTranslation(['app', 'actions', 'settings']);
  const settled = useSettled(search, pauseMs);
  const commands = usePaletteCommands(onSheet);
  const rules = useAsk(['rules'], (api) => api.rules.list());
  const actions = useAsk(['actions'], (api) => api.actions.list());
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const runs = useAsk(['runs', 'recent'], (api) => api.actions.runs({ limit: 100 }), { refetchInterval: 2_000 });
  const worth = search.length >= fewestLetters;
  const users = useAsk(
    ['users', 'palette', settled],
    (api) => api.users.list({ filter: { search: settled }, limit: mostUsers, sort: { field: 'displayName' } }),
    { enabled: settled.length >= fewestLetters },
  );
  const answered = worth && settled === search && !users.isPlaceholderData ? users.data : undefined;

  const hits = useMemo(() => {
    const wanted = search.toLowerCase();
    const fits = (...names: readonly (string | null)[]) =>
      names.some((name) => name?.toLowerCase().includes(wanted) === true);
    const group = (key: string) => t(`palette.${key}`);
    const total = answered?.total ?? 0;
    return [
      ...views
        .map((view) => ({ id: view, text: t(`views.${view}`), group: group('views'), open: () => go(view) }))
        .filter((hit) => fits(hit.text)),
      ...(answered?.rows ?? []).map((user) => ({
        id: `u${user.connection}${user.id}`,
        text: user.displayName ?? user.userPrincipalName ?? user.id,
        group: user.userPrincipalName ?? group('users'),
        open: () => go('users', { search, connection: user.connection, user: user.id }),
      })),
      ...(total > mostUsers
        ? [
            {
              id: 'users all',
              text: t('palette.allUsers', { count: total, text: search }),
              group: group('users'),
              open: () => go('users', { search }),
            },
          ]
        : []),
      ...commands
        .map(({ id, text, run }) => ({ id: `!${id}`, text, group: group('commands'), open: run }))
        .filter((hit) => fits(hit.text))
        .slice(0, search === '' ? 5 : undefined),
      ...(rules.data ?? [])
        .filter((rule) => fits(rule.name))
        .slice(0, 6)
        .map(({ id, name }) => ({
          id: `r${id}`,
          text: name,
          group: group('rules'),
          open: () => go('rules', { rule: name }),
        })),
      ...(actions.data ?? [])
        .filter((action) => fits(action.name))
        .slice(0, 6)
        .map(({ id, name }) => ({
          id: `a${id}`,
          text: name,
          group: group('actions'),
          open: () => go('actions', { action: name }),
        })),
      ...(runs.data?.rows ?? [])
        .map((run) => ({
          run,
          text: [t(`actions:kind.${run.kind}.name`), run.group?.name].filter(Boolean).join(': '),
        }))
        .filter(({ run, text }) => fits(text, run.action, run.runId, group('runs')))
        .slice(0, search === '' ? 3 : 6)
        .map(({ run, text }) => ({
          id: `n${run.runId}`,
          text,
          group: t('palette.run', { state: t(`actions:state.${run.state}`), when: ago(run.startedAt) }),
          open: () => go('actions', { run: run.runId }),
        })),
      ...(connections.data ?? [])
        .filter(({ name }) => fits(name))
        .slice(0, 4)
        .map(({ id, name }) => ({
          id: `c${id}`,
          text: name,
          group: group('connections'),
          open: () => go('connections', { connection: name }),
        })),
      ...(search === '' ? [] : sections)
        .map((section) => ({
          id: `s${section}`,
          text: t(`settings:sections.${section}`),
          group: group('settings'),
          open: () => go('settings', { section }),
        }))
        .filter((hit) => fits(hit.text)),
    ];
  }, [search, answered, commands, rules.data, actions.data, connections.data, runs.data, t]);
  return { hits, searching: worth && answered === undefined && users.error === null };
}
