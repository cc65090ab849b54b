/**
 * The switches of the packaged binary that cannot be changed after signing. Named as electron-builder names them
 * (`electronFuses`); the packaging reads them from here, and a test holds each against the reason beside it.
 */
export const fuses = Object.freeze({
  // The program must not be usable as a plain Node: `--cli` is answered by the program itself, utility processes need none.
  runAsNode: false,
  // What Chromium keeps on disk for the window is encrypted with the system's keychain.
  enableCookieEncryption: true,
  // Neither NODE_OPTIONS nor --inspect may bring foreign code into a signed program.
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // Code comes from the archive alone, and the archive is the one that was packed.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  // Pages come over a protocol of our own; `file:` needs no more rights than in a browser.
  grantFileProtocolExtraPrivileges: false,
});
