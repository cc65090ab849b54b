/**
 * Makes a screenshot small enough for a repository: the same pixels with at most 256 colours, as a palette PNG. Knows what
 * Chromium writes (8 bits a channel, no interlacing) and nothing else. Pure.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostColours = 256;

type Pixels = {
  readonly width: number;
  readonly height: number /** 0xRRGGBB, row by row. */;
  readonly rgb: Uint32Array;
};

/** The neighbour that the filter Paeth predicts from: left, above, above left. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return filter === 4 ? paeth(left, above, corner) : 0;
}

/** @throws Error when it is no PNG of 8-bit RGB or RGBA without interlacing. */
export function readPng(png: Buffer): Pixels {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('not a PNG');
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = { 2: 3, 6: 4 }[png.readUInt8(25)];
  if (png.readUInt8(24) !== 8 || channels === undefined || png.readUInt8(28) !== 0) {
    throw new Error('not a PNG of 8-bit RGB or RGBA without interlacing');
  }
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const data = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const rgb = new Uint32Array(width * height);
  let before = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)] ?? 0;
    const row = data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    for (let x = 0; x < stride; x += 1) {
      const [left, corner] = x < channels ? [0, 0] : [row[x - channels] ?? 0, before[x - channels] ?? 0];
      row[x] = (row[x] ?? 0) + predicted(filter, left, before[x] ?? 0, corner);
    }
    for (let x = 0; x < width; x += 1) rgb[y * width + x] = row.readUIntBE(x * channels, 3);
    before = row;
  }
  return { width, height, rgb };
}

const distance = (a: number, b: number): number =>
  Math.abs((a >> 16) - (b >> 16)) + Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) + Math.abs((a & 255) - (b & 255));

/** The colours that cover most pixels stay exact; each of the others becomes the nearest of them. */
function paletteOf(rgb: Uint32Array): {
  readonly palette: readonly number[];
  readonly index: ReadonlyMap<number, number>;
} {
  const counts = new Map<number, number>();
  for (const colour of rgb) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort(([a, n], [b, m]) => m - n || a - b).map(([colour]) => colour);
  const palette = byCount.slice(0, mostColours);
  const index = new Map(palette.map((colour, at) => [colour, at]));
  for (const colour of byCount.slice(mostColours)) {
    let best = 0;
    for (const [at, other] of palette.entries()) {
      if (distance(colour, other) < distance(colour, palette[best] ?? 0)) best = at;
    }
    index.set(colour, best);
  }
  return { palette, index };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** @param png what a screenshot gives; transparency is dropped. */
export function palettePng(png: Buffer): Buffer {
  const { width, height, rgb } = readPng(png);
  const { palette, index } = paletteOf(rgb);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(palette.length * 3);
  for (const [at, colour] of palette.entries()) colours.writeUIntBE(colour, at * 3, 3);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = index.get(rgb[y * width + x] ?? 0) ?? 0;
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
