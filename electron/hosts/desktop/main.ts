/**
 * The first file of the desktop application. `--cli` is looked for before anything else: the terminal's bundle then runs
 * here without window, lock or dock icon, because a packaged Electron no longer runs as plain Node. Otherwise the window.
 */
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { cliArguments } from './options.ts';

const forTerminal = cliArguments(process.argv, app.isPackaged);

if (forTerminal === null) {
  const { startDesktop } = await import('./desktop.ts');
  startDesktop(process.argv, import.meta.url);
} else {
  app.dock?.hide();
  // The bundle reads its arguments from where a script finds them.
  const script = new URL('./cli.js', import.meta.url);
  process.argv = [process.execPath, fileURLToPath(script), ...forTerminal];
  await import(script.href);
}
