/**
 * What no page may do here, whatever it contains: ask for permissions, go elsewhere, open windows, attach webviews. Links
 * to a few pages of Microsoft's are opened in the person's own browser. Applies to every page this program ever makes.
 */
import { type App, type Session, shell, type WebContents } from 'electron';
import { isOurPage } from './protocol.ts';

/** Portals and documentation that the window links to. A host counts as itself alone, never its subdomains. */
const linkedHosts: ReadonlySet<string> = new Set([
  'entra.microsoft.com',
  'entra.microsoft.us',
  'portal.azure.com',
  'portal.azure.us',
  'learn.microsoft.com',
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'docs.netskope.com',
]);

export function mayOpenOutside(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.port === '' &&
    linkedHosts.has(url.hostname)
  );
}

/** Opens an allowed link in the person's browser; anything else is dropped. */
export function openOutside(url: string): void {
  if (mayOpenOutside(url)) void shell.openExternal(url);
}

/** Whether an address is the page where a person signs in: the authority may be the organisation's own. */
function isSignInPage(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return (
    (url.protocol === 'https:' || (url.protocol === 'http:' && here)) && url.pathname.endsWith('/oauth2/v2.0/authorize')
  );
}

/** Opens the sign-in in the person's browser. Asked for by the process that holds the data, never by a page. */
export function openSignIn(url: string): void {
  if (isSignInPage(url)) void shell.openExternal(url);
}

/** Preferences of every window: the safe defaults by name, so that no default of another version changes them. */
export const safePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
} as const;

export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.setSpellCheckerEnabled(false);
}

function hardenContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }, url: string): void => {
    event.preventDefault();
    openOutside(url);
  };
  contents.on('will-navigate', (event) => {
    // A reload of our own page is the one navigation that is meant.
    if (!isOurPage(event.url)) stay(event, event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

/** Before the first window. */
export function hardenApp(app: App): void {
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
}
