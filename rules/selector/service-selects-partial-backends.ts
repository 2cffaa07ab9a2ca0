import type { ServicePort } from 'kubernetes-types/core/v1';
import { runningContainers } from '../../src/cluster/containers.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { declaredPorts } from '../../src/cluster/ports.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { runsToCompletion } from '../../src/kubernetes/kinds.ts';
import { isMentioned } from '../../src/lint/ports/mentioned.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { perBackends } from '../../src/lint/selectors/services-of.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { lazily } from '../../src/multimap.ts';

export const serviceSelectsPartialBackends = defineRule({
  meta: {
    id: 'service-selects-partial-backends',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'selects pods that lack its port',
    summary: 'A Service selects some pods that do not declare the port it targets',
    why:
      'a named target port is looked up in each pod; a pod without it still joins the ' +
      'EndpointSlices, in a slice of its own that lacks the port, and takes no traffic for it',
    fixable: false,
  },
  messages: {
    lacks: ({ target, without, with: having }: { target: string; without: string; with: string }) =>
      `the pods of ${without} have no port "${target}"; those of ${having} have it, and ` +
      'the selector takes both',
    undeclared: ({
      target,
      without,
      with: having,
    }: {
      target: number;
      without: string;
      with: string;
    }) =>
      `the pods of ${without} do not declare port ${target}; those of ${having} do, and ` +
      'the selector takes both',
  },
  check({ cluster, report }) {
    for (const service of cluster.services) {
      for (const [index, port] of service.ports.entries()) {
        const target = port.targetPort ?? port.port;
        const { having, lacking, workloads } = sidesOf(service, port, index);
        const [first] = lacking;
        if (first === undefined || having.length === 0) continue;
        const place = {
          object: service.object,
          at: ['spec', 'ports', index, 'targetPort'],
          dependsOn: workloads(),
          related: [
            {
              object: first.workload,
              at: [...first.templatePath, 'metadata', 'labels'],
              part: 'key' as const,
              message: 'these pods match the selector',
            },
          ],
        };
        const sides = namesOf(service, `${index} ${service.headless}`, () => ({
          without: names(lacking),
          with: names(having),
        }));
        const narrow = `add a label to the selector that only the pods of ${sides.with} have`;
        if (typeof target === 'number') {
          report({
            ...place,
            id: 'undeclared',
            data: { target, ...sides },
            why:
              'a numeric target port is dialled in every pod that the selector takes; one ' +
              'where nobody listens refuses its share of the connections',
            help: `${narrow}, or declare port ${target} there too if they do listen on it`,
          });
        } else
          report({
            ...place,
            id: 'lacks',
            data: { target, ...sides },
            help: `${narrow}, or declare the port "${target}" there too`,
          });
      }
    }
  },
});

interface Sides {
  readonly having: readonly PodSet[];
  readonly lacking: readonly PodSet[];
}

interface AllSides extends Sides {
  /** Of both. */
  readonly workloads: () => readonly ClusterObject[];
}

const known = perBackends<AllSides>();
const namesOf = perBackends<{ readonly without: string; readonly with: string }>();

function sidesOf(service: ServicePicture, port: ServicePort, index: number): AllSides {
  return known(service, `${index} ${service.headless}`, () => {
    const target = port.targetPort ?? port.port;
    const { having, lacking: all } =
      typeof target === 'number' ? byNumber(service, port, target) : byName(service, index);
    // The pods of a Job come and go, and take no traffic; whether they belong behind a Service at
    // all is another question.
    const lacking = all.filter(({ workload }) => !runsToCompletion(workload.kind));
    return {
      having,
      lacking,
      workloads: lazily(() => [...lacking, ...having].map(({ workload }) => workload)),
    };
  });
}

/**
 * Whoever reads the slices of a headless Service takes what is in them: a ring of several workloads
 * often shares one.
 */
function byName({ headless, backends }: ServicePicture, index: number): Sides {
  const sets = (lacking: boolean): PodSet[] =>
    (headless ? [] : backends)
      .filter(({ resolved }) => resolved.unresolved.includes(index) === lacking)
      .map(({ members }) => members.set);
  return { having: sets(false), lacking: sets(true) };
}

/**
 * A number is dialled declared or not, so only the contrast tells: some workloads declare it and
 * others do not. Clients of a headless Service choose their pods themselves, and on the network of
 * the host hardly anybody declares ports.
 */
function byNumber(
  { headless, backends }: ServicePicture,
  { protocol = 'TCP' }: ServicePort,
  target: number,
): Sides {
  const having: PodSet[] = [];
  const lacking: PodSet[] = [];
  for (const { members } of headless ? [] : backends) {
    const { set, count } = members;
    const ports = declaredPorts(set.spec).map(({ port }) => port);
    const known = ports.every(({ containerPort }) => typeof containerPort === 'number');
    // A Pod by itself that declares nothing says nothing; people leave ports out.
    const tells = ports.length > 0 || set.workload.kind !== 'Pod';
    const certain =
      known &&
      tells &&
      !set.assumed &&
      set.workload.incomplete.length === 0 &&
      (count > 0 || !set.countKnown);
    if (
      ports.some((port) => port.containerPort === target && (port.protocol ?? 'TCP') === protocol)
    )
      having.push(set);
    else if (certain && set.spec.hostNetwork !== true && !isTold(set, target)) lacking.push(set);
  }
  return { having, lacking };
}

function isTold({ spec }: PodSet, target: number): boolean {
  return runningContainers(spec).some(({ container }) => isMentioned(target, container, spec));
}

function names(sets: readonly PodSet[]): string {
  const unique = [...new Set(sets.map(({ workload }) => describeObject(workload)))];
  return unique.length > 3
    ? `${unique.slice(0, 3).join(', ')} and ${unique.length - 3} more`
    : unique.join(', ');
}
