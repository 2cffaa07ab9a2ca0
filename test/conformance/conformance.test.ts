/**
 * Every scenario that a real control plane has answered, for every release that was asked: the
 * prediction must be that answer.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Cluster, predict } from '../../src/cluster/cluster.ts';
import { endpointState } from '../../src/cluster/endpoint-state.ts';
import { defaultClusterOptions, type IPFamily } from '../../src/cluster/options.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { SourceFile } from '../../src/manifest/source.ts';
import { canonical, foldCluster, type Golden } from './fold.ts';

/** `same`: scenarios that the release answers as the default one does. */
interface Replayed {
  readonly version: string;
  readonly same?: readonly string[];
}

const root = join(import.meta.dirname, '../../fixtures/conformance');
const readJson = (...path: string[]): unknown =>
  JSON.parse(readFileSync(join(root, ...path), 'utf8'));
/** Reasons by scenario for the default release, by `1.N/scenario` for another. */
const pending = existsSync(join(root, 'pending.json'))
  ? (readJson('pending.json') as Record<string, string>)
  : {};
const { default: standard, replayed } = readJson('releases.json') as {
  default: string;
  replayed: Record<string, Replayed>;
};
const names = readdirSync(root).filter((name) => existsSync(join(root, name, 'golden.json')));

/** The key of a scenario in pending.json. */
const keyOf = (release: string, name: string): string =>
  release === standard ? name : `${release}/${name}`;

const fileOf = (release: string): string =>
  release === standard ? 'golden.json' : `golden-${release}.json`;
const isSame = (release: string, name: string): boolean =>
  replayed[release]?.same?.includes(name) ?? false;
const hasFile = (release: string, name: string): boolean =>
  existsSync(join(root, name, fileOf(release)));

/**
 * What the control plane of `release` answered: a file of its own where it differs from the default
 * release.
 */
const readGolden = (release: string, name: string): Golden =>
  readJson(name, isSame(release, name) ? 'golden.json' : fileOf(release)) as Golden;

/**
 * Text of the API server that names what only it can know, or that changes with every release, is
 * compared elsewhere (apiserver tests).
 */
function answer(release: string, name: string): { predicted: unknown; golden: unknown } {
  const golden = readGolden(release, name);
  const directory = join(root, name, 'manifests');
  const files = readdirSync(directory).filter((file) => /\.(ya?ml|json)$/.test(file));
  const objects = files
    .sort()
    .flatMap(
      (file) =>
        readManifest(new SourceFile(file, readFileSync(join(directory, file), 'utf8'))).objects,
    );
  const cluster = predict(
    objects.filter(({ afterBroken }) => !afterBroken),
    {
      ...defaultClusterOptions,
      kubernetesMinor: Number(release.split('.')[1]),
      ipFamilies: golden.cluster.ipFamilies as IPFamily[],
      podIPFamilies: golden.cluster.podIPFamilies as IPFamily[],
      // conformance/control-plane.ts starts it with these.
      serviceRanges: ['10.96.0.0/16', 'fd00:10:96::/112'],
    },
  );
  const accepted = Object.fromEntries(
    cluster.objects.all.map(({ kind, namespace, name: object, refusals }) => [
      `${kind}/${namespace === undefined ? '' : `${namespace}/`}${object}`,
      refusals.length === 0,
    ]),
  );
  const truth = golden.objects
    .filter((object) => object.skipped === undefined)
    .map(({ ref, accepted: taken }) => [ref, taken]);
  const skipped = new Set(
    golden.objects.filter((object) => object.skipped !== undefined).map(({ ref }) => ref),
  );
  const judged = Object.fromEntries(
    Object.entries(accepted).filter(
      ([ref]) => ![...skipped].some((other) => sameObject(ref, other)),
    ),
  );
  const { workloads, services, unattached = {} } = golden;
  const folded = foldCluster(cluster, golden.cluster.nodes);
  return {
    predicted: canonical({
      accepted: judged,
      ...folded,
      services: withoutOpen(folded.services, cluster),
    }),
    golden: canonical({
      accepted: Object.fromEntries(truth),
      workloads,
      services: withoutOpen(services, cluster),
      unattached,
    }),
  };
}

/**
 * A Service of which the prediction leaves open what it takes, for a node has to say, is compared
 * by what is stored of it.
 */
function withoutOpen(services: Golden['services'], cluster: Cluster): Golden['services'] {
  return Object.fromEntries(
    Object.entries(services).map(([key, service]) => {
      const picture = cluster.servicesByName.get(key);
      return picture !== undefined &&
        endpointState(picture) === 'unknown' &&
        picture.possible.length > 0
        ? [key, { stored: service.stored, open: true }]
        : [key, service];
    }),
  );
}

/** Objects of a kind that the API server does not serve have no namespace in the golden. */
function sameObject(ref: string, other: string): boolean {
  const [kind, ...rest] = ref.split('/');
  return other === ref || other === `${kind}/${rest.at(-1)}`;
}

describe.each(Object.keys(replayed))('conformance with Kubernetes %s', (release) => {
  const asked = names.filter((name) => isSame(release, name) || hasFile(release, name));

  it.each(asked.filter((name) => !(keyOf(release, name) in pending)))('%s', (name) => {
    const { predicted, golden } = answer(release, name);
    expect(predicted).toEqual(golden);
  });

  it.each(asked.filter((name) => keyOf(release, name) in pending))(
    '%s is still pending',
    (name) => {
      const { predicted, golden } = answer(release, name);
      expect(predicted, 'this scenario passes now: take it out of pending.json').not.toEqual(
        golden,
      );
    },
  );

  it('has files of one version, and none for what it answers as the default release does', () => {
    const own = names.filter((name) => hasFile(release, name));
    expect(
      own.filter((name) => readGolden(release, name).kubernetes !== replayed[release]?.version),
    ).toEqual([]);
    expect(own.filter((name) => isSame(release, name))).toEqual([]);
    expect(replayed[release]?.same?.filter((name) => !names.includes(name)) ?? []).toEqual([]);
  });
});

describe('the fixtures', () => {
  it('have goldens of replayed releases only', () => {
    const known = new Set(Object.keys(replayed).map(fileOf));
    const files = names.flatMap((name) =>
      readdirSync(join(root, name)).filter((file) => file.startsWith('golden')),
    );
    expect(files.filter((file) => !known.has(file))).toEqual([]);
  });

  it('name only scenarios and releases that exist in pending.json', () => {
    const known = new Set(
      Object.keys(replayed).flatMap((release) => names.map((name) => keyOf(release, name))),
    );
    expect(Object.keys(pending).filter((key) => !known.has(key))).toEqual([]);
  });
});
