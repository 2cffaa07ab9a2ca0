/** What the `yaml` package takes, and go-yaml, with which kubectl decodes, does not. */
import type { Node as YamlNode } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { Range } from './source.ts';
import { rangeOf } from './yaml-nodes.ts';
import { refusal } from './yaml-refusal.ts';

/**
 * go-yaml's reader refuses these wherever they are (readerc.go: "control characters are not
 * allowed").
 */
const controlCharacter =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

export function checkCharacters(text: string): void {
  const control = controlCharacter.exec(text);
  if (control !== null)
    throw refusal(
      'control characters are not allowed',
      [control.index, control.index + 1],
      'remove the invisible character',
    );
}

/**
 * The package lets tabs indent blank lines and more; go-yaml takes them only inside scalars and
 * flow collections.
 */
export function checkTabs(text: string, contents: YamlNode): void {
  if (!text.includes('\t')) return;
  const free: Range[] = [];
  const collect = (node: YamlNode | null): void => {
    if (isMap<YamlNode, YamlNode | null>(node) && node.flow !== true)
      for (const { key, value } of node.items) [key, value].forEach(collect);
    else if (isSeq<YamlNode>(node) && node.flow !== true) node.items.forEach(collect);
    else if (node !== null) free.push(rangeOf(node));
  };
  collect(contents);
  for (const { index, 0: indent } of text.matchAll(/^ *(?:- *)*\t(?![ \t]*#)/gm)) {
    const tab = index + indent.length - 1;
    const inside = free.find(([start, end]) => start < tab && tab < end);
    const opensBlock =
      inside !== undefined &&
      /^[|>][-+]?(?:[ \t]*#.*)?$/.test(text.slice(inside[0], tab).trimEnd());
    if (inside === undefined || opensBlock)
      throw refusal('tabs cannot indent in YAML', [tab, tab + 1], 'indent with spaces');
  }
}

/**
 * In brackets and braces a plain text ends before `?` for go-yaml, and then a comma is missing.
 * @source yaml/go-yaml scannerc.go `yaml_parser_scan_plain_scalar` @v2.4.4
 */
export function checkQuestionMarks(text: string, contents: YamlNode): void {
  if (!text.includes('?')) return;
  const check = (node: YamlNode | null, inFlow: boolean): void => {
    if (isMap<YamlNode, YamlNode | null>(node))
      for (const { key, value } of node.items)
        for (const part of [key, value]) check(part, inFlow || node.flow === true);
    else if (isSeq<YamlNode>(node))
      for (const item of node.items) check(item, inFlow || node.flow === true);
    else if (inFlow && isScalar(node) && node.type === 'PLAIN') {
      const [start, end] = rangeOf(node);
      const at = text.slice(start, end).indexOf('?', 1);
      // What is to be filled in is a placeholder.
      if (at !== -1 && !/^\?+$/.test(text.slice(start, end)))
        throw refusal(
          'a "?" inside of brackets or braces ends a text that is not quoted',
          [start + at, start + at + 1],
          'put the text in quotes',
        );
    }
  };
  check(contents, false);
}

/**
 * The package takes two escapes of JSON that go-yaml refuses: `\/` and halves of surrogate
 * pairs. The range is that of a scalar in double quotes.
 */
export function checkEscapes(text: string, [start, end]: Range): void {
  for (const match of text.slice(start, end).matchAll(/\\(u[0-9a-fA-F]{4}|[^])/g)) {
    const [escape, code] = match;
    if (code !== '/' && !/^u[dD][89a-fA-F]/.test(code ?? '')) continue;
    const help = code === '/' ? 'write / without a backslash' : 'write the character itself';
    throw refusal(
      `kubectl reads YAML 1.1, which has no escape ${escape}`,
      [start + match.index, start + match.index + escape.length],
      help,
    );
  }
}
