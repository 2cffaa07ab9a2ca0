/**
 * `describe deployment|statefulset|pod|…`: the pods it makes, whether they become ready, and which
 * Services take them.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { runningContainers } from '../cluster/containers.ts';
import type { ClusterObject } from '../cluster/objects.ts';
import type { PodSet } from '../cluster/pods.ts';
import { scenarioOf } from '../cluster/scenario.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { pushAll } from '../lists.ts';
import { locateAcross } from '../manifest/node.ts';
import type { DescribeOptions } from './describe-service.ts';
import { type Fact, factLines, sectionLines } from './facts.ts';
import { none } from './get/row.ts';
import { podsText } from './members.ts';
import { manifestPlace } from './place.ts';
import { namedPort } from './text.ts';

export function describeWorkload(
  workload: ClusterObject,
  sets: readonly PodSet[],
  cluster: Cluster,
  { style, width }: DescribeOptions,
): string {
  const lines = [...identity(workload), ...sets.flatMap((set) => podFacts(set, cluster))].flatMap(
    ([label, value]) => factLines(label, value, width),
  );
  const [first] = sets;
  const sections: readonly (readonly [title: string, body: readonly string[]])[] = [
    ['Containers', first === undefined ? [] : containerTexts(first)],
    ['Not ready', sets.flatMap(({ notReady }) => notReady.map(({ message }) => message))],
    ['Services', sets.flatMap((set) => serviceTexts(set, cluster))],
  ];
  for (const [title, body] of sections)
    if (body.length > 0)
      pushAll(lines, ['', style.bold(`${title}:`), ...sectionLines([...new Set(body)], width)]);
  return `${lines.join('\n')}\n`;
}

export function identity(object: ClusterObject): Fact[] {
  const { file, range } = locateAcross(object.source.document.file, object.source.node, []);
  return [
    ['Kind:', object.kind],
    ['Name:', object.name],
    ...(object.namespace === undefined ? [] : [['Namespace:', object.namespace] as Fact]),
    ['Manifest:', manifestPlace(file, range[0])],
  ];
}

function podFacts(set: PodSet, cluster: Cluster): Fact[] {
  const labels = [...set.labels];
  const known = labels.flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]));
  const others = labels.flatMap(([key, value]) => (value === null ? [key] : []));
  const left = scenarioOf({ during: 'rollout' }, cluster.objects)(set).count;
  const replaces = left !== set.count && set.countKnown;
  return [
    [
      'Pods:',
      `${podsText(set, set.count)}${set.countReason === undefined ? '' : `: ${set.countReason}`}`,
    ],
    ['Pod Labels:', known.join(',') || none],
    ...(others.length === 0 ? [] : [['Set In Cluster:', others.join(', ')] as Fact]),
    ...(set.hasAddress
      ? []
      : [
          [
            'Scheduling:',
            set.unscheduled?.message ?? 'waits for a gate: it has no address',
          ] as Fact,
        ]),
    ...(replaces
      ? [['During Rollout:', `${left} of ${set.count} stay ready at least`] as Fact]
      : []),
  ];
}

function containerTexts({ spec }: PodSet): string[] {
  return runningContainers(spec).map(({ container: { name, image = none, ports = [] } }) => {
    const listens = ports.map(({ name: port, containerPort, protocol = 'TCP' }) =>
      namedPort(port, containerPort, protocol),
    );
    return `${name}: ${image}, ports ${listens.join(', ') || none}`;
  });
}

/** Each Service that takes its pods, with where its ports lead. */
function serviceTexts(set: PodSet, cluster: Cluster): string[] {
  return cluster.services.flatMap((service) => {
    const backend = service.backends.find(({ members }) => members.set === set);
    if (backend !== undefined)
      return [`${nameOf(service)}: ${portTexts(service, backend.resolved)}`];
    return service.possible.includes(set)
      ? [`${nameOf(service)}: perhaps, its labels are filled in later`]
      : [];
  });
}

function nameOf({ object }: ServicePicture): string {
  return `${object.namespace ?? ''}/${object.name}`;
}

function portTexts(
  service: ServicePicture,
  resolved: ServicePicture['backends'][number]['resolved'],
): string {
  if (service.ports.length === 0) return 'by its name, without ports';
  return service.ports
    .map((port, index) => {
      const open = [...resolved.unresolved, ...resolved.unknown];
      const before = open.filter((other) => other < index).length;
      const target = resolved.unresolved.includes(index)
        ? none
        : resolved.unknown.includes(index)
          ? '<unknown>'
          : String(resolved.ports[index - before]?.port ?? none);
      return `${port.name === undefined ? '' : `${port.name} `}${port.port} → ${target}`;
    })
    .join(', ');
}
