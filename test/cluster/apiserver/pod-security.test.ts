/**
 * Pods that a namespace forbids, in the very words of the control plane that answered the
 * scenarios.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeRefusal } from '../../../src/cluster/apiserver/describe-refusal.ts';
import { predict } from '../../../src/cluster/cluster.ts';
import { defaultClusterOptions } from '../../../src/cluster/options.ts';
import { readManifest } from '../../../src/manifest/read.ts';
import { SourceFile } from '../../../src/manifest/source.ts';

interface Golden {
  readonly objects: readonly {
    readonly ref: string;
    readonly accepted: boolean;
    readonly error?: string;
  }[];
  readonly workloads: Readonly<Record<string, { readonly createErrors?: readonly string[] }>>;
}

const folder = join(import.meta.dirname, '../../../fixtures/conformance');
const scenarios = readdirSync(folder).filter((name) => name.startsWith('namespace-pod-security-'));

function answers(scenario: string): { golden: Golden; cluster: ReturnType<typeof predict> } {
  const golden = JSON.parse(readFileSync(join(folder, scenario, 'golden.json'), 'utf8')) as Golden;
  const text = readFileSync(join(folder, scenario, 'manifests/all.yaml'), 'utf8');
  return {
    golden,
    cluster: predict(readManifest(new SourceFile('all.yaml', text)).objects, defaultClusterOptions),
  };
}

describe.each(scenarios)('%s', (scenario) => {
  const { golden, cluster } = answers(scenario);

  it('forbids the pods of workloads for the same reasons', () => {
    const forbids = /(?:violates PodSecurity "\w+:latest": |which forbids )(.*)$/;
    const theirs = Object.entries(golden.workloads).flatMap(([workload, { createErrors = [] }]) =>
      createErrors.map((error) => [workload, forbids.exec(error)?.[1]]),
    );
    const ours = cluster.pods.all.flatMap(({ workload, namespace, count, countReason = '' }) =>
      count === 0
        ? [[`${workload.kind}/${namespace}/${workload.name}`, forbids.exec(countReason)?.[1]]]
        : [],
    );
    expect(ours.sort()).toEqual(theirs.sort());
  });

  it('refuses the same bare Pods in the same words', () => {
    const theirs = golden.objects.flatMap(({ ref, accepted, error }) =>
      accepted ? [] : [[ref, error]],
    );
    const ours = cluster.objects.refused.map((object) => [
      `${object.kind}/${object.namespace}/${object.name}`,
      describeRefusal(object, object.refusals),
    ]);
    expect(ours).toEqual(theirs);
  });
});
