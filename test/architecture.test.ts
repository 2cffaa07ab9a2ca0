/**
 * The architecture, as scripts/rooms.ts has it: every import of src and rules is looked at, imports
 * of types included.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { globbySync } from 'globby';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { architecturePage } from '../scripts/generate-architecture.ts';
import { floorOf, rooms } from '../scripts/rooms.ts';

const root = join(import.meta.dirname, '..');
const sources = globbySync('{src,rules}/**/*.ts', { cwd: root });

interface Import {
  readonly from: string;
  /** A path from the root, or a package as written. */
  readonly to: string;
}

/** `import`, `export … from`, `import()` and `import('…').Type`. */
function importsOf(path: string, text = readFileSync(join(root, path), 'utf8')): Import[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({
    from: path,
    to: fileName.startsWith('.') ? join(dirname(path), fileName) : fileName,
  }));
}

const imports = sources.flatMap((path) => importsOf(path));
const inside = imports.filter(({ to }) => sources.includes(to));
const shown = ({ from, to }: Import): string => `${from} imports ${to}`;
const roomOf = (path: string): (typeof rooms)[number] | undefined => rooms[floorOf(path)];

/** Files that import each other, directly or not (Tarjan's algorithm). */
function circles(): string[][] {
  const targets = new Map(sources.map((path) => [path, new Set<string>()]));
  for (const { from, to } of inside) targets.get(from)?.add(to);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): number => {
    let low = order.size;
    const own = low;
    order.set(path, own);
    open.push(path);
    for (const target of targets.get(path) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, order.get(target) ?? low);
    }
    lowest.set(path, low);
    if (low === own) {
      const circle = open.splice(open.indexOf(path));
      if (circle.length > 1) found.push(circle.sort());
    }
    return low;
  };
  for (const path of sources) if (!order.has(path)) visit(path);
  return found;
}

describe('the architecture', () => {
  it('is read at all', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(inside.length).toBeGreaterThan(1000);
    const text = `import type { A } from './a.ts';
      import { b } from '../b.ts';
      export { c } from 'c';
      export type D = import('./d.ts').D;
      const e = await import('e');
      import './f.ts';`;
    expect(
      importsOf('src/x/y.ts', text)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['c', 'e', 'src/b.ts', 'src/x/a.ts', 'src/x/d.ts', 'src/x/f.ts']);
  });

  it('has a room for every file, and nothing of what it has no file for', () => {
    expect(sources.filter((path) => floorOf(path) === -1)).toEqual([]);
    const empty = rooms
      .flatMap(({ paths }) => paths)
      .filter((room) => !sources.some((path) => path === room || path.startsWith(`${room}/`)));
    expect(empty).toEqual([]);
  });

  it('has every import go down', () => {
    expect(inside.filter(({ from, to }) => floorOf(to) > floorOf(from)).map(shown)).toEqual([]);
  });

  it('has no circle', () => {
    expect(circles()).toEqual([]);
  });

  it('has no import of what is not there', () => {
    const lost = imports.filter(
      ({ to }) => /^\.|^(src|rules|scripts|test|fixtures)\//.test(to) && !sources.includes(to),
    );
    expect(lost.map(shown)).toEqual([]);
  });

  it('asks Node only where files are read and commands run', () => {
    const asking = imports.filter(
      ({ from, to }) => to.startsWith('node:') && roomOf(from)?.io !== true,
    );
    expect(asking.map(shown)).toEqual([]);
  });

  it('uses libraries only where it says so', () => {
    const used = imports.filter(
      ({ to }) => !to.startsWith('node:') && !/^(src|rules|kubernetes-types)\//.test(to),
    );
    const nameOf = (to: string): string =>
      to
        .split('/')
        .slice(0, to.startsWith('@') ? 2 : 1)
        .join('/');
    const isListed = ({ from, to }: Import): boolean =>
      roomOf(from)?.packages?.includes(nameOf(to)) === true;
    expect(used.filter((one) => !isListed(one)).map(shown)).toEqual([]);
    const unused = rooms.flatMap(({ paths, packages = [] }) =>
      packages
        .filter(
          (name) =>
            !used.some(({ from, to }) => nameOf(to) === name && roomOf(from)?.paths === paths),
        )
        .map((name) => `${paths[0]} no longer uses ${name}`),
    );
    expect(unused).toEqual([]);
  });

  it('has rules report, and the ladders that they share', () => {
    const reporting = sources.filter(
      (path) =>
        path.startsWith('src/lint/') && /\breport\(/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(reporting.sort()).toEqual([
      'src/lint/calls/called-service.ts',
      'src/lint/hosts/host-ports.ts',
      'src/lint/plugins/guarded-rule.ts',
      'src/lint/references/reference.ts',
      'src/lint/references/service-port.ts',
      'src/lint/reporter.ts',
      'src/lint/selectors/follow-selector.ts',
    ]);
  });

  it('stands in docs/architecture.md', () => {
    const { path, text } = architecturePage();
    expect(readFileSync(join(root, path), 'utf8'), 'npm run generate').toBe(text);
  });
});
