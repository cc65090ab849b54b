/** The stand-in's `app`: readiness, paths, the lock of a single instance, and the order of events at the end. */
import { EventEmitter } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Closable = { close(): void; isDestroyed(): boolean };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

class FakeApp extends EventEmitter {
  readonly isPackaged = false;
  readonly windows: Closable[] = [];
  /** Processes that `getAppMetrics` lists. */
  readonly metrics: { pid: number; type: string; name: string }[] = [];
  /** Closes what the stand-in holds open before the process goes. */
  shutDown: () => Promise<void> = async () => undefined;
  name = 'electron';
  sandboxed = false;
  readonly #paths = new Map<string, string>();
  #leaving = false;

  whenReady = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  setName(name: string): void {
    this.name = name;
  }
  enableSandbox(): void {
    this.sandboxed = true;
  }
  setAsDefaultProtocolClient = (): boolean => true;
  getPreferredSystemLanguages = (): readonly string[] => ['en-US'];
  getVersion = (): string => '0.0.0-fake';
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getPath(name: string): string {
    return this.#paths.get(name) ?? join(tmpdir(), name);
  }
  getAppMetrics = (): readonly { pid: number; type: string; name: string }[] => this.metrics;

  /** A file names the holder; a second start leaves its command line beside it, which the holder looks for. */
  requestSingleInstanceLock(): boolean {
    const folder = join(this.getPath('userData'), 'fake-lock');
    mkdirSync(folder, { recursive: true });
    const lock = join(folder, 'pid');
    try {
      if (isAlive(Number(readFileSync(lock, 'utf8')))) {
        writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(process.argv));
        return false;
      }
    } catch {
      // Nobody holds it.
    }
    writeFileSync(lock, String(process.pid));
    setInterval(() => {
      for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
        const argv = JSON.parse(readFileSync(join(folder, name), 'utf8')) as string[];
        rmSync(join(folder, name));
        this.emit('second-instance', {}, argv, process.cwd());
      }
    }, 50).unref();
    return true;
  }

  /** True when a listener held the event back. */
  #held(name: string): boolean {
    let held = false;
    this.emit(name, {
      preventDefault: () => {
        held = true;
      },
    });
    return held;
  }

  quit(): void {
    if (this.#leaving || this.#held('before-quit')) return;
    for (const window of this.windows) window.close();
    if (this.windows.some((window) => !window.isDestroyed())) return;
    if (!this.#held('will-quit')) this.exit(0);
  }

  exit(code = 0): void {
    if (this.#leaving) return;
    this.#leaving = true;
    void this.shutDown().finally(() => {
      this.emit('quit', {}, code);
      process.exit(code);
    });
  }
}

export const app = new FakeApp();
