/** Before a spread that begins a literal the build puts one of nothing; nothing else is changed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { withPaddedSpreads } from '../../scripts/bundle/spreads.ts';

describe('spreads at the beginning of literals', () => {
  it.each([
    ['{ ...one, two }', '{ ..."", ...one, two }'],
    ['{\n  ...one,\n  two,\n}', '{\n  ..."", ...one,\n  two,\n}'],
    ['{ ...(one && two) }', '{ ..."", ...(one && two) }'],
    ['{ one, ...two }', '{ one, ...two }'],
    ['[...one]', '[...one]'],
    ['f(...one)', 'f(...one)'],
  ])('%j', (source, padded) => expect(withPaddedSpreads(source)).toBe(padded));

  it('are all that looks like it in the sources', () => {
    const root = join(import.meta.dirname, '../..');
    const odd = ['src', 'rules'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .filter((name) => {
          const text = readFileSync(join(root, folder, name), 'utf8');
          const padded = withPaddedSpreads(text).split('..."", ...').length - 1;
          return padded !== leadingSpreads(text);
        }),
    );
    expect(odd).toEqual([]);
  }, 60_000);
});

function leadingSpreads(text: string): number {
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && node.properties[0]?.kind === spread) count += 1;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('one.ts', text, ts.ScriptTarget.Latest));
  return count;
}

const spread = ts.SyntaxKind.SpreadAssignment;
