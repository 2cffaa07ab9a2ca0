import {
  type BackendPort,
  backendWorkloads,
  listPorts,
} from '../../src/lint/ports/backend-ports.ts';
import {
  type UndeclaredTarget,
  undeclaredTargets,
} from '../../src/lint/ports/undeclared-targets.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';

const messages = {
  slip: ({ target, meant }: { target: number; meant: number }) =>
    `no container declares port ${target}, but ${meant} is declared, which has nearly ` +
    'the same digits',
  defaulted: ({ port, known }: { port: number; known: string }) =>
    `targetPort is left out and so defaults to ${port}, which no container declares; ${known}`,
  named: ({ target, name, meant }: { target: number; name: string; meant: number }) =>
    `no container declares port ${target}; the port "${name}" of the containers is ${meant}`,
  swapped: ({ target, port }: { target: number; port: number }) =>
    `no container declares port ${target}, and the containers declare ${port}, which is the ` +
    'port of the Service: the two look swapped',
  other: ({ target, known }: { target: number; known: string }) =>
    `no container declares port ${target}; ${known}`,
};

export const targetPortUndeclared = defineRule({
  meta: {
    id: 'target-port-undeclared',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'targets a port that no container declares',
    summary:
      'A Service targets a port number that none of its pods declares although they declare others',
    why:
      'a numeric target port is dialled as it is, declared or not: containerPort is ' +
      'informational, so nothing but the application tells whether anybody listens there',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    for (const undeclared of undeclaredTargets(cluster)) {
      const { service, index, written, shown } = undeclared;
      report({
        object: service.object,
        at: ['spec', 'ports', index, written ? 'targetPort' : 'port'],
        dependsOn: backendWorkloads(service),
        ...wordsFor(undeclared),
        ...(shown !== undefined && {
          related: [
            {
              object: shown.set.workload,
              at: [...shown.path, 'containerPort'],
              message: 'a declared port',
            },
          ],
        }),
      });
    }
  },
});

function wordsFor(undeclared: UndeclaredTarget): Words<typeof messages> {
  const { target, known, sign, shown } = undeclared;
  if (sign !== 'none') return wordsForMeant(sign, target, shown, listPorts(known));
  return {
    id: 'other',
    severity: 'info',
    data: { target, known: listPorts(known) },
    help: `declare port ${target} on the container that listens, or target a declared one`,
  };
}

type MeantSign = Exclude<UndeclaredTarget['sign'], 'none'>;

function wordsForMeant(
  sign: MeantSign,
  target: number,
  { port: { containerPort: meant, name = '' } }: BackendPort,
  known: string,
): Words<typeof messages> {
  switch (sign) {
    case 'slip':
      return {
        id: 'slip',
        data: { target, meant },
        help:
          `if ${meant} was meant, change it; if the application also listens on ` +
          `${target}, declare that port`,
      };
    case 'named':
      return { id: 'named', data: { target, name, meant }, help: `write targetPort: ${name}` };
    case 'swapped':
      return {
        id: 'swapped',
        data: { target, port: meant },
        help: `write port: ${target} and targetPort: ${meant}`,
      };
    case 'defaulted':
      return { id: 'defaulted', data: { port: target, known }, help: `add targetPort: ${meant}` };
    case 'probed':
      return {
        id: 'other',
        data: { target, known },
        help:
          `a probe dials ${meant}, so that is where the application listens: change it to ` +
          `${meant}, or declare port ${target} if it listens there as well`,
      };
  }
}
