/**
 * What the environment offers for signing, decided once and said aloud. Pure. A missing secret gives an unsigned package and
 * a line that says so; with RISKDESK_REQUIRE_SIGNED=1 it is refused with the same line. Values are never repeated.
 */
export type Env = Readonly<Record<string, string | undefined>>;
export type Platform = 'win32' | 'darwin' | 'linux';

export type Signing = {
  /** How the package is signed; null: it is not. */
  readonly by: 'certificate' | 'azure' | null;
  /** macOS alone: Apple sees it too. */
  readonly notarise: boolean;
  /** What to tell whoever packs, a sentence each. */
  readonly lines: readonly string[];
};

const azure = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'RISKDESK_AZURE_ENDPOINT',
  'RISKDESK_AZURE_ACCOUNT',
  'RISKDESK_AZURE_PROFILE',
  'RISKDESK_WIN_PUBLISHER',
];
const windowsCertificate = ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'];
const macCertificate = ['CSC_LINK', 'CSC_KEY_PASSWORD'];
const appleKey = ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'];
const appleAccount = ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'];

/** Every variable that this file reads; an empty one counts as absent, because build servers pass missing secrets so. */
export const signingVariables = [...azure, ...windowsCertificate, ...macCertificate, ...appleKey, ...appleAccount];

const missingOf = (env: Env, names: readonly string[]) => names.filter((name) => !env[name]);
const list = (names: readonly string[]) => names.join(', ');

/** The complete set among `sets`, or the sentence that says what is missing: of the set that was begun, or of all. */
function choose(
  env: Env,
  sets: readonly (readonly string[])[],
): { readonly found: number } | { readonly found: null; readonly missing: string } {
  const found = sets.findIndex((names) => missingOf(env, names).length === 0);
  if (found >= 0) return { found };
  const begun = sets.find((names) => missingOf(env, names).length < names.length);
  if (begun !== undefined) return { found: null, missing: `${list(missingOf(env, begun))} missing` };
  return { found: null, missing: `set ${sets.map(list).join(', or ')}` };
}

export function signingFor(platform: Platform, env: Env): Signing {
  switch (platform) {
    case 'linux':
      return {
        by: null,
        notarise: false,
        lines: ['Linux packages carry no signature of their own: publish SHA256SUMS and the provenance beside them.'],
      };
    case 'win32': {
      const chosen = choose(env, [windowsCertificate, azure]);
      if (chosen.found === null) return unsigned('Windows', chosen.missing);
      return { by: chosen.found === 0 ? 'certificate' : 'azure', notarise: false, lines: [] };
    }
    case 'darwin': {
      const chosen = choose(env, [macCertificate]);
      if (chosen.found === null) return unsigned('macOS', chosen.missing);
      const apple = choose(env, [appleKey, appleAccount]);
      if (apple.found !== null) return { by: 'certificate', notarise: true, lines: [] };
      return {
        by: 'certificate',
        notarise: false,
        lines: [`NOT NOTARISED: ${apple.missing}. macOS will warn whoever opens a downloaded copy.`],
      };
    }
  }
}

function unsigned(name: string, missing: string): Signing {
  return {
    by: null,
    notarise: false,
    lines: [
      `UNSIGNED ${name} package: ${missing}. The system will warn whoever opens it, and it will not update itself.`,
    ],
  };
}

/** Throws the reason when RISKDESK_REQUIRE_SIGNED=1 and something is missing. Linux has nothing to sign. */
export function requireSigned(platform: Platform, signing: Signing, env: Env): void {
  if (env.RISKDESK_REQUIRE_SIGNED !== '1' || platform === 'linux') return;
  if (signing.lines.length > 0) throw new Error(`RISKDESK_REQUIRE_SIGNED is set. ${signing.lines.join(' ')}`);
}
