import type { DaemonSet, StatefulSet } from 'kubernetes-types/apps/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { runningContainers } from '../../src/cluster/containers.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { copiedFiles } from '../../src/lint/references/copied-files.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { servedPods } from '../../src/lint/selectors/services-of.ts';

export const updateHeldBack = defineRule({
  meta: {
    id: 'update-held-back',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: [...servingKinds, 'Rollout'],
    title: 'keeps its old pods after an update',
    summary: 'Pods stay as they are when their template, or the image of their tag, changes',
    why:
      'with the strategy OnDelete pods are replaced only when somebody deletes them, and of a ' +
      'StatefulSet with a partition only those with that ordinal and higher ones: the Service ' +
      'goes on to lead to pods of the old template',
    fixable: false,
  },
  messages: {
    partition: ({ partition, replicas }: { partition: number; replicas: number }) =>
      `partition ${partition} is above the ordinals of all ${replicas} pods: none is updated`,
    paused: () => 'it is paused: no change of its template reaches the pods',
    tag: ({ image, policy }: Record<'image' | 'policy', string>) =>
      `${image} is pulled once by each node (imagePullPolicy ${policy}): pods of one Service may ` +
      'run different programs',
    copied: ({ file, map }: Record<'file' | 'map', string>) =>
      `${file} is copied out of ConfigMap "${map}" when a pod starts (subPath): when the ` +
      'ConfigMap changes it stays as it is',
    manual: () => 'OnDelete replaces no pod until somebody deletes it',
  },
  check({ cluster, report }) {
    for (const object of cluster.objects.of('StatefulSet')) {
      const { updateStrategy, replicas = 1, ordinals } = object.value.spec ?? {};
      const partition = updateStrategy?.rollingUpdate?.partition ?? 0;
      const end = replicas + (ordinals?.start ?? 0);
      if (partition > 0 && replicas > 0 && partition >= end)
        report({
          object,
          at: ['spec', 'updateStrategy', 'rollingUpdate', 'partition'],
          id: 'partition',
          data: { partition, replicas },
          help: 'take the partition out, or lower it step by step',
        });
      if (updateStrategy?.type === 'OnDelete') report(manual(object));
    }
    for (const object of cluster.objects.ofKind('argoproj.io', 'Rollout'))
      if (fieldAt(object.value, 'spec', 'paused') === true)
        report({
          object,
          at: ['spec', 'paused'],
          id: 'paused',
          data: undefined,
          help: 'unpause it',
        });
    for (const set of servedPods(cluster))
      for (const words of [...ofTags(set), ...ofFiles(set, cluster)]) report(words);
    for (const object of cluster.objects.of('DaemonSet'))
      if (object.value.spec?.updateStrategy?.type === 'OnDelete') report(manual(object));
  },
});

/** Operators that replace pods themselves ask for it, too. */
function manual(object: ClusterObject<StatefulSet> | ClusterObject<DaemonSet>) {
  return {
    object,
    at: ['spec', 'updateStrategy', 'type'] satisfies Path,
    id: 'manual' as const,
    data: undefined,
    severity: 'info' as const,
    help: 'write RollingUpdate, unless something deletes the pods one by one',
  };
}

/** A tag that moves, of an image that a node has already. */
function ofTags({ workload: object, spec, templatePath }: PodSet) {
  return runningContainers(spec).flatMap(({ container, path }) => {
    const { image = '', imagePullPolicy: policy } = container;
    const isMoving =
      image !== '' && !image.includes('@') && (image.endsWith(':latest') || !image.includes(':'));
    return policy !== 'IfNotPresent' || !isMoving
      ? []
      : [
          {
            object,
            at: [...templatePath, 'spec', ...path, 'imagePullPolicy'],
            id: 'tag' as const,
            data: { image, policy },
            severity: 'info' as const,
            help: 'write the tag of a release, or a digest',
          },
        ];
  });
}

function ofFiles(set: PodSet, cluster: Cluster) {
  return copiedFiles(set, cluster).map(({ object, at, file, map }) => ({
    object,
    at,
    id: 'copied' as const,
    data: { file, map },
    severity: 'info' as const,
    why:
      'the kubelet keeps the files of a mounted ConfigMap up to date, but not a single one that ' +
      'is mounted with subPath: the pods go on with the old one until something makes new ones',
    help: 'mount the directory, or give the template an annotation with a hash of the ConfigMap',
  }));
}
