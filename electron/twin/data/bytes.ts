/**
 * Grows a UTF-8 body byte by byte. A page of 500 rows is 150 kB of small pieces; joining them as strings and encoding
 * the result costs four times what writing the bytes does, and the twin must not be what a benchmark measures.
 */

const encoder = new TextEncoder();
const HEX = encoder.encode('0123456789abcdef');
const ZERO = 48;

export class Bytes {
  #buffer = new Uint8Array(256 * 1024);
  #length = 0;

  /** Makes sure that `more` bytes fit. */
  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + more));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }

  /** Any text. Pure ASCII, the common case, is copied; the rest is encoded. */
  text(text: string): void {
    const { length } = text;
    let at = this.#length;
    if (at + length * 3 > this.#buffer.length) this.#reserve(length * 3);
    const buffer = this.#buffer;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) {
        this.#length += encoder.encodeInto(text, this.#buffer.subarray(this.#length)).written;
        return;
      }
      buffer[at++] = code;
    }
    this.#length = at;
  }

  /** The lowest `digits` hexadecimal digits of an unsigned 32-bit integer. */
  hex(word: number, digits: number): void {
    this.#reserve(8);
    const buffer = this.#buffer;
    let at = this.#length;
    for (let shift = (digits - 1) * 4; shift >= 0; shift -= 4) buffer[at++] = HEX[(word >>> shift) & 15] ?? ZERO;
    this.#length = at;
  }

  /** A whole number in decimal, padded with zeros to `digits`. */
  decimal(value: number, digits: number): void {
    this.#reserve(digits);
    const buffer = this.#buffer;
    let rest = value;
    for (let at = this.#length + digits - 1; at >= this.#length; at--) {
      const next = Math.floor(rest / 10);
      buffer[at] = ZERO + (rest - next * 10);
      rest = next;
    }
    this.#length += digits;
  }

  /** A copy of what was written. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#length);
  }
}
