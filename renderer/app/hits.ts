/** What the palette can go to: commands, views, connections, rules, actions, and users of the cache. */
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk, useTell } from '../host/ask.ts';
import { go, views } from '../host/navigation.ts';
import { useScope } from '../host/scope.ts';

export type Hit = { readonly id: string; readonly text: string; readonly group: string; readonly open: () => void };

const pauseMs = 150;
/** A single letter would find half of the tenant. */
const fewestLetters = 2;

/** Follows `value` once it has stood still for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export function useHits(open: boolean, search: string): readonly Hit[] {
  const { t } = useTranslation('app');
  const settled = useSettled(search);
  const scope = useScope((state) => state.connection);
  const rules = useAsk(['rules'], (api) => api.rules.list(), { enabled: open });
  const actions = useAsk(['actions'], (api) => api.actions.list(), { enabled: open });
  const connections = useAsk(['connections'], (api) => api.connections.list(), { enabled: open });
  const users = useAsk(
    ['users', 'palette', settled],
    (api) => api.users.list({ filter: { search: settled }, limit: 8, sort: { field: 'displayName' } }),
    { enabled: open && settled.length >= fewestLetters },
  );
  const { mutate: sync } = useTell(
    (api, names: readonly string[]) => Promise.all(names.map((connection) => api.sync.start({ connection }))),
    ['sync'],
  );

  return useMemo(() => {
    const fits = (name: string) => name.toLowerCase().includes(search.toLowerCase());
    const names = (connections.data ?? []).map((one) => one.name);
    const group = (key: string) => t(`palette.${key}`);
    const commands: readonly (readonly [string, () => void])[] = [
      ...(names.length > 0
        ? [['sync', () => sync(scope !== null && names.includes(scope) ? [scope] : names)] as const]
        : []),
      ['connect', () => go('connections', { new: '1' })],
      ['newRule', () => go('rules', { new: '1' })],
      ['newAction', () => go('actions', { new: '1' })],
    ];
    const found = search.length >= fewestLetters && settled === search ? (users.data?.rows ?? []) : [];
    return [
      ...views
        .map((view) => ({ id: view, text: t(`views.${view}`), group: group('views'), open: () => go(view) }))
        .filter((hit) => fits(hit.text)),
      ...commands
        .map(([key, run]) => ({ id: `!${key}`, text: t(`command.${key}`), group: group('commands'), open: run }))
        .filter((hit) => fits(hit.text)),
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
      ...names
        .filter(fits)
        .slice(0, 4)
        .map((name) => ({
          id: `c${name}`,
          text: name,
          group: group('connections'),
          open: () => go('connections', { connection: name }),
        })),
      ...found.map((user) => ({
        id: `u${user.connection}${user.id}`,
        text: user.displayName ?? user.userPrincipalName ?? user.id,
        group: user.userPrincipalName ?? group('users'),
        open: () => go('users', { search, connection: user.connection, user: user.id }),
      })),
    ];
  }, [search, settled, scope, rules.data, actions.data, connections.data, users.data, sync, t]);
}
