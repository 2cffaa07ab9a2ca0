/**
 * How many columns a text takes: wide East Asian characters and emoji two, combining marks none.
 */
export function displayWidth(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text)
    width += /\p{Mark}|\u200b|\u200d|\ufe0f/u.test(character)
      ? 0
      : isWide(character.codePointAt(0) ?? 0)
        ? 2
        : 1;
  return width;
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/**
 * Breaks at blanks, and behind commas where a word is too long for any line; a longer one stands
 * alone on its own.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of text.split(' ').entries()) {
    const parts = displayWidth(word) > width ? word.split(/(?<=,)/) : [word];
    for (const [number, part] of parts.entries()) {
      const glue = index > 0 && number === 0 && line !== '' ? ' ' : '';
      if (line !== '' && displayWidth(line) + glue.length + displayWidth(part) > width) {
        lines.push(line);
        line = part;
      } else line += glue + part;
    }
  }
  return [...lines, line];
}

/** `1 error`, `2 errors`, `no files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`;
}

/** `http=80/TCP`, `80`: a port that may have no name. */
export function namedPort(
  name: string | undefined,
  number: number | string,
  protocol?: string,
): string {
  const named = name === undefined || name === '' ? String(number) : `${name}=${number}`;
  return protocol === undefined ? named : `${named}/${protocol}`;
}
