/** How Go prints values inside error messages. */
import { type Json, withSortedKeys } from '../../kubernetes/json.ts';
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
  return JSON.stringify(withSortedKeys(value)).replace(
    /[<>&]/g,
    (char) => `\\u00${char.charCodeAt(0).toString(16)}`,
  );
}

/** `fmt.Sprint([]string)`. */
export function goSlice(values: readonly string[]): string {
  return `[${values.join(' ')}]`;
}
