import { inPodSpec } from '../../src/cluster/pods.ts';
import {
  type PortDeclaredTwice,
  portsDeclaredTwice,
} from '../../src/lint/ports/ports-declared-twice.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';

const messages = {
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
};

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
  messages,
  check({ cluster, report }) {
    for (const twice of portsDeclaredTwice(cluster)) {
      const { service, index, set, pair } = twice;
      const field = isByName(twice) ? 'name' : 'containerPort';
      report({
        object: service.object,
        at: ['spec', 'ports', index, 'targetPort'],
        ...wordsFor(twice),
        dependsOn: [set.workload],
        related: pair.map(({ path, container }) => ({
          object: set.workload,
          at: inPodSpec(set, ...path, field),
          message: `of container "${container}"`,
        })),
      });
    }
  },
});

function isByName({ pair: [first, second] }: PortDeclaredTwice): boolean {
  return first.port.containerPort !== second.port.containerPort;
}

function wordsFor(twice: PortDeclaredTwice): Words<typeof messages> {
  const [{ container: first, port }, { container: second, port: other }] = twice.pair;
  const number = port.containerPort;
  if (isByName(twice))
    return {
      id: 'name',
      data: { target: String(twice.target), first, number, second, other: other.containerPort },
      help: 'give one of the two ports another name, and target the one that is meant',
    };
  return {
    id: 'number',
    data: { target: number, first, second },
    help: 'let one of them listen on another port, or declare the port where the listener is',
  };
}
