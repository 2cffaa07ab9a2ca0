import { dataKeys, isKey } from '../../src/cluster/data-keys.ts';
import { isGivenToPods } from '../../src/cluster/given.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { keysRead } from '../../src/lint/references/keys-read.ts';
import {
  followNearMiss,
  type Naming,
  namingsOf,
  similarMessages,
} from '../../src/lint/references/named-objects.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { nearestIn } from '../../src/text/name-index.ts';

/** What pods need, with what becomes of pods whose need is not there. */
const needs = [
  [
    '',
    'ConfigMap',
    'the kubelet does not start a container before it has it: the pod stays in CreateContainerConfigError, or waits for its volumes',
  ],
  [
    '',
    'Secret',
    'the kubelet does not start a container before it has it: the pod stays in CreateContainerConfigError, or waits for its volumes',
  ],
  [
    '',
    'PersistentVolumeClaim',
    'the scheduler places no pod whose claim does not exist: it stays Pending',
  ],
  [
    '',
    'ServiceAccount',
    'the API server refuses pods whose account does not exist: the workload has none',
  ],
  [
    'scheduling.k8s.io',
    'PriorityClass',
    'the API server refuses pods whose class does not exist: the workload has none',
  ],
  [
    'node.k8s.io',
    'RuntimeClass',
    'the API server refuses pods whose class does not exist: the workload has none',
  ],
] as const;

const messages = {
  ...similarMessages,
  key: ({ object, key, known }: Record<'object' | 'key' | 'known', string>) =>
    `${object} has no key "${key}"; it has ${known}`,
};

export const podDependencyMissing = defineRule({
  meta: {
    id: 'pod-dependency-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: 'needs what does not exist',
    summary: 'Pods need a ConfigMap, Secret, claim, account or class that does not exist',
    why: 'pods wait for what they need, so the Services in front of them have no ready endpoint',
    fixable: true,
  },
  messages,
  check(context) {
    for (const [group, kind, why] of needs) {
      for (const naming of namingsOf(context.cluster, group, kind)) {
        const { object, reference } = naming;
        const isPod = podDependencyMissing.meta.kinds.includes(object.kind);
        if (!isPod || isGivenToPods(kind, reference.name) || isPullSecret(naming)) continue;
        const found = followNearMiss(context, naming, {
          why,
          ...(reference.optional && { severity: 'info' }),
          ...(kind === 'PersistentVolumeClaim' && { also: 'similar' }),
          ...(kind.endsWith('Class') ? { also: 'only' } : { orphan: true }),
        });
        if (found !== undefined) checkKeys(found, naming, context);
      }
    }
  },
});

/** A pod runs without one as long as the image can be pulled. */
function isPullSecret({ reference: { path } }: Naming): boolean {
  return path.includes('imagePullSecrets');
}

/** The keys that a variable, or the items of a volume, take. */
function checkKeys(
  found: ClusterObject,
  naming: Naming,
  { unseen, report }: RuleContext<typeof messages>,
): void {
  const keys = dataKeys(found);
  // A generator may add some.
  const isMade = unseen.makerOf(found.kind, found.namespace, found.name) !== undefined;
  if (naming.reference.optional || keys.open || isMade) return;
  for (const { path, value } of keysRead(naming) ?? []) {
    if (!isKey(value) || keys.has(value)) continue;
    const near = nearestIn(value, keys.names);
    report({
      object: naming.object,
      at: path,
      id: 'key',
      data: {
        object: describeObject(found),
        key: value,
        known: keys.names
          .slice(0, 5)
          .map((name) => `"${name}"`)
          .join(', '),
      },
      severity: near === undefined ? 'warning' : 'error',
      why: 'a container does not start while a key is not there that a variable or a volume of it takes',
      help:
        near === undefined
          ? `add the key to ${describeObject(found)}, or take one that it has`
          : `change it to ${near}`,
      related: [{ object: found, at: ['metadata', 'name'], message: 'its keys are other ones' }],
      ...(near !== undefined && {
        fixes: [{ title: `change it to ${near}`, safety: 'unsafe', replace: near }],
      }),
    });
  }
}
