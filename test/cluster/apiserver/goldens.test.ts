/**
 * Every object of every conformance scenario: taken or refused, with the API server's very words.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { admit } from '../../../src/cluster/apiserver/admit.ts';
import { describeRefusal } from '../../../src/cluster/apiserver/describe-refusal.ts';
import {
  type ClusterOptions,
  defaultClusterOptions,
  type IPFamily,
} from '../../../src/cluster/options.ts';
import type { ManifestObject } from '../../../src/manifest/manifest.ts';
import { readManifest } from '../../../src/manifest/read.ts';
import { SourceFile } from '../../../src/manifest/source.ts';

interface GoldenObject {
  readonly file: string;
  readonly apiVersion: string;
  readonly ref: string;
  readonly accepted: boolean;
  readonly error?: string;
  readonly skipped?: string;
  readonly warnings?: readonly string[];
}
interface Golden {
  readonly kubernetes: string;
  readonly cluster: {
    readonly ipFamilies: readonly IPFamily[];
    readonly podIPFamilies: readonly IPFamily[];
  };
  readonly objects: readonly GoldenObject[];
}

const folder = join(import.meta.dirname, '../../../fixtures/conformance');
/**
 * Answers that depend on other objects of the cluster, or on kubectl, and not on the one alone; see
 * pod-security.test.ts and test/conformance.
 */
const dependsOnOthers = /^(namespace-pod-security|address|name)-|^(node-port|cluster-ip)-taken$/;
const scenarios = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() &&
  !dependsOnOthers.test(entry.name) &&
  readGolden(entry.name).objects.length > 0
    ? [entry.name]
    : [],
);

function readGolden(scenario: string): Golden {
  return JSON.parse(readFileSync(join(folder, scenario, 'golden.json'), 'utf8')) as Golden;
}

describe.each(scenarios)('%s', (scenario) => {
  const golden = readGolden(scenario);
  const options: ClusterOptions = {
    ...defaultClusterOptions,
    kubernetesMinor: Number(golden.kubernetes.split('.')[1]),
    ipFamilies: golden.cluster.ipFamilies,
    podIPFamilies: golden.cluster.podIPFamilies,
  };
  const byFile = new Map<string, readonly ManifestObject[]>();
  // An object that is applied again is patched, not created.
  const created = new Set<string>();
  for (const expected of golden.objects) {
    if (created.has(expected.ref)) continue;
    created.add(expected.ref);
    const objects =
      byFile.get(expected.file) ??
      readManifest(
        new SourceFile(
          expected.file,
          readFileSync(join(folder, scenario, 'manifests', expected.file), 'utf8'),
        ),
      ).objects;
    byFile.set(expected.file, objects);
    const [kind = '', ...rest] = expected.ref.split('/');
    const name = rest.at(-1) ?? '';
    test(`${expected.ref} is ${expected.accepted ? 'taken' : 'refused'}`, () => {
      const object = objects.find(
        (each) =>
          each.kind === kind && each.name === name && each.apiVersion === expected.apiVersion,
      );
      if (object === undefined)
        throw new Error('the golden file names an object that is not in the manifest');
      const { refusals, warnings } = admit(object, options);
      const actual = refusals.length === 0 ? undefined : describeRefusal(object, refusals);
      expect(actual).toBe(expected.accepted ? undefined : (expected.error ?? expected.skipped));
      expect(warnings).toEqual(expected.warnings ?? []);
    });
  }
});
