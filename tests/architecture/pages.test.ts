/**
 * The pages hang together: every link leads to a page and a heading that exist, every picture is made by
 * `npm run docs:pictures` and shown somewhere, and every npm script and file that a page tells people to run is there.
 * Leaves out what the pages say (docs.test.ts) and running their commands (tests/cli/pages.test.ts).
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { scenes } from '../browser/docsScenes.ts';
import { readPng } from '../browser/palettePng.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const pictures = join(root, 'docs/pictures');
/** Drawn by hand. */
const drawn = ['dataflow.svg'];
const made = scenes.flatMap((scene) => scene.pictures.map((name) => `${name}.png`));

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const read = (page: string) => readFileSync(join(root, page), 'utf8');
/** Without fenced blocks, in which brackets and hashes mean something else. */
const prose = (page: string) => read(page).replace(/^```[\s\S]*?^```$/gm, '');

/** As GitHub makes them of headings; a repeated one gets a number. */
function anchorsOf(page: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...prose(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}

const linksOf = (page: string) =>
  [...prose(page).matchAll(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, mark, words = '', target = '']) => ({
    picture: mark === '!',
    words,
    target,
  }));
const shown = (page: string) =>
  linksOf(page)
    .filter(({ picture }) => picture)
    .map(({ target }) => relative(pictures, join(root, dirname(page), target)));

describe.each(pages)('%s', (page) => {
  it('links to pages and headings that exist', () => {
    for (const { target } of linksOf(page)) {
      if (/^(https?|mailto|riskdesk):/.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? page : relative(root, join(root, dirname(page), file)).replaceAll('\\', '/');
      expect(existsSync(join(root, path)), `${target} in ${page}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(path), `${target} in ${page}`).toContain(anchor);
    }
  });

  it('shows pictures that are made, each with words for those who cannot see it', () => {
    for (const picture of shown(page)) expect([...made, ...drawn]).toContain(picture);
    for (const { picture, words } of linksOf(page)) if (picture) expect(words.length).toBeGreaterThan(5);
  });

  it('names npm scripts and files that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    for (const [, name = ''] of read(page).matchAll(/(?:^|`)npm (?:run )?(?:-s )?([a-z][a-z:]+)/gm)) {
      if (!['ci', 'install', 'rebuild'].includes(name))
        expect(scripts, `npm run ${name} in ${page}`).toHaveProperty([name]);
    }
    for (const [, file = ''] of read(page).matchAll(/(?:node|vitest run) ((?:scripts|tests|electron)\/[\w./-]+)/g)) {
      expect(existsSync(join(root, file)) || existsSync(join(root, `${file}.test.ts`)), `${file} in ${page}`).toBe(
        true,
      );
    }
  });
});

it('README names the two commands that the first start knows', () => {
  const named = [...read('README.md').matchAll(/`node scripts\/fresh\.mjs (\w+)`/g)].map(([, name]) => name);
  const known = [...read('scripts/fresh.mjs').matchAll(/^ {2}case '(\w+)':$/gm)].map(([, name]) => name);
  expect(named).toEqual(known);
});

describe('docs/pictures', () => {
  it('holds what the script makes and what was drawn, and every picture is shown on a page', () => {
    expect(new Set(made).size).toBe(made.length);
    expect(readdirSync(pictures).sort()).toEqual([...made, ...drawn].sort());
    const everywhere = new Set(pages.flatMap(shown));
    expect([...made, ...drawn].filter((name) => !everywhere.has(name))).toEqual([]);
  });

  it('is small, and every picture has the size of the window', () => {
    const sizes = made.map((name) => statSync(join(pictures, name)).size);
    expect(Math.max(...sizes)).toBeLessThan(150_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_000_000);
    for (const name of made) {
      const head = readFileSync(join(pictures, name));
      expect([head.readUInt32BE(16), head.readUInt32BE(20)]).toEqual([1280, 800]);
      expect(() => readPng(head), 'a palette, not the screenshot as it came').toThrow(/8-bit RGB/);
    }
  });
});
