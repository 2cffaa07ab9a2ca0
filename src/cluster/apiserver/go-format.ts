/** How Go prints values inside error messages. */
import type { Json } from '../../manifest/node.ts';
import { getOwn } from '../../own.ts';

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};
// eslint-disable-next-line no-control-regex -- control characters are what is escaped
const special = /["\\\u0000-\u001f\u007f]/g;

/** `strconv.Quote`. */
export function goQuote(value: string): string {
  const hexadecimal = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0');
  const escaped = value.replace(
    special,
    (char) => getOwn(escapes, char) ?? `\\x${hexadecimal(char)}`,
  );
  return `"${escaped}"`;
}

/** `json.Marshal` of a map or slice: keys sorted, `<`, `>` and `&` escaped. */
export function goJson(value: Json): string {
  return JSON.stringify(sortKeys(value)).replace(
    /[<>&]/g,
    (char) => `\\u00${char.charCodeAt(0).toString(16)}`,
  );
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(getOwn(value, key) as Json)]),
  );
}

/** `fmt.Sprint([]string)`. */
export function goSlice(values: readonly string[]): string {
  return `[${values.join(' ')}]`;
}
