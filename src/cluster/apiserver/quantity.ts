/** Scalars with a grammar of their own. */
import type { Json } from '../../kubernetes/json.ts';
import { goQuote } from './go-format.ts';

const quantity = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const quantityFormat = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$';

/** Why apimachinery's `resource.ParseQuantity` would not take a value. */
export function quantityProblem(value: Json): string | undefined {
  if (typeof value === 'number') return undefined;
  const text = typeof value === 'string' ? value.trim() : '';
  if (quantity.test(text)) return undefined;
  // A well-formed number with a suffix that is not one is told apart from what is not a number at
  // all.
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eEinumkKMGTP]+[-+]?\d*|[-+]\d*)?$/.test(text))
    return "unable to parse quantity's suffix";
  return `quantities must match the regular expression '${quantityFormat}'`;
}

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Why `time.Parse(time.RFC3339, …)` would not take a text. */
export function timeProblem(text: string): string | undefined {
  if (rfc3339.test(text)) return undefined;
  return (
    `parsing time ${goQuote(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ` +
    `${goQuote(text)} as "2006"`
  );
}

/** An amount in units of 10⁻⁹, the finest that a Quantity keeps, and the way it was written. */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: 'decimal' | 'binary' | 'exponent';
}

const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const nano = 1_000_000_000n;

/**
 * `resource.ParseQuantity` of a value that is well-formed; undefined otherwise. Finer amounts are
 * rounded up.
 */
export function parseQuantity(value: Json | undefined): Quantity | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:([A-Za-z]+)([+-]?\d*))?$/.exec(
    typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '',
  );
  if (match === null || value === undefined || quantityProblem(value) !== undefined)
    return undefined;
  const [, sign, whole = '', fraction = '', suffix = '', exponent = ''] = match;
  const mantissa = BigInt(`${whole}${fraction}`);
  let [numerator, denominator] = [mantissa * nano, 10n ** BigInt(fraction.length)];
  let format: Quantity['format'] = 'decimal';
  if (exponent !== '') {
    format = 'exponent';
    // No amount that there is needs more.
    const power = 10n ** BigInt(Math.min(Math.abs(Number(exponent)), 1000));
    if (exponent.startsWith('-')) denominator *= power;
    else numerator *= power;
  } else if (binarySuffixes.indexOf(suffix) > 0) {
    format = 'binary';
    numerator *= 1024n ** BigInt(binarySuffixes.indexOf(suffix));
  } else {
    numerator *= 1000n ** BigInt(decimalSuffixes.indexOf(suffix));
    denominator *= nano;
  }
  const nanos = (numerator + denominator - 1n) / denominator;
  return { nanos: sign === '-' ? -nanos : nanos, format };
}

export function isWhole({ nanos }: Quantity): boolean {
  return nanos % nano === 0n;
}

/** `Quantity.String`: the greatest unit that needs no fraction. */
export function printQuantity({ nanos, format }: Quantity): string {
  if (nanos === 0n) return '0';
  const units = nanos / nano;
  if (format === 'binary' && nanos % nano === 0n && (units >= 1024n || units <= -1024n)) {
    let [amount, suffix] = [units, 0];
    while (suffix < 6 && amount % 1024n === 0n) [amount, suffix] = [amount / 1024n, suffix + 1];
    return `${amount}${binarySuffixes[suffix]}`;
  }
  let [amount, suffix] = [nanos, 0];
  while (suffix < 9 && amount % 1000n === 0n) [amount, suffix] = [amount / 1000n, suffix + 1];
  if (format !== 'exponent') return `${amount}${decimalSuffixes[suffix]}`;
  return suffix === 3 ? String(amount) : `${amount}e${(suffix - 3) * 3}`;
}
