/**
 * What a scalar without quotes means, by the rules of go-yaml v2 (resolve.go: `resolve`), which are
 * those of YAML 1.1 without base 60, and what JSON makes of it as a key (sigs.k8s.io/yaml yaml.go:
 * `convertToJSONableObject`).
 */

import { SharedTexts } from './shared-text.ts';

export type ScalarValue = null | boolean | number | string;

const words = new Map<string, ScalarValue>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);
const longestWord = 5;

/**
 * By first character (ASCII): 1 may be one of the words, 2 may be a number, 3 both. Everything else
 * starts a string.
 */
const hints = new Uint8Array(128);
for (const word of words.keys()) hints[word.charCodeAt(0)] = 1;
for (const first of '0123456789+-.') hints[first.charCodeAt(0)] = 3;

const keys = new SharedTexts();
const values = new SharedTexts();

const prefixedInteger = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/;
const octalInteger = /^([-+]?)0([0-7]+)$/;
const decimalInteger = /^[-+]?(0|[1-9][0-9]*)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const pointFirst = /^\.[0-9]+([eE][-+]?[0-9]+)?$/;

/**
 * The value of a plain scalar. Infinities and not-a-number come back as such: JSON has none of
 * them, so the caller must refuse them.
 */
export function resolvePlain(text: string): ScalarValue {
  const value = resolved(text);
  return typeof value === 'string' ? values.of(value) : value;
}

function resolved(text: string): ScalarValue {
  const first = text.charCodeAt(0);
  const hint = first < 128 ? hints[first] : text === '' ? 1 : 0;
  if (hint === 0 || hint === undefined) return text;
  if (text.length <= longestWord) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  return hint === 3 ? resolveNumber(text) : text;
}

function resolveNumber(text: string): number | string {
  if (text.startsWith('.')) return pointFirst.test(text) ? finiteOr(Number(text), text) : text;
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  if (decimalInteger.test(digits)) return Number(digits);
  const octal = octalInteger.exec(digits);
  const integer = octal === null ? prefixedInteger.exec(digits) : null;
  const magnitude =
    octal?.[2] !== undefined
      ? BigInt(`0o${octal[2]}`)
      : integer?.[2] !== undefined
        ? BigInt(integer[2].toLowerCase())
        : undefined;
  const sign = octal?.[1] ?? integer?.[1] ?? '';
  if (magnitude !== undefined && fits(sign, magnitude))
    return Number(sign === '-' ? -magnitude : magnitude);
  return float.test(digits) ? finiteOr(Number(digits), text) : text;
}

/** strconv.ParseInt to 64 bits, then strconv.ParseUint, which takes no sign. */
function fits(sign: string, magnitude: bigint): boolean {
  if (sign === '-') return magnitude <= 2n ** 63n;
  return magnitude < (sign === '+' ? 2n ** 63n : 2n ** 64n);
}

function finiteOr(value: number, text: string): number | string {
  return Number.isFinite(value) ? value : text;
}

/** Go tells `1` from `1.0`, but only in keys. */
const looksInteger = /^[-+]?(0[xXoObB][0-9a-fA-F_]+|[0-9_]+)$/;

/**
 * A plain scalar as the key of a mapping: `on` is "true", `0x10` is "16", `1.50` is "1.5".
 * Undefined for what cannot be a key: null, and numbers from 2⁶³ on.
 */
export function resolveKey(text: string): string | undefined {
  const value = resolved(text);
  if (typeof value === 'string') return keys.of(value);
  if (value === null) return undefined;
  if (typeof value === 'boolean') return String(value);
  if (!looksInteger.test(text) || /^[-+]?0[0-9_]*[89]/.test(text)) return floatKey(value);
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  const exact = exactInteger(text.replaceAll('_', ''));
  if (exact >= 2n ** 64n || exact < -(2n ** 63n)) return floatKey(value);
  return exact < 2n ** 63n ? exact.toString() : undefined;
}

function exactInteger(digits: string): bigint {
  const magnitude = BigInt(
    digits
      .replace(/^[-+]/, '')
      .toLowerCase()
      .replace(/^0(?=[0-7])/, '0o'),
  );
  return digits.startsWith('-') ? -magnitude : magnitude;
}

/** strconv.FormatFloat(value, 'g', -1, 32): the fewest digits that give the same 32-bit float. */
function floatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits++;
  const [mantissa = '', exponent = '0'] = single.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(single.toPrecision(digits)));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
