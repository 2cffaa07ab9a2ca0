import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules as allRules } from '../../rules/index.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { recommendedRules as rules } from '../../src/library/lint.ts';
import type { Diagnostic, TextEdit } from '../../src/lint/diagnostic.ts';
import type { LintResult } from '../../src/lint/diagnostic.ts';
import { fixAll } from '../../src/lint/fixes/fix-all.ts';
import { applyFixes } from '../../src/lint/fixes/fixes.ts';
import { lintUnits } from '../../src/lint/lint.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { groupUnits } from '../../src/units/units.ts';
import { lintFiles } from '../support/lint-files.ts';

const diagnostic = (
  file: SourceFile,
  edits: readonly TextEdit[],
  safety: 'safe' | 'unsafe' = 'safe',
): Diagnostic => ({
  rule: 'a-rule',
  messageId: 'x',
  category: 'port',
  severity: 'error',
  title: 'x',
  message: 'x',
  url: '',
  file,
  range: [0, 1],
  path: [],
  related: [],
  fixes: [{ title: 'x', safety, edits }],
  fingerprint: '',
});
const fixed = (text: string, ...edits: readonly (readonly TextEdit[])[]): string => {
  const file = new SourceFile('a.yaml', text);
  const [result] = applyFixes(
    edits.map((own) => diagnostic(file, own)),
    'safe',
  );
  return result?.text ?? text;
};

describe('applying fixes', () => {
  it.each([
    ['one edit', [[{ range: [0, 1], text: 'A' }]], 'Abcdef'],
    [
      'several, in any order',
      [[{ range: [4, 5], text: '' }], [{ range: [0, 1], text: 'AA' }]],
      'AAbcdf',
    ],
    ['an insertion', [[{ range: [3, 3], text: '--' }]], 'abc--def'],
    [
      'two that say the same',
      [[{ range: [1, 2], text: 'B' }], [{ range: [1, 2], text: 'B' }]],
      'aBcdef',
    ],
    [
      'two that overlap: the first in the text wins',
      [[{ range: [2, 4], text: '' }], [{ range: [1, 3], text: 'X' }]],
      'aXdef',
    ],
    [
      'two insertions at one place: one waits',
      [[{ range: [3, 3], text: '1' }], [{ range: [3, 3], text: '2' }]],
      'abc1def',
    ],
    [
      'a fix of two edits is applied whole or not at all',
      [
        [{ range: [0, 1], text: 'A' }],
        [
          { range: [0, 1], text: 'Z' },
          { range: [5, 6], text: 'Z' },
        ],
      ],
      'Abcdef',
    ],
  ] as [string, TextEdit[][], string][])('%s', (_, edits, expected) => {
    expect(fixed('abcdef', ...edits)).toBe(expected);
  });

  it('leaves guesses alone unless asked', () => {
    const file = new SourceFile('a.yaml', 'abc');
    const guess = diagnostic(file, [{ range: [0, 1], text: 'X' }], 'unsafe');
    expect(applyFixes([guess], 'safe')).toEqual([]);
    expect(applyFixes([guess], 'unsafe').map(({ text }) => text)).toEqual(['Xbc']);
  });

  it('leaves alone what is suppressed', () => {
    const file = new SourceFile('a.yaml', 'abc');
    expect(
      applyFixes(
        [{ ...diagnostic(file, [{ range: [0, 1], text: 'X' }]), suppressed: { kind: 'comment' } }],
        'safe',
      ),
    ).toEqual([]);
  });

  it('changes no character outside the edits', () => {
    const edit = fc.record({
      at: fc.nat(60),
      length: fc.nat(6),
      text: fc.string({ maxLength: 4 }),
    });
    fc.assert(
      fc.property(
        fc.string({ minLength: 10, maxLength: 60 }),
        fc.array(edit, { maxLength: 8 }),
        (text, raw) => {
          const edits = raw.map(({ at, length, text: replacement }): TextEdit => {
            const start = at % text.length;
            return { range: [start, Math.min(text.length, start + length)], text: replacement };
          });
          const file = new SourceFile('a.yaml', text);
          const [result] = applyFixes(
            edits.map((own) => diagnostic(file, [own])),
            'safe',
          );
          if (result === undefined) return edits.length === 0;
          const applied = result.fixed.flatMap(({ fix }) => fix.edits);
          // Taking the edits back gives the text that was there.
          const distinct = [
            ...new Map(applied.map((one) => [`${one.range.join()} ${one.text}`, one])).values(),
          ].sort((a, b) => a.range[0] - b.range[0]);
          let at = 0;
          let position = 0;
          for (const { range, text: replacement } of distinct) {
            const same = text.slice(at, range[0]);
            expect(result.text.slice(position, position + same.length)).toBe(same);
            expect(
              result.text.slice(
                position + same.length,
                position + same.length + replacement.length,
              ),
            ).toBe(replacement);
            position += same.length + replacement.length;
            at = range[1];
          }
          expect(result.text.slice(position)).toBe(text.slice(at));
          return true;
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('fixing until nothing is left', () => {
  /** With the rules that are on by default, and the one that a folder is about. */
  const judgeWith =
    (id?: string) =>
    (read: readonly Manifest[]): LintResult => {
      const manifests = read.map((manifest) => manifest.meant ?? manifest);
      return lintUnits(
        manifests,
        groupUnits(manifests, { mode: 'auto', explicitFiles: false }),
        allRules.filter((rule) => rule.meta.id === id || rules.includes(rule)),
        defaultClusterOptions,
      );
    };
  const root = join(import.meta.dirname, '../../fixtures/bad');
  const cases = readdirSync(root).flatMap((rule) =>
    readdirSync(join(root, rule))
      .filter((name) => /\.fixed\.ya?ml$/.test(name))
      .map((name) => join(rule, name.replace('.fixed', ''))),
  );

  const judge = judgeWith();
  it.each(cases)('%s', (name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const judge = judgeWith(name.split('/')[0]);
    const { manifests } = lintFiles({ 'x.yaml': text }, []);
    const before = judge(manifests);
    const { result, files, fixed: done } = fixAll(manifests, judge, 'unsafe', () => true);
    expect(done.length).toBeGreaterThan(0);
    const rulesFixed = new Set(
      before.diagnostics.filter(({ fixes }) => fixes.length > 0).map((one) => one.rule),
    );
    expect(
      result.diagnostics.filter((one) => rulesFixed.has(one.rule) && one.fixes.length > 0),
    ).toEqual([]);
    expect(files).toHaveLength(1);
    // Lines that no edit touched are the same to the last blank.
    const [own] = files;
    const touched = own!.after.split('\n').length - text.split('\n').length;
    // A field that is added may bring the one around it.
    expect(Math.abs(touched)).toBeLessThanOrEqual(2 * done.length);
  });

  it('finds what a fix brings to light', () => {
    const text = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: wbe }
  ports: [{ port: 80, targetPort: htpt }]
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: web, image: web, ports: [{ name: http, containerPort: 80 }] }] }
`;
    const { manifests } = lintFiles({ 'x.yaml': text }, []);
    const { files, fixed: done, result } = fixAll(manifests, judge, 'safe', () => true);
    expect(done.map(({ rule }) => rule)).toEqual([
      'service-selects-nothing',
      'target-port-name-unresolved',
    ]);
    expect(files[0]?.after).toBe(text.replace('wbe', 'web').replace('htpt', 'http'));
    expect(result.diagnostics).toEqual([]);
  });

  it('does not touch files that may not be changed', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: a, ports: [{ containerPort: "80" }] }] }\n';
    const { manifests } = lintFiles({ 'x.yaml': text }, []);
    expect(fixAll(manifests, judge, 'unsafe', () => false).files).toEqual([]);
    expect(fixAll(manifests, judge, 'unsafe', () => true).files).toHaveLength(1);
  });
});
