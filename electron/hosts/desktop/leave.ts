/**
 * Leaving without cutting anything in half. Closing the window while a run or a sync is under way asks, and can leave it
 * going in the tray; quitting pauses runs, waits for the core to close, and says what it waits for. Decides nothing about
 * runs themselves: pausing and resuming are the core's.
 */
import { type BrowserWindow, dialog } from 'electron';
import type { CoreLink } from './coreLink.ts';
import type { Work } from './coreMessages.ts';
import type { TrayIcon } from './tray.ts';
import { t } from './words.ts';

export type Leave = {
  /** The person closes the window; resolves when it is decided. */
  closeWindow(): Promise<void>;
  /** The person quits; asks when that pauses a run. */
  quit(): Promise<void>;
  /** The system ends the session: no question can be asked. */
  quitUnasked(): Promise<void>;
  /** True from the moment on when nothing may hold the program any more. */
  isLeaving(): boolean;
  /** The window is shown again: the tray icon goes. */
  shown(): void;
};

export type LeavePorts = {
  readonly core: CoreLink;
  readonly tray: TrayIcon;
  readonly platform: NodeJS.Platform;
  window(): BrowserWindow | null;
  /** Ends the program; the core is closed. */
  end(): void;
  /** Told when what was kept running has ended and the program closes by itself. */
  onDone(): void;
};

/** How often work that goes on without a window is looked at, and how long a silent close may take. */
const lookMs = 3_000;
const patienceMs = 20_000;

export function isBusy(work: Work): boolean {
  return work.runs.length > 0 || work.syncs > 0;
}

export function workInWords(work: Work): string {
  const sum = (of: (run: Work['runs'][number]) => number) => work.runs.reduce((all, run) => all + of(run), 0);
  return [
    ...(work.runs.length === 0
      ? []
      : [t('work.runs', { count: work.runs.length, done: sum((run) => run.done), total: sum((run) => run.total) })]),
    ...(work.syncs === 0 ? [] : [t('work.syncs', { count: work.syncs })]),
  ].join(' ');
}

export function createLeave({ core, tray, platform, window, end, onDone }: LeavePorts): Leave {
  let leaving = false;
  let asking = false;
  let looking: NodeJS.Timeout | null = null;

  async function ask(words: { message: string; detail: string; buttons: string[] }): Promise<number> {
    const options = {
      type: 'question' as const,
      defaultId: 0,
      cancelId: words.buttons.length - 1,
      noLink: true,
      ...words,
    };
    const owner = window();
    const shown = owner?.isVisible() ? dialog.showMessageBox(owner, options) : dialog.showMessageBox(options);
    return (await shown).response;
  }

  function stopLooking(): void {
    if (looking !== null) clearInterval(looking);
    looking = null;
  }

  /** Goes on without a window; with `stay` for as long as the person likes, else until the work is done. */
  function goOnUnseen(work: Work, stay: boolean): void {
    window()?.hide();
    tray.show(workInWords(work) || t('tray.idle'));
    stopLooking();
    looking = setInterval(() => {
      void core.work().then((now) => {
        if (looking === null) return;
        tray.show(workInWords(now) || t('tray.idle'));
        if (stay || isBusy(now)) return;
        onDone();
        void finish();
      });
    }, lookMs);
  }

  async function finish(): Promise<void> {
    if (leaving) return;
    leaving = true;
    stopLooking();
    tray.hide();
    const closing = core.close();
    let done = false;
    void closing.then(() => {
      done = true;
    });
    while (!done) {
      const late = await Promise.race([
        closing.then(() => false),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(true), patienceMs).unref()),
      ]);
      if (!late || done) break;
      const answer = await Promise.race([
        closing.then(() => 1),
        ask({ message: t('slow.title'), detail: t('slow.detail'), buttons: [t('slow.wait'), t('slow.now')] }),
      ]);
      if (answer === 1) break;
    }
    end();
  }

  /** One question at a time: a second click on the close button must not bring a second dialog. */
  async function once(question: () => Promise<void>): Promise<void> {
    if (asking || leaving) return;
    asking = true;
    try {
      await question();
    } finally {
      asking = false;
    }
  }

  return {
    closeWindow: () =>
      once(async () => {
        const work = await core.work();
        if (platform === 'darwin') return window()?.hide();
        if (work.stay) return goOnUnseen(work, true);
        if (!isBusy(work)) return await finish();
        const answer = await ask({
          message: t('close.title'),
          detail: `${workInWords(work)}\n\n${t('close.detail')}`,
          buttons: [t('close.keep'), t('close.pause'), t('close.cancel')],
        });
        if (answer === 0) goOnUnseen(work, false);
        if (answer === 1) await finish();
      }),
    quit: () =>
      once(async () => {
        const work = await core.work();
        if (work.runs.length > 0) {
          const answer = await ask({
            message: t('quit.title'),
            detail: `${workInWords(work)}\n\n${t('quit.detail')}`,
            buttons: [t('close.pause'), t('close.cancel')],
          });
          if (answer !== 0) return;
        }
        await finish();
      }),
    quitUnasked: finish,
    isLeaving: () => leaving,
    shown() {
      stopLooking();
      tray.hide();
    },
  };
}
