/**
 * Text that somebody else wrote, put into Markdown: nothing in it may format, link, mention or
 * close anything.
 */
import { largest } from '../lists.ts';

/** For one line; code between backticks stays code. Safe in a cell of a table. */
export function inlineMarkdown(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : escaped(part)))
    .join('');
}

/** Code, whatever is in it. */
export function codeSpan(text: string): string {
  const longest = largest([0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)]);
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('|', '\\|')}${pad}${fence}`;
}

function escaped(text: string): string {
  return (
    text
      .replace(/[\\`*_[\]|~<&$]/g, (character) =>
        character === '&' ? '&amp;' : character === '<' ? '&lt;' : `\\${character}`,
      )
      // Nobody whose name is in a manifest need be called here, and no address, number of an issue
      // or mail becomes a link.
      .replace(/@(?=[\p{L}\p{N}])/gu, '@<!-- -->')
      .replace(/\b(https?|ftp|www|mailto|xmpp)(?=[:.])/gi, '$1<!-- -->')
      .replace(/(#|\bGH-)(?=\d)/gi, '$1<!-- -->')
  );
}
