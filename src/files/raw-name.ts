/**
 * Names of files that are not UTF-8. Linux takes any bytes; a text cannot hold them. A byte that is
 * part of no character stands in a path as a lone surrogate, U+DC00 and the byte, as in Python (PEP
 * 383): no other name can look like that, and the way back is exact.
 */
import { isUtf8 } from 'node:buffer';

const escapes = /([\u{dc80}-\u{dcff}])/u;

/** As Node's functions take it. */
export function rawPath(path: string): string | Buffer {
  if (!escapes.test(path)) return path;
  const parts = path.split(escapes);
  return Buffer.concat(
    parts.map((part, index) =>
      index % 2 === 1 ? Buffer.from([part.charCodeAt(0) - 0xdc00]) : Buffer.from(part),
    ),
  );
}

export function pathOf(raw: Buffer): string {
  if (isUtf8(raw)) return raw.toString('utf8');
  let path = '';
  for (let at = 0; at < raw.length;) {
    const length = [1, 2, 3, 4].find((count) => isUtf8(raw.subarray(at, at + count)));
    if (length === undefined || at + length > raw.length) {
      path += String.fromCharCode(0xdc00 + (raw[at] ?? 0));
      at += 1;
    } else {
      path += raw.toString('utf8', at, at + length);
      at += length;
    }
  }
  return path;
}

/** Where Node has put a replacement character, a byte may have been lost. */
export function mayBeRaw(name: string): boolean {
  return name.includes('\ufffd');
}
