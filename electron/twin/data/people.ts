/**
 * Who user N is: display name and user principal name, computed on demand. One user in a hundred or so is awkward in a
 * way that real directories are: no name, odd casing, a UPN that somebody else has too, a guest. The awkward ones are
 * spread evenly, so that every tenant of 1,000 has each kind.
 */
import type { Bytes } from './bytes.ts';
import { hash, pick } from './hash.ts';
import { domains, familyNames, givenNames, oddNames, partnerDomains } from './names.ts';

export type People = {
  /** As the risk service knows it; may be null. */
  displayName(index: number): string | null;
  /** As the risk service knows it; may be null. */
  userPrincipalName(index: number): string | null;
  /** The same as JSON, straight into a body. */
  writeDisplayName(index: number, out: Bytes): void;
  writeUserPrincipalName(index: number, out: Bytes): void;
  isGuest(index: number): boolean;
  /** As the directory knows it: never null. */
  directoryName(index: number): string;
  directoryUpn(index: number): string;
};

const STRIDE = 617; // coprime with 1,000: neighbours in the list are of different kinds

function fold(name: string): string {
  return name
    .replace(/[Łł]/g, 'l')
    .replace(/[Øø]/g, 'o')
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}

const foldedGiven = new Map(givenNames.map((name) => [name, fold(name)]));
const foldedFamily = new Map(familyNames.map((name) => [name, fold(name)]));

export function makePeople(seed: number): People {
  const offset = hash(seed, 0, 0x9e0) % 1000;
  const kindOf = (index: number): number => (index * STRIDE + offset) % 1000;
  const given = (index: number): string => pick(givenNames, hash(seed, index, 11));
  const family = (index: number): string => pick(familyNames, hash(seed, index, 12));
  const local = (index: number): string =>
    `${foldedGiven.get(given(index)) ?? ''}.${foldedFamily.get(family(index)) ?? ''}${index}`;
  const plainUpn = (index: number): string => `${local(index)}@${pick(domains, hash(seed, index, 13))}`;
  const guest = (kind: number): boolean => kind >= 10 && kind < 14;
  const odd = (kind: number): boolean => kind >= 3 && kind < 8;

  const displayName = (index: number): string | null => {
    const kind = kindOf(index);
    if (kind === 0 || kind === 2) return null;
    if (odd(kind)) return pick(oddNames, hash(seed, index, 14));
    return `${given(index)} ${family(index)}`;
  };
  const userPrincipalName = (index: number): string | null => {
    const kind = kindOf(index);
    if (kind === 1 || kind === 2) return null;
    if (kind === 8 && index > 0) return plainUpn(index - 1).toUpperCase();
    if (kind === 9 && index > 0) return plainUpn(index - 1);
    if (guest(kind)) {
      return `${local(index)}_${pick(partnerDomains, hash(seed, index, 15))}#EXT#@contoso.onmicrosoft.com`;
    }
    const upn = plainUpn(index);
    if (kind >= 20 && kind < 40) return upn.charAt(0).toUpperCase() + upn.slice(1).replace('@c', '@C');
    return upn;
  };

  return {
    displayName,
    userPrincipalName,
    writeDisplayName(index, out) {
      const kind = kindOf(index);
      if (kind < 8) {
        out.text(JSON.stringify(displayName(index)));
        return;
      }
      out.text('"');
      out.text(given(index));
      out.text(' ');
      out.text(family(index));
      out.text('"');
    },
    writeUserPrincipalName(index, out) {
      const kind = kindOf(index);
      if (kind < 40) {
        out.text(JSON.stringify(userPrincipalName(index)));
        return;
      }
      out.text('"');
      out.text(foldedGiven.get(given(index)) ?? '');
      out.text('.');
      out.text(foldedFamily.get(family(index)) ?? '');
      out.text(String(index));
      out.text('@');
      out.text(pick(domains, hash(seed, index, 13)));
      out.text('"');
    },
    isGuest: (index) => guest(kindOf(index)),
    directoryName: (index) => displayName(index) ?? `${given(index)} ${family(index)}`,
    directoryUpn: (index) => userPrincipalName(index) ?? plainUpn(index),
  };
}
