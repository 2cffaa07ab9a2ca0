/**
 * A rule is run only where there is an object of a kind that it declares; so what it says has to be
 * about such objects.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { predict } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { defaultClusterOptions } from '../../src/cluster/options.ts';
import { judgedKinds, rulesWithWork } from '../../src/lint/judged-kinds.ts';
import { withDefaultOptions } from '../../src/lint/settings.ts';
import { Unseen } from '../../src/lint/unseen/unseen.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { groupUnits } from '../../src/units/units.ts';

const root = join(import.meta.dirname, '../..');
const judging = rules.map((rule) => ({ rule }));
const rulesFor = rulesWithWork(judging);
const aboutDeployments = rules.find(({ meta }) => meta.id === 'rollout-drops-all-endpoints');

function kindsOf(yaml: string): ReadonlySet<string> {
  return judgedKinds(
    predict(readManifest(new SourceFile('a.yaml', yaml)).objects, defaultClusterOptions),
  );
}

describe('rulesWithWork', () => {
  const template =
    'template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: a, image: a }] } }';
  it.each([
    [
      'an object of the kind',
      `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: {} }`,
      true,
    ],
    ['other objects', '{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: {} }', false],
    [
      'a custom resource that makes pods',
      `{ apiVersion: example.org/v1, kind: Worker, metadata: { name: a }, spec: { ${template} } }`,
      true,
    ],
    ['nothing', '', false],
  ])('%s', (_, yaml, expected) => {
    const found = [...rulesFor(kindsOf(yaml))].map(({ rule }) => rule);
    expect(aboutDeployments !== undefined && found.includes(aboutDeployments)).toBe(expected);
  });

  it('has those about any kind everywhere, each in its place', () => {
    const some = [...rulesFor(new Set(['Service', 'no kind that a rule is about']))];
    expect(some).toEqual(judging.filter((one) => some.includes(one)));
    expect([...rulesFor(new Set())]).toEqual(
      judging.filter(({ rule }) => rule.meta.kinds.length === 0),
    );
  });
});

describe('what rules say of the fixtures', () => {
  const folders = ['fixtures/bad', 'fixtures/ok'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  const strangers: string[] = [];
  let said = 0;
  for (const path of folders) {
    const manifests = [readManifest(new SourceFile(path, readFileSync(join(root, path), 'utf8')))];
    for (const unit of groupUnits(manifests, {
      mode: 'auto',
      explicitFiles: true,
      configured: [],
    })) {
      const cluster = predict(unit.objects, { ...defaultClusterOptions, oneCluster: false });
      const running = [...rulesFor(judgedKinds(cluster))].map(({ rule }) => rule);
      for (const rule of rules) {
        const note = ({ object }: { readonly object: ClusterObject }): void => {
          said += 1;
          if (!running.includes(rule)) strangers.push(`${rule.meta.id}: ${object.kind} in ${path}`);
        };
        rule.check?.({
          cluster,
          unit,
          unseen: new Unseen(unit, cluster),
          options: withDefaultOptions(rule.meta, {}),
          report: note,
          unknown: note,
          reportDocument: () => undefined,
        });
      }
    }
  }

  it('is never said where the rule would not be run', () => {
    expect(said).toBeGreaterThan(100);
    expect(strangers).toEqual([]);
  });
});
