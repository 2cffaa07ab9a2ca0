/** XML 1.0, as far as reports need it: elements, attributes, text. */
import { printable } from './text.ts';
import { getOwn } from '../own.ts';

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
  if (typeof content === 'string') return [`${tag}>${escaped(content, /[&<>\r]/g)}</${name}>`];
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

/** What an XML document cannot hold even escaped (control characters, half characters) becomes a picture of itself. */
function escaped(text: string, special: RegExp): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, printable) // eslint-disable-line no-control-regex
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(
      special,
      (character) => getOwn(entities, character) ?? `&#${character.charCodeAt(0)};`,
    );
}
