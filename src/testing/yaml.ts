/**
 * Manifests in tests: the text of a template literal without its common indentation and its first
 * line break, so that line 1 is the first line seen. Values are put in as they are.
 */
import { smallest } from '../lists.ts';

export function yaml(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const lines = parts.join('\0').replace(/^\n/, '').replace(/\n *$/, '\n').split('\n');
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const indent = smallest(indents);
  const text = lines.map((line) => line.slice(indent)).join('\n');
  let next = 0;
  return text.replaceAll('\0', () => String(values[next++]));
}
