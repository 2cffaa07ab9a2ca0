/**
 * What the API server refuses takes part in what is linted; whatever is wrong with it, every rule
 * gets along with it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { lintFiles } from '../support/lint-files.ts';
import { runs } from '../support/runs.ts';
import { cluster, type Written } from './arbitraries.ts';

const junk: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...[-1, 99999, 1.5, true, null, '', 'x', '${X}', [], {}, [1], [{}], [null], { a: 1 }],
);

const oldVersions: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['extensions/v1beta1', 'apps/v1beta1', 'apps/v1beta2', 'v1'],
  DaemonSet: ['extensions/v1beta1', 'apps/v1beta2'],
  ReplicaSet: ['extensions/v1beta1'],
  StatefulSet: ['apps/v1beta1'],
  CronJob: ['batch/v1beta1'],
  Ingress: ['extensions/v1beta1', 'networking.k8s.io/v1beta1'],
  NetworkPolicy: ['extensions/v1beta1'],
  HorizontalPodAutoscaler: ['autoscaling/v2beta1', 'autoscaling/v2beta2'],
  PodDisruptionBudget: ['policy/v1beta1'],
  Service: ['apps/v1'],
};

interface Damage {
  readonly object: number;
  readonly field: number;
  readonly how: 'old' | 'remove' | 'replace' | 'rename';
  readonly value: unknown;
}
const damage: fc.Arbitrary<Damage> = fc.record({
  object: fc.nat(),
  field: fc.nat(),
  how: fc.constantFrom('old', 'remove', 'replace', 'rename'),
  value: junk,
});

/** Every field, with what holds it. */
function fieldsOf(value: unknown): [holder: Written, key: string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]): [Written, string][] => [
    [value as Written, key],
    ...fieldsOf(child),
  ]);
}

function damaged(objects: readonly Written[], all: readonly Damage[]): Written[] {
  const copies = structuredClone([...objects]);
  for (const { object: index, field, how, value } of all) {
    const object = copies[index % copies.length];
    if (object === undefined) continue;
    const versions = oldVersions[String(object['kind'])];
    if (how === 'old') {
      if (versions !== undefined) object['apiVersion'] = versions[field % versions.length];
      continue;
    }
    const fields = fieldsOf(object).filter(
      ([holder, key]) => holder !== object || (key !== 'apiVersion' && key !== 'kind'),
    );
    const [holder, key] = fields[field % Math.max(1, fields.length)] ?? [];
    if (holder === undefined || key === undefined) continue;
    if (how === 'replace') holder[key] = structuredClone(value);
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else {
      if (how === 'rename') holder[`${key}s`] = holder[key];
      delete holder[key];
    }
  }
  return copies;
}

describe('objects in every state of repair', () => {
  it('are linted, and every finding has a place', () => {
    const broken = fc.tuple(cluster, fc.array(damage, { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(broken, ([objects, all]) => {
        const text = damaged(objects, all)
          .map((object) => JSON.stringify(object))
          .join('\n---\n');
        for (const { range, file } of lintFiles({ 'a.yaml': text }, rules).diagnostics) {
          expect(range[0]).toBeLessThanOrEqual(range[1]);
          expect(range[1]).toBeLessThanOrEqual(file.text.length);
        }
      }),
      runs(500),
    );
  });
});
