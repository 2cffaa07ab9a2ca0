import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asText, fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** Fields and annotations by which a controller is told to leave its object alone. */
const switches: readonly {
  readonly group: string;
  readonly kinds: readonly string[];
  readonly at: Path;
  readonly what: string;
}[] = [
  ...[
    ['kustomize.toolkit.fluxcd.io', 'Kustomization'],
    ['helm.toolkit.fluxcd.io', 'HelmRelease'],
  ].map(([group = '', kind = '']) => ({
    group,
    kinds: [kind],
    at: ['spec', 'suspend'],
    what: 'nothing that is committed reaches the cluster',
  })),
  {
    group: 'source.toolkit.fluxcd.io',
    kinds: ['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket'],
    at: ['spec', 'suspend'],
    what: 'no new revision is fetched',
  },
  ...['paused', 'paused-replicas'].map((name) => ({
    group: 'keda.sh',
    kinds: ['ScaledObject'],
    at: ['metadata', 'annotations', `autoscaling.keda.sh/${name}`],
    what: 'the number of pods follows no load',
  })),
];

export const leftSuspended = defineRule({
  meta: {
    id: 'left-suspended',
    category: 'resilience',
    severity: 'info',
    since: '0.1.0',
    scope: 'object',
    kinds: switches
      .flatMap(({ kinds }) => kinds)
      .filter((kind, at, all) => all.indexOf(kind) === at),
    title: 'is suspended',
    summary: 'A resource of Flux or KEDA is told to stand still',
    why:
      'who suspends a resource for a repair means to resume it; in a manifest it stays so, and ' +
      'nothing fails: pods and endpoints only go on to be what they were',
    fixable: false,
  },
  messages: {
    suspended: ({ what }: { what: string }) => `as long as this stands here, ${what}`,
  },
  check({ cluster, report }) {
    for (const { group, kinds, at, what } of switches)
      for (const kind of kinds)
        for (const object of cluster.objects.ofKind(group, kind))
          if (isOn(object, at))
            report({
              object,
              at,
              id: 'suspended',
              data: { what },
              help: 'take it out when the repair is done',
            });
  },
});

function isOn({ value }: ClusterObject, at: Path): boolean {
  const written = fieldAt(value, ...at);
  return written === true || !['', 'false'].includes(asText(written) ?? '');
}
