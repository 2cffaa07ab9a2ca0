/**
 * What is written otherwise in the manifests than in the cluster, of Services and of the workloads
 * behind them.
 */
import type { Cluster } from '../cluster/cluster.ts';
import type { PodSet } from '../cluster/pods.ts';
import { workloadText } from '../cluster/pods.ts';
import type { ServicePicture } from '../cluster/service.ts';
import {
  type AnyJson,
  asJsonObject,
  asList,
  asText,
  fieldAt,
  type Json,
} from '../kubernetes/json.ts';
import { podLabels } from '../kubernetes/labels.ts';
import type { Dump, DumpedService } from './dump.ts';

export interface Drift {
  /** `selector`, `ports`, `Deployment/web: labels of its pods`. */
  readonly field: string;
  readonly manifests: string;
  readonly dump: string;
}

const nothing = '<none>';

export function driftOf(
  service: ServicePicture,
  found: DumpedService,
  cluster: Cluster,
  dump: Dump,
): Drift[] {
  const written = service.spec;
  const fields: [string, (spec: AnyJson) => string][] = [
    ['type', (spec) => asText(fieldAt(spec, 'type')) ?? 'ClusterIP'],
    ['selector', (spec) => pairsText(fieldAt(spec, 'selector'))],
    ['ports', (spec) => asList(fieldAt(spec, 'ports')).map(servicePortText).sort().join(', ')],
    ['clusterIP', (spec) => (fieldAt(spec, 'clusterIP') === 'None' ? 'None' : 'an address')],
    ['externalName', (spec) => asText(fieldAt(spec, 'externalName')) ?? ''],
    [
      'publishNotReadyAddresses',
      (spec) => String(fieldAt(spec, 'publishNotReadyAddresses') === true),
    ],
    [
      'internalTrafficPolicy',
      (spec) => asText(fieldAt(spec, 'internalTrafficPolicy')) ?? 'Cluster',
    ],
  ];
  const isExternal = service.spec.type === 'ExternalName';
  return [
    ...fields
      .filter(([field]) => !(isExternal && field === 'clusterIP'))
      .flatMap(([field, text]) => difference(field, text(written), text(found.spec))),
    ...service.backends.flatMap(({ members }) => workloadDrift(members.set, cluster, dump)),
  ];
}

function difference(field: string, manifests: string, dump: string): Drift[] {
  return manifests === dump
    ? []
    : [{ field, manifests: manifests || nothing, dump: dump || nothing }];
}

/**
 * Labels and ports of the pods that a workload makes; what is not in the dump is told as missing
 * endpoints.
 */
function workloadDrift(set: PodSet, cluster: Cluster, dump: Dump): Drift[] {
  const { workload, templatePath } = set;
  const namespace = workload.namespace ?? cluster.options.namespace;
  const found = dump.objects.get(`${namespace}/${workload.kind}/${workload.name}`);
  if (found === undefined || set.labelsOpen) return [];
  const [ours, theirs] = [workload.value, found.value].map((value) => ({
    labels: pairsText(withoutMade(fieldAt(value, ...templatePath, 'metadata', 'labels'))),
    ports: portsText(fieldAt(value, ...templatePath, 'spec')),
  }));
  const name = workloadText(set);
  // What controllers and admission add to a bare Pod is no drift.
  const labels =
    workload.kind === 'Pod'
      ? []
      : difference(`${name}: labels of its pods`, ours?.labels ?? '', theirs?.labels ?? '');
  return [
    ...labels,
    ...difference(`${name}: ports of its containers`, ours?.ports ?? '', theirs?.ports ?? ''),
  ];
}

/**
 * Labels that controllers add to a template that is stored: of a Job those that say whose its pods
 * are.
 */
const made = new Set(podLabels.map(({ key }) => key));

function withoutMade(labels: Json | undefined): Json {
  const kept = Object.entries(asJsonObject(labels) ?? {}).filter(([key]) => !made.has(key));
  return Object.fromEntries(kept);
}

function pairsText(pairs: Json | undefined): string {
  return Object.entries(asJsonObject(pairs) ?? {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort()
    .join(',');
}

/** `http 80/TCP→8080` */
function servicePortText(port: Json): string {
  const name = asText(fieldAt(port, 'name'));
  const number = String(fieldAt(port, 'port') ?? '');
  const target = String(fieldAt(port, 'targetPort') ?? number);
  const protocol = asText(fieldAt(port, 'protocol')) ?? 'TCP';
  return `${name === undefined ? '' : `${name} `}${number}/${protocol}→${target}`;
}

function portsText(spec: Json | undefined): string {
  return asList(fieldAt(spec, 'containers'))
    .flatMap((container) =>
      asList(fieldAt(container, 'ports')).map((port) => {
        const name = asText(fieldAt(port, 'name'));
        const protocol = asText(fieldAt(port, 'protocol')) ?? 'TCP';
        const number = String(fieldAt(port, 'containerPort'));
        return `${name === undefined ? '' : `${name} `}${number}/${protocol}`;
      }),
    )
    .sort()
    .join(', ');
}
