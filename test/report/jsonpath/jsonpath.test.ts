import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render, walk } from '../../../src/report/jsonpath/evaluate.ts';
import { parsePath, parseTemplate } from '../../../src/report/jsonpath/parse.ts';
import { TemplateError } from '../../../src/report/jsonpath/template.ts';

interface Case {
  readonly template: string;
  /** Absent where kubectl refuses the template. */
  readonly output?: string;
}

/** What `kubectl label --local -f pod.json a=b -o jsonpath=TEMPLATE` of kubectl 1.32.4 printed. */
const { object, cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'kubectl-1.32.json'), 'utf8'),
) as { readonly object: unknown; readonly cases: readonly Case[] };

describe('templates, as kubectl applies them', () => {
  it.each(cases)('$template', ({ template, output }) => {
    const apply = (): string => render(parseTemplate(template), object);
    if (output === undefined) expect(apply).toThrow(TemplateError);
    else expect(apply()).toBe(output);
  });
});

describe('what kubectl would not take, or could be taken otherwise', () => {
  it.each([
    ['a key whose dots are its own', "{.metadata.labels['app.kubernetes.io/name']}", 'w\\u003ce>'],
    ['a key in double quotes', '{.metadata["name"]}', 'p'],
    ['blanks in brackets', '{.spec.containers[ 0 ].name}', 'c1'],
  ])('%s', (_, template, output) => {
    const shown = output.replace('w\\u003ce>', 'w<e>b');
    expect(render(parseTemplate(template), object)).toBe(shown);
  });

  it('says what is wrong', () => {
    const messages = ['{.a', '{end}', '{name}', '{.a[x]}', '{.a[?(@.b=~"c")]}', '{"a}'].map(
      (template) => {
        try {
          return render(parseTemplate(template), object);
        } catch (error) {
          return (error as Error).message;
        }
      },
    );
    expect(messages).toEqual([
      'a { that no } closes',
      '{end} without a {range …} before it',
      '"name" is no keyword: a field is written .name',
      '[x] is no index, no list of them and no quoted key',
      '"=~" is no operator of a filter: there are == != <= >= < >, one in a filter',
      'a " that no other one closes',
    ]);
  });
});

it('paths of columns need neither braces nor a dot', () => {
  for (const path of ['metadata.name', '.metadata.name', '{.metadata.name}', '{metadata.name}'])
    expect(walk([object], parsePath(path))).toEqual(['p']);
  expect(() => parsePath('a}{b')).toThrow(TemplateError);
});

it('what objects inherit is no field of theirs', () => {
  for (const name of ['constructor', '__proto__', 'toString'])
    expect(render(parseTemplate(`{.${name}}{.metadata['${name}']}`), object)).toBe('');
});

it('values steer no terminal; tabs and line breaks are kept', () => {
  const value = { a: 'x\u001B[31my\tz\nw' };
  expect(render(parseTemplate('{.a}{"\\t"}'), value)).toBe('x\u241B[31my\tz\nw\t');
});

it('as JSON every path is a list', () => {
  expect(render(parseTemplate('{.spec.containers[*].name}'), object, true)).toBe(
    '[\n    "c1",\n    "c2",\n    "c3"\n]\n',
  );
});

it('descents upon descents end', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 1500; depth += 1) deep = { a: deep };
  expect(() => render(parseTemplate(`{..a..a..a}`), deep)).toThrow('more than 1000000 results');
});

it('any text is a template or refused as one', () => {
  const character = fc.constantFrom(...'{}[]()?@$.,:*"\'\\ \n-+0aexnd=<>!&'.split(''));
  fc.assert(
    fc.property(fc.array(character, { maxLength: 30 }), (characters) => {
      try {
        render(parseTemplate(`{${characters.join('')}`), object);
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateError);
      }
    }),
    { numRuns: 3000 },
  );
});
