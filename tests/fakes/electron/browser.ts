/**
 * The stand-in's windows: one page of a real Chromium each, with the built preload in it. A page under the application's
 * own scheme is carried over `http://HOST.SCHEME.localhost`, which Chromium trusts as it trusts a secure origin; whatever
 * else a page asks for is refused and remembered, so that a test can see that nothing was asked for.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Request as Asked,
  type BrowserContext,
  chromium,
  type Download,
  type Frame,
  type Page,
  type Route,
} from '@playwright/test';
import { browserFlags, browserPath } from '../../browser/browser.ts';
import { app } from './app.ts';
import { type FakePort, FarPorts } from './ports.ts';
import { defaultSession, ipcMain, protocol } from './system.ts';

type Packed = { readonly plain?: unknown; readonly bytes?: string };
const pack = (data: unknown): Packed =>
  data instanceof Uint8Array ? { bytes: Buffer.from(data).toString('base64') } : { plain: data };
const unpack = ({ plain, bytes }: Packed): unknown => (bytes === undefined ? plain : Buffer.from(bytes, 'base64'));

/** `riskdesk-app://window/x` <-> `http://window.riskdesk-app.localhost/x`. */
const carried = (url: string): string => url.replace(/^([\w-]+):\/\/([\w-]+)\//, 'http://$2.$1.localhost/');
const meant = (url: string): string => url.replace(/http:\/\/([\w-]+)\.([\w-]+)\.localhost(?=\/|$)/, '$2://$1');

/** Addresses outside of the application that pages asked for. */
export const refused: string[] = [];

class FakeFrame {
  readonly frame: Frame;
  readonly #contents: FakeContents;
  constructor(frame: Frame, contents: FakeContents) {
    this.frame = frame;
    this.#contents = contents;
  }
  get url(): string {
    return meant(this.frame.url());
  }
  get parent(): FakeFrame | null {
    const parent = this.frame.parentFrame();
    return parent === null ? null : this.#contents.wrap(parent);
  }
  send(channel: string, ...args: readonly unknown[]): void {
    this.postMessage(channel, args, [], true);
  }
  postMessage(channel: string, message: unknown, ports: readonly FakePort[] = [], spread = false): void {
    const ids = this.#contents.ports.take(ports);
    const args = spread ? message : [message];
    const call = `window.__fakeElectron?.emit(${JSON.stringify(channel)}, ${JSON.stringify(args)}, ${JSON.stringify(ids)})`;
    void this.frame.evaluate(call).catch(() => undefined);
  }
}

class FakeContents extends EventEmitter {
  page: Page | null = null;
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly #frames = new WeakMap<Frame, FakeFrame>();
  /** A load that main asked for is no navigation of the page's. */
  expected: string | null = null;
  readonly ports = new FarPorts({
    data: (id, data) => this.#call(`port(${id}, ${JSON.stringify(pack(data))})`),
    close: (id) => this.#call(`close(${id})`),
  });

  #call(text: string): void {
    void this.page?.evaluate(`window.__fakeElectron?.${text}`).catch(() => undefined);
  }
  wrap(frame: Frame): FakeFrame {
    const known = this.#frames.get(frame) ?? new FakeFrame(frame, this);
    this.#frames.set(frame, known);
    return known;
  }
  get mainFrame(): FakeFrame | null {
    return this.page === null ? null : this.wrap(this.page.mainFrame());
  }
  send(channel: string, ...args: readonly unknown[]): void {
    this.mainFrame?.send(channel, ...args);
  }
  setWindowOpenHandler(handler: FakeContents['openHandler']): void {
    this.openHandler = handler;
  }
  getURL = (): string => this.mainFrame?.url ?? '';
  reload(): void {
    void this.page?.reload().catch(() => undefined);
  }
  /** Asks the listeners; true when one of them said no. */
  asks(name: string, details: Readonly<Record<string, unknown>>): boolean {
    let held = false;
    this.emit(name, {
      ...details,
      preventDefault: () => {
        held = true;
      },
    });
    return held;
  }
}

/** Null for the first request of a page that a page opened: Playwright does not know that page yet. */
function frameOf(request: Asked): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

async function answer(route: Route, contents: FakeContents): Promise<void> {
  const request = route.request();
  const url = meant(request.url());
  const frame = frameOf(request);
  const isNavigation = request.isNavigationRequest();
  if (frame === null || frame.page() !== contents.page) {
    contents.openHandler?.({ url });
    return await route.abort('aborted');
  }
  const isMainFrame = frame.parentFrame() === null;
  if (isNavigation && contents.expected !== url) {
    if (contents.asks('will-frame-navigate', { url, isMainFrame })) return await route.abort('aborted');
    if (isMainFrame && contents.asks('will-navigate', { url, isMainFrame })) return await route.abort('aborted');
  }
  const handler = protocol.handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) {
    refused.push(url);
    return await route.abort('addressunreachable');
  }
  const response = await handler(new Request(url, { method: request.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** One download as Electron shows it; saved where the save dialog, or `setSavePath`, said. */
class FakeDownload extends EventEmitter {
  options: { readonly defaultPath?: string } = {};
  path = '';
  readonly #download: Download;
  constructor(download: Download) {
    super();
    this.#download = download;
  }
  getURL = (): string => meant(this.#download.url());
  getFilename = (): string => this.#download.suggestedFilename();
  getSavePath = (): string => this.path;
  getSaveDialogOptions = () => this.options;
  setSaveDialogOptions(options: FakeDownload['options']): void {
    this.options = options;
  }
  setSavePath(path: string): void {
    this.path = path;
  }
  async carryOut(): Promise<void> {
    if (this.path === '') {
      await this.#download.cancel();
      this.emit('done', {}, 'cancelled');
      return;
    }
    const saved = await this.#download.saveAs(this.path).then(
      () => 'completed',
      () => 'interrupted',
    );
    this.emit('done', {}, saved);
  }
}

/**
 * What the page says through `__fakeSend`. Over a session of its own, because the test that looks at the same page has
 * bindings too, and those of Playwright's two ends would mistake each other's. A frame inside is never the top frame.
 */
async function hearPage(opened: BrowserContext, page: Page, contents: FakeContents): Promise<void> {
  const link = await opened.newCDPSession(page);
  const { frameTree } = await link.send('Page.getFrameTree');
  const inTop = new Map<number, boolean>();
  link.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = (context.auxData ?? {}) as { readonly frameId?: string };
    inTop.set(context.id, frameId === frameTree.frame.id);
  });
  // A new document takes the ports of the old one with it; a new fragment does not.
  link.on('Runtime.executionContextsCleared', () => contents.ports.closeAll());
  link.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== '__fakeSay') return;
    const [kind, key, data] = JSON.parse(payload) as [string, string | number, unknown];
    if (kind === 'port') return contents.ports.data(Number(key), unpack(data as Packed));
    const top = contents.mainFrame;
    const senderFrame = inTop.get(executionContextId) === true ? top : { url: 'about:blank', parent: top };
    ipcMain.emit(String(key), { senderFrame, ports: [] }, ...(data as unknown[]));
  });
  await link.send('Runtime.enable');
  await link.send('Runtime.addBinding', { name: '__fakeSay' });
}

let context: BrowserContext | null = null;

async function openContext(): Promise<BrowserContext> {
  const port = process.env.RISKDESK_FAKE_PORT ?? '0';
  context = await chromium.launchPersistentContext(join(app.getPath('userData'), 'fake-chromium'), {
    executablePath: browserPath(),
    args: [...browserFlags, `--remote-debugging-port=${port}`],
    acceptDownloads: true,
    reducedMotion: 'reduce',
    viewport: { width: 1_280, height: 800 },
  });
  const opened = context;
  app.shutDown = () => opened.close();
  return opened;
}

type WindowOptions = {
  readonly webPreferences: { readonly preload: string };
  readonly width: number;
  readonly height: number;
};

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows = (): readonly BrowserWindow[] => BrowserWindow.all.filter((one) => !one.isDestroyed());
  readonly webContents = new FakeContents();
  readonly options: WindowOptions;
  #state = { visible: false, focused: false, minimized: false, maximized: false, destroyed: false };

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
    app.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    const opened = await openContext();
    const page = opened.pages()[0] ?? (await opened.newPage());
    const { webContents } = this;
    webContents.page = page;
    const shim = readFileSync(new URL('./page.js', import.meta.url), 'utf8');
    const preload = readFileSync(this.options.webPreferences.preload, 'utf8');
    await hearPage(opened, page, webContents);
    await opened.addInitScript(
      `${shim}\nif (window.__fakeRequire) ((require) => {\n${preload}\n})(window.__fakeRequire);`,
    );
    await opened.route('**/*', (route) => answer(route, webContents).catch(() => undefined));
    // Its first request is answered, and then the page that was never allowed goes.
    opened.on('page', (other) => setTimeout(() => void other.close().catch(() => undefined), 1_500));
    page.on('download', (download) => {
      const item = new FakeDownload(download);
      const event = { defaultPrevented: false, preventDefault: () => Object.assign(event, { defaultPrevented: true }) };
      defaultSession.emit('will-download', event, item, webContents);
      if (event.defaultPrevented) void download.cancel();
      else void item.carryOut();
    });
    page.on('crash', () => webContents.emit('render-process-gone', {}, { reason: 'crashed' }));
    webContents.expected = url;
    await page.goto(carried(url));
    webContents.expected = null;
    this.emit('ready-to-show');
  }

  show(): void {
    this.#state = { ...this.#state, visible: true, focused: true };
  }
  hide(): void {
    this.#state = { ...this.#state, visible: false, focused: false };
  }
  focus(): void {
    this.#state.focused = true;
  }
  blur(): void {
    this.#state.focused = false;
  }
  minimize(): void {
    this.#state = { ...this.#state, minimized: true, focused: false };
  }
  restore(): void {
    this.#state.minimized = false;
  }
  maximize(): void {
    this.#state.maximized = true;
  }
  isVisible = (): boolean => this.#state.visible;
  isFocused = (): boolean => this.#state.focused;
  isMinimized = (): boolean => this.#state.minimized;
  isMaximized = (): boolean => this.#state.maximized;
  isDestroyed = (): boolean => this.#state.destroyed;
  getNormalBounds = () => ({ x: 20, y: 30, width: this.options.width, height: this.options.height });

  close(): void {
    if (this.#state.destroyed) return;
    let held = false;
    this.emit('close', {
      preventDefault: () => {
        held = true;
      },
    });
    if (held) return;
    this.#state.destroyed = true;
    this.emit('closed');
    if (BrowserWindow.getAllWindows().length === 0) app.emit('window-all-closed');
  }
}
