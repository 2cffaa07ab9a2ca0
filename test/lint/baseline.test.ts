import { describe, expect, it } from 'vitest';
import { recommendedRules as rules } from '../../src/library/lint.ts';
import { applyBaseline, formatBaseline, parseBaseline } from '../../src/lint/baseline.ts';
import type { Diagnostic } from '../../src/lint/diagnostic.ts';
import { lintFiles } from '../support/lint-files.ts';

const service = (name: string, targetPort: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec:\n  selector: { app: web }\n  ports: [{ port: 80, targetPort: ${targetPort} }]\n---\n`;
const pod = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web, ports: [{ name: http, containerPort: 80 }] }] }
`;
const pathOf = ({ file }: Diagnostic): string => file.path;
const findings = (text: string): readonly Diagnostic[] =>
  lintFiles({ 'k8s/web.yaml': text }, rules).diagnostics;
const open = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.filter(({ suppressed }) => suppressed === undefined).map(({ title }) => title);

const before = findings(service('a', 'htp') + service('b', 'htpp') + pod);
const baseline = parseBaseline(formatBaseline(before, pathOf));

describe('a baseline', () => {
  it('is one line for each finding, sorted', () => {
    expect(formatBaseline([...before].reverse(), pathOf)).toBe(
      '{\n  "version": 1,\n  "findings": [\n' +
        '    {"rule":"target-port-name-unresolved","file":"k8s/web.yaml","object":"Service default/a","path":"spec.ports.0.targetPort"},\n' +
        '    {"rule":"target-port-name-unresolved","file":"k8s/web.yaml","object":"Service default/b","path":"spec.ports.0.targetPort"}\n' +
        '  ]\n}\n',
    );
    expect(formatBaseline([], pathOf)).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
  });

  it('silences what it lists, wherever its lines have moved', () => {
    const moved = findings(
      `# a comment\n\n${pod}---\n${service('b', 'htpp')}${service('a', 'htp')}`,
    );
    const { diagnostics, stale } = applyBaseline(moved, baseline, pathOf);
    expect(open(diagnostics)).toEqual([]);
    expect(diagnostics).toHaveLength(2);
    expect(stale).toEqual([]);
  });

  it('does not silence what is new', () => {
    const { diagnostics } = applyBaseline(
      findings(service('a', 'htp') + service('c', 'htp') + pod),
      baseline,
      pathOf,
    );
    expect(open(diagnostics)).toEqual(['Service default/c targets a port name that no pod has']);
  });

  it('tells which of it is gone', () => {
    const { stale } = applyBaseline(findings(service('a', 'htp') + pod), baseline, pathOf);
    expect(stale.map(({ object }) => object)).toEqual(['Service default/b']);
  });

  it('counts findings of one rule at one path', () => {
    const [finding] = before as [Diagnostic];
    const twice = parseBaseline(formatBaseline([finding, finding], pathOf));
    expect(twice).toEqual([expect.objectContaining({ count: 2 })]);
    expect(
      open(applyBaseline([finding, finding, finding], twice, pathOf).diagnostics),
    ).toHaveLength(1);
    expect(applyBaseline([finding], twice, pathOf).stale).toEqual([
      expect.objectContaining({ count: 1 }),
    ]);
  });

  it('leaves out what is silenced otherwise', () => {
    const silenced = before.map((finding): Diagnostic => ({
      ...finding,
      suppressed: { kind: 'comment' },
    }));
    expect(parseBaseline(formatBaseline(silenced, pathOf))).toEqual([]);
    expect(applyBaseline(silenced, baseline, pathOf).stale).toHaveLength(2);
  });

  it.each([
    ['no JSON', '{', /^is not JSON: see line 1$/],
    ['a comma too many', '{\n "version": 1,\n "findings": [],\n}', /^is not JSON: see line 4$/],
    ['a comma missing', '{"version":1,\n"findings":[\n{}\n{}\n]}', /^is not JSON: see line 4$/],
    ['two of them', '{"version":1,"findings":[]}\n\n{}', /^is not JSON: see line 3$/],
    [
      'two sides of a merge',
      '{"version":1,"findings":[\n<<<<<<< HEAD\n{},\n=======\n>>>>>>> x\n]}',
      /^has two sides of a merge, in line 2: keep the lines of both/,
    ],
    ['another file', '{"version":3}', /^lacks "version": 1 and the list "findings"$/],
    ['null', 'null', /^lacks "version": 1/],
    [
      'an entry without a rule',
      '{"version":1,"findings":[{"file":"a"}]}',
      /^has findings\[0\] without "rule"$/,
    ],
    [
      'an entry that is a string',
      '{"version":1,"findings":["x"]}',
      /^has findings\[0\] without "rule"$/,
    ],
  ])('is refused: %s', (_, text, message) => {
    expect(() => parseBaseline(text)).toThrow(message);
  });

  it('is read with the mark of bytes that Windows puts first', () => {
    expect(parseBaseline(`\uFEFF${formatBaseline(before, pathOf)}`)).toHaveLength(before.length);
  });
});
