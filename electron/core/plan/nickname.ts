/**
 * The mailNickname of a group to be created: legal whatever the display name. Microsoft Graph (group resource):
 * at most 64 characters of ASCII, without `@ ( ) \ [ ] " ; : < > , .` and spaces. Ours are letters, digits and hyphens.
 */

const maxLength = 64;

/** Letters that do not decompose into an ASCII letter and an accent. */
const spelt: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ı: 'i',
};

/**
 * `Søren & Co. (EU)` becomes `Soren-Co-EU`, then a hyphen and the suffix. The suffix makes it unique: the caller gives
 * another one (a number, random letters) each time Graph says that the nickname is taken; '' adds nothing.
 */
export function legalNickname(displayName: string, suffix: () => string = () => ''): string {
  const tail = plain(suffix()).slice(0, maxLength / 2);
  const room = maxLength - (tail === '' ? 0 : tail.length + 1);
  const stem = trimmed(plain(displayName).slice(0, room)) || 'group';
  return tail === '' ? stem : `${stem}-${tail}`;
}

function plain(text: string): string {
  const ascii = text
    .replace(/[^\0-\x7f]/gu, (letter) => spelt[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  return trimmed(ascii.replace(/[^A-Za-z0-9]+/g, '-'));
}

function trimmed(text: string): string {
  return text.replace(/^-+|-+$/g, '');
}
