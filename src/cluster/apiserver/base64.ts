/** Bytes in JSON, which Go writes in base64. */

/**
 * Where Go stops reading a text as base64: the number of the byte in its `CorruptInputError`, or
 * undefined where it takes the text. Line ends do not count, padding must be there
 * (encoding/base64/base64.go `decodeQuantum`).
 */
export function illegalBase64At(text: string): number | undefined {
  const digits = lengthOf(/[A-Za-z0-9+/\r\n]*/y, text, 0);
  const left = text.slice(0, digits).replace(/[\r\n]+/g, '').length % 4;
  if (digits === text.length) return left === 0 ? undefined : digits - left;
  if (text[digits] !== '=' || left < 2) return digits;
  let padding = digits;
  if (left === 2) {
    padding += 1 + lengthOf(/[\r\n]*/y, text, digits + 1);
    if (padding === text.length) return padding;
    if (text[padding] !== '=') return padding - 1;
  }
  const end = padding + 1 + lengthOf(/[\r\n]*/y, text, padding + 1);
  return end === text.length ? undefined : end;
}

function lengthOf(sticky: RegExp, text: string, from: number): number {
  sticky.lastIndex = from;
  return sticky.exec(text)?.[0].length ?? 0;
}

/** How many bytes a text stands for that is base64. */
export function base64Length(text: string): number {
  return Math.floor((text.replace(/[=\r\n]+/g, '').length * 3) / 4);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of a text that is base64, each as one character. */
export function decodeBase64(text: string): string {
  let [decoded, bits, count] = ['', 0, 0];
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit === -1) continue;
    bits = ((bits << 6) | digit) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    decoded += String.fromCharCode((bits >> count) & 0xff);
  }
  return decoded;
}
