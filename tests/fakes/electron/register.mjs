/**
 * Makes `electron` resolve to the stand-in of these folders: `node --import register.mjs out/main/main.js`. Which half is
 * meant, main or utility process, is said by RISKDESK_FAKE_ELECTRON. Needs no Electron binary and proves nothing that only
 * the binary does: sandbox, context isolation, fuses, archive paths, native dialogs and menus.
 */
import { registerHooks } from 'node:module';

const half = process.env.RISKDESK_FAKE_ELECTRON === 'utility' ? './utility.ts' : './main.ts';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL(half, import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
