/** Opens an address in the person's browser, where this machine has one to show; a headless one just has the text. */
import { spawn } from 'node:child_process';

export function openInBrowser(
  url: string,
  around: { readonly platform: string; readonly env: Readonly<Record<string, string | undefined>> } = process,
): boolean {
  const { platform, env } = around;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return false;
  const [command, ...args]: [string, ...string[]] =
    platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', url]
      : platform === 'darwin'
        ? ['open', url]
        : ['xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  // No browser is no failure: the address was printed.
  child.on('error', () => undefined);
  child.unref();
  return true;
}
