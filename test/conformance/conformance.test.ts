/** Every scenario that a real control plane has answered: the prediction must be that answer. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { predict } from '../../src/cluster/cluster.ts';
import { defaultClusterOptions, type IPFamily } from '../../src/cluster/options.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { canonical, foldCluster, type Golden } from './fold.ts';

const root = join(import.meta.dirname, '../../fixtures/conformance');
const pending = JSON.parse(readFileSync(join(root, 'pending.json'), 'utf8')) as Record<string, string>;
const names = readdirSync(root).filter((name) => existsSync(join(root, name, 'golden.json')));

/** Text of the API server that names what only it can know, or that changes with every release, is compared elsewhere (apiserver tests). */
export function answer(name: string): { predicted: unknown; golden: unknown } {
  const golden = JSON.parse(readFileSync(join(root, name, 'golden.json'), 'utf8')) as Golden;
  const directory = join(root, name, 'manifests');
  const files = readdirSync(directory).filter((file) => /\.(ya?ml|json)$/.test(file));
  const objects = files.sort().flatMap((file) => readManifest(new SourceFile(file, readFileSync(join(directory, file), 'utf8'))).objects);
  const cluster = predict(
    objects.filter(({ afterBroken }) => !afterBroken),
    {
      ...defaultClusterOptions,
      ipFamilies: golden.cluster.ipFamilies as IPFamily[],
      podIPFamilies: golden.cluster.podIPFamilies as IPFamily[],
    },
  );
  const accepted = Object.fromEntries(
    cluster.objects.all.map(({ kind, namespace, name: object, refusals }) => [
      `${kind}/${namespace === undefined ? '' : `${namespace}/`}${object}`,
      refusals.length === 0,
    ]),
  );
  const truth = golden.objects.filter((object) => object.skipped === undefined).map(({ ref, accepted: taken }) => [ref, taken]);
  const skipped = new Set(golden.objects.filter((object) => object.skipped !== undefined).map(({ ref }) => ref));
  const judged = Object.fromEntries(Object.entries(accepted).filter(([ref]) => ![...skipped].some((other) => sameObject(ref, other))));
  const { workloads, services, unattached = {} } = golden;
  return {
    predicted: canonical({ accepted: judged, ...foldCluster(cluster, golden.cluster.nodes) }),
    golden: canonical({ accepted: Object.fromEntries(truth), workloads, services, unattached }),
  };
}

/** Objects of a kind that the API server does not serve have no namespace in the golden. */
function sameObject(ref: string, other: string): boolean {
  const [kind, ...rest] = ref.split('/');
  return other === ref || other === `${kind}/${rest.at(-1)}`;
}

describe('conformance', () => {
  it.each(names.filter((name) => !(name in pending)))('%s', (name) => {
    const { predicted, golden } = answer(name);
    expect(predicted).toEqual(golden);
  });

  it.each(Object.keys(pending))('%s is still pending', (name) => {
    expect(names, 'pending.json names a scenario that does not exist').toContain(name);
    const { predicted, golden } = answer(name);
    expect(predicted, 'this scenario passes now: take it out of pending.json').not.toEqual(golden);
  });
});
