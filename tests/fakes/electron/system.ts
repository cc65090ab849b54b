/** The stand-in's small modules: what the operating system would show or do is kept, so that a test can look at it. */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { app } from './app.ts';
import { type FakePort, FarPorts } from './ports.ts';

type Handler = (request: Request) => Response | Promise<Response>;

type Scheme = { readonly scheme: string; readonly privileges: Readonly<Record<string, boolean>> };

const handlers = new Map<string, Handler>();
const privileged: Scheme[] = [];
export const protocol = {
  handlers,
  privileged,
  registerSchemesAsPrivileged(schemes: readonly Scheme[]) {
    privileged.push(...schemes);
  },
  handle(scheme: string, handler: Handler) {
    handlers.set(scheme, handler);
  },
};

export const ipcMain = new EventEmitter();

class FakeSession extends EventEmitter {
  permissionRequest: ((contents: unknown, name: string, answer: (ok: boolean) => void) => void) | null = null;
  permissionCheck: (() => boolean) | null = null;
  devicePermission: (() => boolean) | null = null;
  setPermissionRequestHandler(handler: FakeSession['permissionRequest']): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: FakeSession['permissionCheck']): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: FakeSession['devicePermission']): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler = (): void => undefined;
  setSpellCheckerEnabled = (): void => undefined;
}
export const defaultSession = new FakeSession();
export const session = { defaultSession };

export const dialog = {
  showMessageBox: async (..._args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> => ({
    response: 0,
    checkboxChecked: false,
  }),
};

export const shell = {
  opened: [] as string[],
  openExternal: async (url: string): Promise<void> => {
    shell.opened.push(url);
  },
  openPath: async (path: string): Promise<string> => {
    shell.opened.push(path);
    return '';
  },
};

export class Notification extends EventEmitter {
  static isSupported = (): boolean => true;
  readonly title: string;
  readonly body: string;
  constructor({ title, body }: { title: string; body: string }) {
    super();
    this.title = title;
    this.body = body;
  }
  show(): void {
    // The system would show it here.
  }
}

type Item = { id?: string; label?: string; role?: string; accelerator?: string; click?: () => void; submenu?: Item[] };
export class Menu {
  static current: Menu | null = null;
  readonly items: readonly Item[];
  constructor(items: readonly Item[]) {
    this.items = items;
  }
  static buildFromTemplate = (items: Item[]): Menu => new Menu(items);
  static setApplicationMenu(menu: Menu): void {
    Menu.current = menu;
  }
  static getApplicationMenu = (): Menu | null => Menu.current;
  getMenuItemById(id: string): Item | null {
    const search = (items: readonly Item[]): Item | null =>
      items.flatMap((item) => (item.id === id ? [item] : [search(item.submenu ?? [])])).find((one) => one !== null) ??
      null;
    return search(this.items);
  }
}

export class Tray extends EventEmitter {
  static readonly shown = new Set<Tray>();
  words = '';
  menu: Menu | null = null;
  constructor() {
    super();
    Tray.shown.add(this);
  }
  setToolTip(words: string): void {
    this.words = words;
  }
  setContextMenu(menu: Menu): void {
    this.menu = menu;
  }
  destroy(): void {
    Tray.shown.delete(this);
  }
}

export const nativeImage = {
  createFromBitmap: (pixels: Buffer) => ({ addRepresentation: () => undefined, toPNG: () => pixels }),
};
export const nativeTheme = { shouldUseDarkColors: false };
export const powerMonitor = new EventEmitter();
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_040 } }] };

type FromChild = { readonly to: 'parent' | 'port' | 'close'; readonly id: number; readonly data: unknown };

export const utilityProcess = {
  fork(script: string, args: readonly string[], options: { readonly serviceName?: string }) {
    const child = fork(script, args, {
      execArgv: ['--import', fileURLToPath(new URL('./register.mjs', import.meta.url))],
      serialization: 'advanced',
      env: { ...process.env, RISKDESK_FAKE_ELECTRON: 'utility' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const send = (message: object): void => {
      if (child.connected) child.send(message, () => undefined);
    };
    const ports = new FarPorts({
      data: (id, data) => send({ to: 'port', id, data }),
      close: (id) => send({ to: 'close', id }),
    });
    const metric = { pid: child.pid ?? 0, type: 'Utility', name: options.serviceName ?? '' };
    app.metrics.push(metric);
    const far = Object.assign(new EventEmitter(), {
      pid: child.pid,
      postMessage: (data: unknown, moved: readonly FakePort[] = []) =>
        send({ to: 'child', data, ports: ports.take(moved) }),
      kill: () => child.kill(),
    });
    child.on('message', (message: FromChild) => {
      if (message.to === 'parent') far.emit('message', message.data);
      if (message.to === 'port') ports.data(message.id, message.data);
      if (message.to === 'close') ports.close(message.id);
    });
    child.once('exit', (code) => {
      ports.closeAll();
      app.metrics.splice(app.metrics.indexOf(metric), 1);
      far.emit('exit', code ?? 1);
    });
    return far;
  },
};
