import type { ServicePort } from 'kubernetes-types/core/v1';
import type { PodSet } from '../../src/cluster/pods.ts';
import { type DeclaredPort, declaredPorts, slicesSeeSidecars } from '../../src/cluster/ports.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { perBackends } from '../../src/lint/selectors/services-of.ts';
import type { Path } from '../../src/manifest/node.ts';

const declaredTwice = perBackends<Twice | undefined>();

export const targetPortAmbiguous = defineRule({
  meta: {
    id: 'target-port-ambiguous',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'targets a port that two containers declare',
    summary: 'A Service targets a port that two containers of one pod declare',
    why:
      'a target port leads to one container only: a name to the first one that declares it ' +
      '(FindPort), a number to the one that was first to listen, for the containers of a pod ' +
      'share one address',
    fixable: false,
  },
  messages: {
    name: ({
      target,
      first,
      number,
      second,
      other,
    }: {
      target: string;
      first: string;
      number: number;
      second: string;
      other: number;
    }) =>
      `containers "${first}" and "${second}" both have a port "${target}": the Service ` +
      `leads to ${number} of the first, never to ${other} of the second`,
    number: ({ target, first, second }: { target: number; first: string; second: string }) =>
      `containers "${first}" and "${second}" both declare port ${target}, where only one ` +
      'of them can listen',
  },
  check({ cluster, report }) {
    const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
    for (const service of cluster.services) {
      const { object, ports, backends } = service;
      for (const [index, port] of ports.entries()) {
        const found = declaredTwice(service, `${index} ${sidecars}`, () =>
          firstOf(backends, ({ members }) => twice(members.set, port, sidecars)),
        );
        if (found === undefined) continue;
        const { set, pair } = found;
        const [first, second] = pair;
        const target = port.targetPort ?? port.port;
        const prefix: Path = [...set.templatePath, 'spec'];
        const byName = first.port.containerPort !== second.port.containerPort;
        const place = {
          object,
          at: ['spec', 'ports', index, 'targetPort'],
          dependsOn: [set.workload],
          related: pair.map((declared) => ({
            object: set.workload,
            at: [...prefix, ...declared.path, byName ? 'name' : 'containerPort'],
            message: `of container "${declared.container}"`,
          })),
        };
        if (byName) {
          const data = {
            first: first.container,
            number: first.port.containerPort,
            second: second.container,
            other: second.port.containerPort,
          };
          const help = `give one of the two ports another name, and target the one that is meant`;
          report({ ...place, id: 'name', data: { target: String(target), ...data }, help });
        } else {
          const data = {
            target: first.port.containerPort,
            first: first.container,
            second: second.container,
          };
          report({
            ...place,
            id: 'number',
            data,
            help:
              'let one of them listen on another port, or declare the port where the ' +
              'listener is',
          });
        }
      }
    }
  },
});

interface Twice {
  readonly set: PodSet;
  readonly pair: readonly [DeclaredPort, DeclaredPort];
}

/**
 * Two containers of a pod that declare what a Service port targets: under one name with different
 * numbers, or the same number.
 */
function twice(
  set: PodSet,
  { port, targetPort = port, protocol = 'TCP' }: ServicePort,
  sidecars: boolean,
): Twice | undefined {
  const same = declaredPorts(set.spec, sidecars).filter(
    ({ port: declared }) =>
      typeof declared.containerPort === 'number' &&
      (declared.protocol ?? 'TCP') === protocol &&
      (typeof targetPort === 'string'
        ? declared.name === targetPort
        : declared.containerPort === targetPort),
  );
  const [first] = same;
  const second = same.find(({ container }) => container !== first?.container);
  return first === undefined || second === undefined ? undefined : { set, pair: [first, second] };
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
