/** What `describe` is made of: labels with values beside them, and sections below. */
import { printable } from './safe-text.ts';
import { padEnd, wrap } from './text.ts';

export type Fact = readonly [label: string, value: string];

const labelWidth = 19;

export function factLines(label: string, value: string, width: number): string[] {
  const [first = '', ...rest] = wrap(printable(value), Math.max(30, width - labelWidth));
  return [
    `${padEnd(label, labelWidth)}${first}`,
    ...rest.map((line) => `${' '.repeat(labelWidth)}${line}`),
  ];
}

export function sectionLines(texts: readonly string[], width: number): string[] {
  return texts.flatMap((text) =>
    wrap(printable(text), width - 4).map((part, index) => `${index === 0 ? '  ' : '    '}${part}`),
  );
}
