/** Functions that few runs call are taken out of their modules, with what only they need. */
import { describe, expect, it } from 'vitest';
import { functionsIn, only, split } from '../../scripts/bundle/split.ts';

const ways = {
  stays: 'stays',
  taken: (piece: number) => `taken:${piece}`,
  stub: (piece: number, name: string) => `stub:${piece}:${name}`,
};

/** The lines of each piece. */
const pieces = (source: string, pieceOf: Readonly<Record<string, number>>): string[][] =>
  split('one.ts', source, new Map(Object.entries(pieceOf)), ways).sources.map((text) =>
    text.split('\n').filter((line) => line !== ''),
  );

describe('a module that is split', () => {
  it('stays whole where nothing is taken out', () => {
    const source = 'const a = 1;\nexport function f() {\n  return a;\n}';
    expect(pieces(source, {})).toEqual([source.split('\n')]);
  });

  it('has a stub for what others import, and gives what the function needs', () => {
    const source =
      "import { x } from './x.ts';\nconst a = x(1);\n" +
      'export function rare() {\n  return a;\n}\nexport const often = () => a;';
    expect(pieces(source, { rare: 1 })).toEqual([
      [
        "import { x } from './x.ts';",
        'const a = x(1);',
        'export const often = () => a;',
        'export { a };',
        'export { rare } from "stub:1:rare";',
      ],
      ['import { a } from "stays";', 'function rare() {', '  return a;', '}', 'export { rare };'],
    ]);
  });

  it('calls its own function by the stub, and loses what only that one needs', () => {
    const source =
      'const table = new Map();\nconst help = () => table;\nconst rare = () => help();\n' +
      'export const often = (a) => a && rare();';
    expect(pieces(source, { rare: 1 })).toEqual([
      ['import { rare } from "stub:1:rare";', 'export const often = (a) => a && rare();'],
      [
        'const table = new Map();',
        'const help = () => table;',
        'const rare = () => help();',
        'export { table, help, rare };',
      ],
    ]);
  });

  it('has pieces that call each other: the later one without a stub', () => {
    const source =
      'const table = new Map();\nexport const usual = (a) => a && rare(table);\n' +
      'export const rare = () => usual(table);';
    expect(pieces(source, { usual: 1, rare: 2 }).slice(1)).toEqual([
      [
        'import { rare } from "stub:2:rare";',
        'const table = new Map();',
        'const usual = (a) => a && rare(table);',
        'export { table, usual };',
      ],
      [
        'import { table, usual } from "taken:1";',
        'const rare = () => usual(table);',
        'export { rare };',
      ],
    ]);
  });

  it.each([
    ['what a variable is changed in', 'let a = 1;\nconst rare = () => { a += 1; };\nrare();'],
    ['a class', 'export class rare {}'],
    ['a constant that is no function', 'export const rare = make(1);'],
    ['what a function elsewhere makes', 'export const rare = remembered(made);'],
  ])('keeps %s', (_, source) => expect(pieces(source, { rare: 1 })).toEqual([source.split('\n')]));

  it('tells its functions and where they are', () => {
    const source =
      'function f() {}\nconst g = () => 1, h = 2;\nexport const i = remembered((a) => a);';
    expect(functionsIn('one.ts', source).map(({ name, from }) => [name, from])).toEqual([
      ['f', 0],
      ['i', source.indexOf('export')],
    ]);
  });

  it('can be left with what one thing needs', () => {
    const source = 'const a = 1;\nconst b = a;\nconst c = b;\nexport const d = { b };';
    expect(only('one.ts', source, 'd')).toBe('const a = 1;\nconst b = a;\nexport const d = { b };');
  });
});
