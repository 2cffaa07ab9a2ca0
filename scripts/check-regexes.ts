/**
 * No regular expression of the sources takes time that grows faster than what it is given:
 * everything that a repository holds may be chosen to make it do so, and a line may be as long as a
 * file. `recheck` finds such expressions by automata and by attacking them; what it cannot finish
 * on in time is counted.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globbySync } from 'globby';
import { check } from 'recheck';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const mostMilliseconds = 1500;

interface Written {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

function expressionsOf(path: string): Written[] {
  const text = readFileSync(join(root, path), 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Written[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({
        place: `${path}:${line}`,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const paths = globbySync(['src/**/*.ts', 'rules/**/*.ts', 'action/*.mjs', '!src/generated/**'], {
  cwd: root,
});
const all = paths.flatMap(expressionsOf);
const known = new Map<string, Written>(all.map((one) => [`${one.source}/${one.flags}`, one]));
let bad = 0;
const open: string[] = [];
for (const { place, source, flags } of known.values()) {
  const found = await check(source, flags, { timeout: mostMilliseconds });
  if (found.status === 'unknown') open.push(place);
  if (found.status !== 'vulnerable') continue;
  bad += 1;
  console.error(`${place}: /${source}/${flags} takes ${found.complexity.type} time`);
}
console.log(
  `${known.size} expressions, ${bad} slow, ${open.length} not told in time: ${open.join(', ')}`,
);
// What checks them is still running.
process.exit(bad > 0 ? 1 : 0);
