/** The build counts where the sources iterate over lists, and nothing else becomes of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { sourcesWithPlainLoops } from '../../scripts/bundle/loops.ts';

const head = `
  declare const list: readonly string[], pairs: [string, number][], set: Set<string>;
  declare const map: Map<string, number>, word: string, any: any, match: RegExpExecArray;
`;
const start = ', $at = 0; $at < $list.length; $at++) ';

const cases: [source: string, plain: string][] = [
  ['for (const a of list) use(a);', `for (let $list = list${start}{ let a = $list[$at]; use(a); }`],
  [
    'for (const a of list) { use(a); }',
    `for (let $list = list${start}{ let a = $list[$at];  use(a); }`,
  ],
  [
    'for (const [at, a] of list.entries()) use(at, a);',
    `for (let $list = list${start}{ let at = $at, a = $list[$at]; use(at, a); }`,
  ],
  [
    'for (const [at] of list.entries()) use(at);',
    `for (let $list = list${start}{ let at = $at; use(at); }`,
  ],
  [
    'for (const [a, b] of pairs) use(a, b);',
    `for (let $list = pairs${start}{ let { 0: a, 1: b } = $list[$at]; use(a, b); }`,
  ],
  ['for (const [a, b] of map) use(a, b);', 'for (const { 0: a, 1: b } of map) use(a, b);'],
  ['const [, second = 1] = match;', 'const { 1: second = 1 } = match;'],
  ['pairs.map(([a, b]) => use(a, b));', 'pairs.map(({ 0: a, 1: b }) => use(a, b));'],
  ['const [first, ...others] = list;', 'const [first, ...others] = list;'],
  ['const [first] = set;', 'const [first] = set;'],
  ['for (const a of set) use(a);', 'for (const a of set) use(a);'],
  ['for (const a of word) use(a);', 'for (const a of word) use(a);'],
  ['for (const a of any) use(a);', 'for (const a of any) use(a);'],
  ['for (const [a] of map.entries()) use(a);', 'for (const { 0: a } of map.entries()) use(a);'],
];

const folder = mkdtempSync(join(tmpdir(), 'kubeplumb-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('loops over lists', () => {
  const programs = {
    ...Object.fromEntries(cases.map(([source], at) => [`case-${at}`, head + source])),
    whole: `
      export const told: unknown[] = [];
      const growing = [1, 2, 3];
      outer: for (const one of growing) {
        if (one === 2) growing.push(7);
        for (const [at, other] of [one, one * 2].entries()) {
          if (other === 6) continue outer;
          told.push(() => [at, other]);
        }
        for (const { 0: a, length } of [[one], [] as number[]]) if (length > 0) told.push(a);
      }
      const pairs: [string, [number, number?]][] = [['a', [1, 2]], ['b', [3]]];
      for (const [name, [from, to = from]] of pairs) told.push(name, from, to);
    `,
  };
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true } }');
  for (const [name, source] of Object.entries(programs))
    writeFileSync(join(folder, `src/${name}.ts`), `export {};\n${source}`);
  const sourceOf = sourcesWithPlainLoops(folder);

  it.each(cases.map(([source, plain], at) => [source, plain, at] as const))('%j', (_, plain, at) =>
    expect(sourceOf(`src/case-${at}.ts`).slice(head.length + 11)).toBe(plain),
  );

  it('do what they did', async () => {
    const before = await told(programs.whole);
    expect(before).toHaveLength(16);
    expect(await told(sourceOf('src/whole.ts'))).toEqual(before);
  });
});

async function told(source: string): Promise<unknown[]> {
  const { code } = transformSync(source, { loader: 'ts' });
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly told: readonly unknown[];
  };
  return module.told.map((one) => (typeof one === 'function' ? (one as () => unknown)() : one));
}
