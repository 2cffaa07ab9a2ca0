import { isKey } from '../../src/cluster/controllers/pod-needs.ts';
import { isGivenToPods } from '../../src/cluster/given.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asJsonObject, fieldAt, type Json } from '../../src/kubernetes/json.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import {
  followNearMiss,
  type Naming,
  namingsOf,
  similarMessages,
} from '../../src/lint/references/named-objects.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { entryOf } from '../../src/multimap.ts';
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
    const keysOf = rememberedKeys();
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
        if (found !== undefined) checkKey(found, keysOf, naming, context);
      }
    }
  },
});

/** A pod runs without one as long as the image can be pulled. */
function isPullSecret({ reference: { path } }: Naming): boolean {
  return path.includes('imagePullSecrets');
}

interface Keys {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** Some are filled in later. */
  readonly open: boolean;
}

/** The keys of an object; `stringData` is written into `data` when it is stored. */
function rememberedKeys(): (object: ClusterObject) => Keys {
  const known = new Map<ClusterObject, Keys>();
  return (object) =>
    entryOf(known, object, () => {
      const names = ['data', 'stringData', 'binaryData'].flatMap((field) =>
        Object.keys(asJsonObject(fieldAt(object.value as Json, field)) ?? {}),
      );
      const set = new Set(names);
      return { names, has: (name) => set.has(name), open: !names.every(isKey) };
    });
}

/** The key that a variable takes. */
function checkKey(
  found: ClusterObject,
  keysOf: (object: ClusterObject) => Keys,
  { object, reference }: Naming,
  { report }: RuleContext<typeof messages>,
): void {
  const { key, optional } = reference;
  if (key === undefined || optional || !isKey(key.value)) return;
  const keys = keysOf(found);
  // An empty one is filled by somebody: its manifest only keeps the place.
  if (keys.names.length === 0 || keys.has(key.value) || keys.open) return;
  const near = nearestIn(key.value, keys.names);
  report({
    object,
    at: key.path,
    id: 'key',
    data: {
      object: describeObject(found),
      key: key.value,
      known: keys.names
        .slice(0, 5)
        .map((name) => `"${name}"`)
        .join(', '),
    },
    severity: near === undefined ? 'warning' : 'error',
    why: 'a variable whose key is not there keeps its container from starting: CreateContainerConfigError',
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
