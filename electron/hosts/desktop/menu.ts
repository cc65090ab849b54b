/** The menu: every shortcut in its place, in the form of the system it runs on. What it does is decided by the window. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Command } from '../../../shared/contract/desktop.ts';
import { type View, views } from '../../../shared/model/place.ts';
import { t } from './words.ts';

export type MenuDeeds = {
  command(command: Command): void;
  reload(): void;
  openDataFolder(): void;
  showAbout(): void;
  quit(): void;
};

type Item = MenuItemConstructorOptions;

/** @param developer adds what packages must not have. */
export function menuTemplate(platform: NodeJS.Platform, developer: boolean, deeds: MenuDeeds): readonly Item[] {
  const mac = platform === 'darwin';
  const item = (id: string, accelerator: string | undefined, click: () => void): Item => ({
    id,
    label: t(`menu.${id}`),
    click: () => click(),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const go = (view: View, params: Readonly<Record<string, string>> = {}): (() => void) => {
    return () => deeds.command({ kind: 'go', view, params });
  };
  const plain = (kind: Exclude<Command['kind'], 'go' | 'rules'>): (() => void) => {
    return () => deeds.command({ kind });
  };
  const line: Item = { type: 'separator' };
  const about = item('about', undefined, deeds.showAbout);
  const quit = item('quit', 'CmdOrCtrl+Q', deeds.quit);
  const settings = item('settings', 'CmdOrCtrl+,', go('settings'));

  const application: Item = {
    label: t('name'),
    submenu: [
      about,
      line,
      settings,
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      quit,
    ],
  };
  const file: Item = {
    label: t('menu.file'),
    submenu: [
      item('newRule', 'CmdOrCtrl+N', go('rules', { new: '1' })),
      item('newAction', 'CmdOrCtrl+Shift+N', go('actions', { new: '1' })),
      item('connect', undefined, go('connections', { new: '1' })),
      line,
      item('sync', mac ? 'Cmd+R' : 'F5', plain('sync')),
      line,
      { role: 'close', label: t('menu.closeWindow') },
      ...(mac ? [] : [quit]),
    ],
  };
  const edit: Item = {
    label: t('menu.edit'),
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      line,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  };
  const view: Item = {
    label: t('menu.view'),
    submenu: [
      item('palette', 'CmdOrCtrl+K', plain('palette')),
      item('search', 'CmdOrCtrl+F', plain('search')),
      line,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      line,
      { role: 'togglefullscreen' },
      item('reload', 'CmdOrCtrl+Shift+R', deeds.reload),
      ...(developer ? [{ role: 'toggleDevTools', label: t('menu.devTools') } as const] : []),
    ],
  };
  const places: Item = {
    label: t('menu.go'),
    submenu: [
      item('back', mac ? 'Cmd+[' : 'Alt+Left', plain('back')),
      item('forward', mac ? 'Cmd+]' : 'Alt+Right', plain('forward')),
      line,
      ...views.map((name, index) => {
        // The settings of a Mac stand in the application's menu as well, with its own key.
        return { ...item(name, `Alt+${index + 1}`, go(name)), id: `go-${name}` };
      }),
    ],
  };
  const help: Item = {
    role: 'help',
    label: t('menu.help'),
    submenu: [
      item('shortcuts', 'CmdOrCtrl+/', plain('shortcuts')),
      item('dataFolder', undefined, deeds.openDataFolder),
      ...(mac ? [] : [line, about]),
    ],
  };
  return [
    ...(mac ? [application] : []),
    file,
    edit,
    view,
    places,
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    help,
  ];
}
