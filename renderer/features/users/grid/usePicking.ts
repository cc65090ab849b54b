/** Turns what was meant in the grid into picks, reading the rows of a range that are not in sight. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';
import { toFailure } from '../../../host/failure.ts';
import { count } from '../../../ui/format.ts';
import type { GridPick } from '../../../ui/VirtualGrid.tsx';
import { type List, readAllRows, readRange } from './gather.ts';
import { countPicked, pickAll, pickMore, pickNone, toggle, usePicked } from './picked.ts';

/** Past this, a range is better said as a filter. */
const longestRange = 100_000;

export function usePicking(
  list: List,
  filterText: string,
  total: number,
  rowAt: (index: number) => RiskyUser | undefined,
): {
  readonly selectAll: { readonly checked: boolean | 'mixed'; readonly label: string };
  readonly onPick: (pick: GridPick) => void;
  readonly onCopy: (
    active: RiskyUser | undefined,
    copy: (users: readonly RiskyUser[]) => Promise<void>,
  ) => Promise<void>;
  /** Puts a text in the status line for a while. */
  readonly say: (text: string) => void;
  /** What happened, for the status line. */
  readonly said: string | null;
} {
  const { t } = useTranslation('users');
  const picked = usePicked((state) => state.picked);
  const [said, setSaid] = useState<string | null>(null);

  const say = (text: string) => {
    setSaid(text);
    setTimeout(() => setSaid((now) => (now === text ? null : now)), 8_000);
  };
  const range = async (from: number, to: number) => {
    const rows = Array.from({ length: Math.min(to - from + 1, 1_000) }, (_, index) => rowAt(from + index));
    const there = rows.filter((row) => row !== undefined);
    if (there.length === to - from + 1) return pickMore(there);
    if (to - from >= longestRange) return say(t('pick.rangeTooLong', { most: count(longestRange) }));
    try {
      pickMore(await readRange(list, from, to));
    } catch (error) {
      say(toFailure(error).message);
    }
  };
  /** After a jump, a row may be picked before it is drawn. */
  const toggleUnread = async (index: number) => {
    try {
      for (const row of await readRange(list, index, index)) toggle(row);
    } catch (error) {
      say(toFailure(error).message);
    }
  };
  const onPick = (pick: GridPick) => {
    const present = usePicked.getState().picked;
    switch (pick.kind) {
      case 'toggle': {
        const row = rowAt(pick.index);
        if (row !== undefined) toggle(row);
        else void toggleUnread(pick.index);
        return;
      }
      case 'range':
        void range(pick.from, pick.to);
        return;
      case 'all':
        if (present.mode === 'all' && present.except.size === 0) pickNone();
        else pickAll(filterText, total);
    }
  };
  const onCopy = async (active: RiskyUser | undefined, copy: (users: readonly RiskyUser[]) => Promise<void>) => {
    const many = countPicked(picked);
    try {
      const quiet = { signal: new AbortController().signal, onRead: () => undefined };
      const chosen = many > 0 ? await readAllRows(picked, list, quiet) : [];
      const rows = many > 0 || active === undefined ? chosen : [active];
      if (rows.length === 0) return;
      await copy(rows);
      say(t('pick.copied', { count: rows.length, users: count(rows.length) }));
    } catch (error) {
      say(toFailure(error).message);
    }
  };

  const checked =
    picked.mode === 'all' ? (picked.except.size === 0 ? true : 'mixed') : picked.users.size > 0 ? 'mixed' : false;
  return { say, selectAll: { checked, label: t('pick.all', { users: count(total) }) }, onPick, onCopy, said };
}
