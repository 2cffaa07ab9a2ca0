/**
 * Text that strangers have a part in, made safe for what reads it: a terminal, a reader's eye, the
 * log of a CI system. Everything that is printed comes through one of these.
 */

/** What runners obey anywhere in a line. */
export const command = /##(?=\w*\[)/g;
/** What they obey at the beginning of one, behind white space and colours. */
// eslint-disable-next-line no-control-regex -- colours begin with one
const colons = /^((?:[^\S\r\n\u2028\u2029]|\u001b\[[\d;]*m)*):(?=:)/gm;

/**
 * Control characters, formatting ones (those that turn the direction of writing among them), breaks
 * of lines and paragraphs, and halves of characters.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const everyUnprintable = new RegExp(unprintable, 'gu');

/**
 * One line of text in which nothing steers a terminal or hides from the eye. Control characters
 * become pictures of themselves, tabs two blanks, a byte of a name that is not UTF-8
 * (`src/files/raw-name.ts`) `\\xe9`, everything else the replacement character.
 */
export function printable(text: string): string {
  return unprintable.test(text) ? text.replace(everyUnprintable, picture) : text;
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\t') return '  ';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return isRawByte(code) ? `\\x${(code - 0xdc00).toString(16)}` : '\ufffd';
}

function isRawByte(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}

/** The same for text of several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/**
 * A path as it stands at the beginning of a line: one that begins like a command gets the `./` that
 * every path may have.
 */
export function shownPath(path: string): string {
  const shown = printable(path);
  return /^\s*(::|##)/.test(shown) ? `./${shown}` : shown;
}

/**
 * Nothing in the lines is a command to a CI system. GitHub's runner obeys `::` behind the white
 * space that a line begins with, and `##[` anywhere (actions/runner, `ActionCommand.cs`); Azure
 * Pipelines obeys `##vso[`, TeamCity `##teamcity[`.
 */
export function harmless(text: string): string {
  if (!text.includes('::') && !text.includes('##')) return text;
  return text.replace(colons, '$1: ').replace(command, '## ');
}

/**
 * JSON of the same value, in which what cannot be printed is escaped, and no line can be a command.
 * Halves of characters, which many readers refuse, are shown as `printable` shows them.
 */
export function jsonText(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, null, indent)
    .replace(command, '#\\u0023')
    .replace(/(?<!\\)((?:\\\\)*)\\u(d[89a-f][0-9a-f]{2})/g, (_, before: string, hex: string) => {
      const code = parseInt(hex, 16);
      return `${before}${isRawByte(code) ? `\\\\x${hex.slice(2)}` : '\ufffd'}`;
    });
  return escaped(text);
}

/**
 * YAML of the same value. Where a line of it could be a command, or holds what cannot be printed,
 * every text is in double quotes, which can escape both.
 * @param write gives the YAML, with more options of `stringify` of the library yaml
 */
export function yamlText(write: (more: object) => string): string {
  const text = write({});
  // Of blanks at the end of a line a block keeps not all.
  const isPlain = harmless(text) === text && printableLines(text) === text;
  if (isPlain && !/[ \t]$/m.test(text)) return text;
  const quoted = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' };
  return escaped(
    write({ ...quoted, blockQuote: false, doubleQuotedMinMultiLineLength: 1e9 }).replace(
      command,
      '#\\x23',
    ),
  );
}

/** In double quotes, of JSON as of YAML. */
function escaped(text: string): string {
  if (!/[^\u0000-\u007e]/.test(text)) return text; // eslint-disable-line no-control-regex
  return text.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => hexEscape(character, index)).join(''),
  );
}

function hexEscape(text: string, index: number): string {
  return `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
}
