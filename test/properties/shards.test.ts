/** Parts of a run that are judged apart say together what one run says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { json } from '../../src/report/json.ts';
import type { LintReport } from '../../src/report/lint-report.ts';
import { type JsonReport, mergeJson } from '../../src/report/merge/json.ts';
import { mergeSarif, type SarifLog } from '../../src/report/merge/sarif.ts';
import { sarif } from '../../src/report/sarif.ts';
import { partOf, type Shard } from '../../src/units/shards.ts';
import { deployment, service } from '../cli/run.ts';
import { type Files, lintFiles } from '../support/lint-files.ts';
import { runs } from '../support/runs.ts';

const tool = { name: 'kubeplumb', version: '0' } as const;

const names = fc.constantFrom('web', 'api', 'cart');
const directories = ['a', 'a/below', 'b', 'c'];

/**
 * Wired well and badly, with what is counted and not judged, and what is silenced for something or
 * for nothing.
 */
const text = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(names, names).map(([name, app]) => deployment(name, { app })) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(names, names, fc.constantFrom('http', 'htttp', '8080'))
      .map(([name, app, target]) => service(name, { app, target })),
  },
  names.map((name) => `# kubeplumb-ignore service-selects-nothing: on purpose\n${service(name)}`),
  names.map((name) => service(`${name}-db`, { app: name, more: '  type: ExternalNam\n' })),
  fc.constant('kind: CustomResourceDefinition\napiVersion: apiextensions.k8s.io/v1\n---\n'),
  fc.constant(
    'kind: ClusterRole\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {name: r}\n---\n',
  ),
  fc.constant('values: {a: 1}\n'),
  fc.constant('a: [\n'),
  fc.constant(''),
);
const plain: fc.Arbitrary<Files> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...directories), fc.constantFrom('x', 'y', 'z')), {
    maxLength: 8,
    selector: (place) => place.join('/'),
  })
  .chain((places) =>
    fc
      .tuple(...places.map(() => text))
      .map((texts) =>
        Object.fromEntries(places.map((place, at) => [`${place.join('/')}.yaml`, texts[at] ?? ''])),
      ),
  );
/** Overlays of one base, which share a patch that may be wrong. */
const overlays: fc.Arbitrary<Files> = fc
  .tuple(names, names, fc.subarray(['dev', 'prod', 'test']), fc.constantFrom('http', 'htttp'))
  .map(([name, app, targets, target]) => ({
    'base/kustomization.yaml': 'resources: [all.yaml]\n',
    'base/all.yaml': deployment(name) + service(name, { app }),
    'shared/patch.yaml': service(name, { app, target }).replace(/---\n$/, ''),
    ...Object.fromEntries(
      targets.map((overlay) => [
        `overlays/${overlay}/kustomization.yaml`,
        `namespace: ${overlay}\nresources: [../../base]\npatches: [{path: ../../shared/patch.yaml}]\n`,
      ]),
    ),
  }));
const tree: fc.Arbitrary<Files> = fc
  .tuple(plain, fc.option(overlays, { nil: {} }))
  .map(([some, more]) => ({ ...some, ...more }));

function report(files: Files, shard?: Shard): LintReport {
  const result = lintFiles(files, rules, 'auto', {}, shard === undefined ? {} : { shard });
  const problem = { code: 'binary', path: 'x.yaml', message: 'is binary', explicit: false };
  return {
    ...result,
    problems: [problem],
    charts: ['chart'],
    ...(shard !== undefined && { shard }),
  };
}
const metas = rules.map(({ meta }) => meta);
const asJson = (one: LintReport): JsonReport => JSON.parse(json(one, tool)) as JsonReport;
const asSarif = (one: LintReport): SarifLog =>
  JSON.parse(sarif(one, { tool, rules: metas, directory: '' })) as SarifLog;

const shards = (count: number): Shard[] =>
  Array.from({ length: count }, (_, at) => ({ index: at + 1, count }));

describe('all parts of a run', () => {
  it('say together what one run says', () => {
    let findings = 0;
    const often = runs(200);
    fc.assert(
      fc.property(tree, fc.integer({ min: 1, max: 4 }), (files, count) => {
        const whole = report(files);
        findings += whole.diagnostics.length;
        const parts = shards(count).map(
          (shard) => [String(shard.index), report(files, shard)] as const,
        );
        const merged = mergeJson(new Map(parts.map(([name, one]) => [name, asJson(one)])));
        expect(JSON.stringify(merged)).toBe(JSON.stringify(asJson(whole)));
        const log = mergeSarif(new Map(parts.map(([name, one]) => [name, asSarif(one)])));
        expect(JSON.stringify(log)).toBe(JSON.stringify(asSarif(whole)));
      }),
      often,
    );
    expect(findings).toBeGreaterThan(often.numRuns);
  });

  it('are the same in whatever order files are read, and weigh about the same', () => {
    let first: string[][] | undefined;
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 12 }, (_, at) => at),
          { minLength: 12 },
        ),
        (order) => {
          const files = Object.fromEntries(
            order.map((at) => [`d${at}/all.yaml`, deployment('web') + '#'.repeat(at * 100)]),
          );
          const { manifests, units } = lintFiles(files, []);
          const parts = shards(3).map((shard) => partOf(manifests, units, shard).manifests);
          const weights = parts.map((part) =>
            part.reduce((sum, { file }) => sum + file.text.length, 0),
          );
          expect(Math.max(...weights) - Math.min(...weights)).toBeLessThan(1100);
          const paths = parts.map((part) => part.map(({ file }) => file.path).sort());
          expect(paths).toEqual((first ??= paths));
        },
      ),
      { numRuns: 20 },
    );
  });
});
