import { isGivenToPods } from '../../src/cluster/given.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { groupOf } from '../../src/kubernetes/group-version.ts';
import { allWorkloads, findKind, isWorkloadKind } from '../../src/kubernetes/kinds.ts';
import {
  exchangedKind,
  exchangedMessages,
  exchangedName,
} from '../../src/lint/references/exchanged-names.ts';
import { generatedMessages, generatedName } from '../../src/lint/references/generated-names.ts';
import { keyMessages, keysNotMade, missingKeys } from '../../src/lint/references/missing-keys.ts';
import {
  followNearMiss,
  nearMissMessages,
  otherwiseBeside,
} from '../../src/lint/references/named-objects.ts';
import { type Naming, namingsOf } from '../../src/lint/references/namings.ts';
import { directoryMessages, meantFiles } from '../../src/lint/references/opened-files.ts';
import { outvotedMessages, outvotedName } from '../../src/lint/references/outvoted-names.ts';
import {
  followPullSecret,
  pullMessages,
  wrongPullSecret,
} from '../../src/lint/references/pull-secrets.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';

const waits =
  'the kubelet does not start a container before it has it: the pod stays in ' +
  'CreateContainerConfigError, or waits for its volumes';

/** What pods need, with what becomes of pods whose need is not there. */
const needs = [
  ['', 'ConfigMap', waits],
  ['', 'Secret', waits],
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
  ...nearMissMessages,
  missing: missingMessages.missing,
  ...keyMessages,
  ...directoryMessages,
  ...generatedMessages,
  ...outvotedMessages,
  ...pullMessages,
  ...exchangedMessages,
};

export const podDependencyMissing = defineRule({
  meta: {
    id: 'pod-dependency-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: allWorkloads.map(({ kind }) => kind),
    title: 'needs what does not exist',
    summary: 'Pods need a ConfigMap, Secret, claim, account or class that does not exist',
    why: 'pods wait for what they need, so the Services in front of them have no ready endpoint',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster, report } = context;
    for (const [group, kind, why] of needs) {
      for (const naming of namingsOf(cluster, group, kind)) {
        const { object, reference } = naming;
        if (!makesPods(object) || isGivenToPods(kind, reference.name)) continue;
        // An annotation is somebody else's.
        if (reference.path[0] === 'metadata') continue;
        if (isPullSecret(naming)) {
          const wrong = wrongPullSecret(naming, followPullSecret(naming, context));
          if (wrong !== undefined) report(wrong);
          continue;
        }
        const told =
          generatedName(naming, context, why) ??
          exchangedName(naming, cluster, why) ??
          exchangedKind(naming, context, why) ??
          (group === '' ? outvotedName(naming, context, why) : undefined);
        if (told !== undefined) {
          report(told);
          continue;
        }
        const found = followNearMiss(context, naming, {
          why,
          ...(reference.optional && { severity: 'info' }),
          ...otherwiseBeside(context, naming, why),
          ...(kind.endsWith('Class') ? { also: 'only' } : { orphan: true, beside: true }),
        });
        const keys =
          found === undefined ? keysNotMade(naming, context) : missingKeys(found, naming, context);
        for (const key of keys) report(key);
        for (const file of found === undefined ? [] : meantFiles(found, naming)) report(file);
      }
    }
  },
});

/** Kubernetes' own workloads, and those of others with a pod template in them. */
function makesPods({ apiVersion, kind }: ClusterObject): boolean {
  return isWorkloadKind(kind) || findKind(groupOf(apiVersion), kind)?.podTemplate !== undefined;
}

/** A pod runs without one as long as the image can be pulled. */
function isPullSecret({ reference: { path } }: Naming): boolean {
  return path.includes('imagePullSecrets');
}
