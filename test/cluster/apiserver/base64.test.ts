import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  base64Length,
  decodeBase64,
  illegalBase64At,
} from '../../../src/cluster/apiserver/base64.ts';

describe('base64', () => {
  test('what is encoded is taken, with line ends anywhere, and its length is known', () =>
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), (bytes, at) => {
        const text = Buffer.from(bytes).toString('base64');
        const cut = at % (text.length + 1);
        const folded = `${text.slice(0, cut)}\r\n${text.slice(cut)}\n`;
        expect(illegalBase64At(folded)).toBeUndefined();
        expect(base64Length(folded)).toBe(bytes.length);
        expect(decodeBase64(folded)).toBe(Buffer.from(bytes).toString('latin1'));
      }),
    ));

  // Offsets as Go's base64.StdEncoding.DecodeString tells them.
  test.each([
    ['', undefined],
    ['hunter2!', 7],
    ['aGk', 0],
    ['aGkaG', 4],
    ['a===', 1],
    ['=', 0],
    ['aG=', 3],
    ['aG=k', 2],
    ['aG=\n=', undefined],
    ['aGk=aGk=', 4],
    ['aGk=\n', undefined],
    ['aGk_', 3],
    ['é', 0],
  ])('%j', (text, at) => expect(illegalBase64At(text)).toBe(at));
});
