/** Codes of the characters that YAML's structure is made of. */

export const tab = 0x09;
export const newline = 0x0a;
export const carriageReturn = 0x0d;
export const space = 0x20;
export const doubleQuote = 0x22;
export const hash = 0x23;
export const percent = 0x25;
export const singleQuote = 0x27;
export const comma = 0x2c;
export const dash = 0x2d;
export const dot = 0x2e;
export const colon = 0x3a;
export const greaterThan = 0x3e;
export const questionMark = 0x3f;
export const openBracket = 0x5b;
export const backslash = 0x5c;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const pipe = 0x7c;
export const closeBrace = 0x7d;

/** A blank, a line break or the end of the text; a tab counts. */
export function isBlank(char: number): boolean {
  return char <= space || Number.isNaN(char);
}

export function isQuote(char: number): boolean {
  return char === doubleQuote || char === singleQuote;
}
