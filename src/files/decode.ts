/** From bytes to text, as a YAML or JSON reader needs it: UTF-8, without a byte order mark. */
import { isUtf8 } from 'node:buffer';
import type { InputProblem } from './inputs.ts';

export type Decoded = { readonly text: string } | Pick<InputProblem, 'code' | 'message'>;

const byteOrderMark = '\uFEFF';

/**
 * kubectl takes a byte order mark in its stride; UTF-16 it would read only in part, so we say how
 * to convert it.
 */
export function decode(bytes: Buffer): Decoded {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) {
    return {
      code: 'encoding',
      message:
        `is ${utf16}, not UTF-8; convert it: iconv -f ${utf16} -t UTF-8, in PowerShell ` +
        'Out-File -Encoding utf8',
    };
  }
  if (bytes.includes(0)) return { code: 'binary', message: 'is a binary file: it holds NUL bytes' };
  if (!isUtf8(bytes)) {
    const offset = firstInvalidByte(bytes);
    const line = bytes.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1;
    const byte = bytes[offset]?.toString(16).padStart(2, '0') ?? '';
    return {
      code: 'encoding',
      message:
        `is not UTF-8: byte 0x${byte} on line ${line} starts no character; convert it: iconv ` +
        '-f ISO-8859-1 -t UTF-8',
    };
  }
  const text = bytes.toString('utf8');
  return { text: text.startsWith(byteOrderMark) ? text.slice(1) : text };
}

/** By its byte order mark, or by the NUL that every other byte of plain English is. */
function utf16Of(bytes: Buffer): 'UTF-16LE' | 'UTF-16BE' | undefined {
  const [first, second] = bytes;
  if (bytes.length < 2) return undefined;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && bytes[3] === 0))
    return 'UTF-16LE';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && bytes[2] === 0))
    return 'UTF-16BE';
  return undefined;
}

/** The first replacement character that is not in the file itself stands where decoding failed. */
function firstInvalidByte(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) {
    const offset = Buffer.byteLength(text.slice(0, at));
    if (bytes.readUIntBE(offset, Math.min(3, bytes.length - offset)) !== 0xefbfbd) return offset;
  }
  return 0;
}
