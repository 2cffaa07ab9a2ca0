/** XML 1.0, as far as reports need it: elements, attributes, text. */
import { getOwn } from '../own.ts';
import { command, printable } from './safe-text.ts';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Other elements, or text that is kept to the last blank. */
  readonly content: readonly Element[] | string;
}

export function element(
  name: string,
  attributes: Element['attributes'],
  content: Element['content'] = [],
): Element {
  return { name, attributes, content };
}

export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${lines(root, '').join('\n')}\n`;
}

function lines({ name, attributes, content }: Element, indent: string): string[] {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(String(value), /[&<>"\t\n\r]/g)}"`,
  );
  const tag = `${indent}<${name}${written.join('')}`;
  if (typeof content === 'string') return [`${tag}>${escaped(content, /[&<>\t\r]/g)}</${name}>`];
  if (content.length === 0) return [`${tag}/>`];
  return [
    `${tag}>`,
    ...content.flatMap((child) => lines(child, `${indent}  `)),
    `${indent}</${name}>`,
  ];
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * What cannot be printed becomes a picture of itself, but for breaks and tabs, which XML can hold;
 * `##[` is a command to runners of GitHub.
 */
function escaped(text: string, special: RegExp): string {
  return text
    .replace(/[^\t\n\r]+/g, printable)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(special, (character) => getOwn(entities, character) ?? `&#${character.charCodeAt(0)};`)
    .replace(command, '#&#35;')
    .replace(/^([^\S\r\n\u2028\u2029]*):(?=:)/gm, '$1&#58;');
}
