/**
 * What electron-builder makes, for every platform. A function of the environment, so that a test can ask what would happen
 * with and without secrets. Deliberately absent: publishing, which the release workflow does after all platforms are there.
 */
import type { Configuration } from 'electron-builder';
import { rulesExtension } from '../../electron/hosts/desktop/rulesFile.ts';
import { afterPack } from './afterPack.ts';
import { type Env, type Platform, signingFor } from './signing.ts';

/**
 * Everything but the bundles and two native packages stays out: what those need at run time is named, so a new file of
 * theirs is not packed until somebody looked at it.
 */
const packedFiles = (platform: Platform) => [
  'package.json',
  'out/{main,preload,renderer}/**',
  '!out/**/*.map',
  '!**/node_modules/**',
  'node_modules/better-sqlite3/{package.json,LICENSE}',
  'node_modules/better-sqlite3/lib/**/*.js',
  // `${arch}` is for electron-builder to fill in; its `${platform}` would be the machine that packs.
  `node_modules/better-sqlite3/prebuilds/${platform}-\${arch}.node`,
  'node_modules/keytar/{package.json,LICENSE.md}',
  'node_modules/keytar/lib/*.js',
  'node_modules/keytar/build/Release/keytar.node',
];

/** Where updates come from; null: this package has no source and does not look for any. */
function publishTo(env: Env, signed: boolean): Configuration['publish'] {
  if (!signed) return null;
  const { RISKDESK_UPDATES_URL: url, RISKDESK_UPDATES_GITHUB: repository } = env;
  if (url) return { provider: 'generic', url, channel: 'latest' };
  const [owner, repo] = repository?.split('/') ?? [];
  return owner && repo ? { provider: 'github', owner, repo, releaseType: 'draft' } : null;
}

/** `platform` is the one that is packed for; it equals the machine's but for directories that a check makes. */
export function makeConfig(env: Env, platform: Platform): Configuration {
  const signing = signingFor(platform, env);
  return {
    appId: 'org.riskdesk.desktop',
    productName: 'Riskdesk',
    copyright: 'Copyright © 2026 The Riskdesk developers',
    directories: { output: 'dist', buildResources: 'resources' },
    files: packedFiles(platform),
    // Only the binaries lie outside: scripts stay where the asar's integrity check covers them.
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node'],
    extraResources: [
      { from: 'out/THIRD-PARTY-NOTICES.txt', to: 'THIRD-PARTY-NOTICES.txt' },
      { from: 'LICENSE', to: 'LICENSE.riskdesk.txt' },
    ],
    // Both native packages bind to Node-API, which is the same in Node and in Electron: nothing is built again.
    npmRebuild: false,
    removePackageScripts: true,
    afterPack,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    publish: publishTo(env, platform === 'linux' || signing.by !== null),
    releaseInfo: { releaseNotesFile: 'out/release-notes.txt' },
    protocols: [{ name: 'Riskdesk', schemes: ['riskdesk'] }],
    fileAssociations: [
      {
        ext: rulesExtension,
        name: 'Riskdesk rules',
        description: 'Rules exported from Riskdesk',
        mimeType: 'application/x-riskdesk-rules',
        role: 'Viewer',
      },
    ],
    win: {
      icon: 'resources/icon.ico',
      target: ['nsis', 'msi'],
      extraFiles: [{ from: 'resources/cli/riskdesk-cli.cmd', to: 'riskdesk-cli.cmd' }],
      // An unsigned update must never replace a signed program.
      verifyUpdateCodeSignature: true,
      ...(signing.by === 'azure' && {
        azureSignOptions: {
          publisherName: env.RISKDESK_WIN_PUBLISHER ?? '',
          endpoint: env.RISKDESK_AZURE_ENDPOINT ?? '',
          codeSigningAccountName: env.RISKDESK_AZURE_ACCOUNT ?? '',
          certificateProfileName: env.RISKDESK_AZURE_PROFILE ?? '',
        },
      }),
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      // Nobody is asked for an administrator's password; whoever has one takes the MSI.
      allowElevation: false,
      selectPerMachineByDefault: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in
      artifactName: '${productName}-${version}-setup-${arch}.${ext}',
    },
    msi: {
      // For an administrator's tools: for all users of the machine, without questions.
      oneClick: true,
      perMachine: true,
      runAfterFinish: false,
      // The same code in every version is what lets one MSI replace the last.
      upgradeCode: '7c1b6f0e-2c0a-4bb0-9b0e-6a8f1d3c5e21',
    },
    mac: {
      icon: 'resources/icon.icns',
      target: ['dmg', 'zip'],
      category: 'public.app-category.utilities',
      minimumSystemVersion: '13.0',
      hardenedRuntime: signing.by !== null,
      gatekeeperAssess: false,
      entitlements: 'resources/entitlements.mac.plist',
      entitlementsInherit: 'resources/entitlements.mac.inherit.plist',
      notarize: signing.notarise,
      extendInfo: { NSSupportsAutomaticGraphicsSwitching: true },
      extraResources: [{ from: 'resources/cli/riskdesk-cli', to: 'riskdesk-cli' }],
      // Apple silicon runs nothing without a signature; '-' is the one that names nobody.
      ...(signing.by === null && { identity: '-' }),
    },
    dmg: { sign: false },
    linux: {
      icon: 'resources/icons',
      target: ['AppImage', 'deb'],
      category: 'System;Security',
      executableName: 'riskdesk',
      synopsis: 'A desk for the risky users of Microsoft Entra ID Protection',
      // A name alone: dpkg asks for no address, and the project has none to give.
      maintainer: 'The Riskdesk developers',
      vendor: 'The Riskdesk developers',
      extraFiles: [{ from: 'resources/cli/riskdesk-cli', to: 'riskdesk-cli' }],
    },
    deb: {
      depends: [
        'libgtk-3-0',
        'libnotify4',
        'libnss3',
        'libxss1',
        'libxtst6',
        'xdg-utils',
        'libatspi2.0-0',
        'libuuid1',
        'libsecret-1-0',
      ],
      fpm: ['resources/cli/riskdesk-cli=/usr/bin/riskdesk-cli'],
    },
  };
}
