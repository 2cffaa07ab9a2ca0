import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { type UndeclaredProbe, undeclaredProbes } from '../../src/lint/ports/undeclared-probes.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const options = {
  all: {
    type: 'boolean',
    default: false,
    description: 'whether to tell of every number that no container declares, as an info',
  },
} as const;

interface Dialled {
  readonly probe: string;
  readonly port: number;
}

const messages = {
  stock: ({ probe, port, image, ports }: Dialled & { image: string; ports: string }) =>
    `${probe} dials port ${port}, but the image ${image} as it comes listens on ${ports} only`,
  told: ({ probe, port, told }: { probe: string; port: number; told: number }) =>
    `${probe} dials port ${port}, but the container is told to answer the kubelet on ${told}`,
  disagree: ({ probe, port, other, declared }: Dialled & { other: string; declared: number }) =>
    `${probe} dials port ${port}, which no container declares, while ${other} dials ` +
    `${declared}, which is declared`,
  only: ({ probe, port, only }: { probe: string; port: number; only: number }) =>
    `${probe} dials port ${port}, which no container declares; the only port that is declared ` +
    `is ${only}`,
  undeclared: ({ probe, port }: { probe: string; port: number }) =>
    `${probe} dials port ${port}, which no container declares`,
  slip: ({ probe, port, meant }: { probe: string; port: number; meant: number }) =>
    `${probe} dials port ${port}, which no container declares, but ${meant} is declared, ` +
    'which has nearly the same digits',
  service: ({
    probe,
    port,
    service,
    target,
  }: {
    probe: string;
    port: number;
    service: string;
    target: string;
  }) =>
    `${probe} dials port ${port}, which is the port of ${service}; the pods listen on ` +
    `its target port ${target}`,
};

export const probePortUndeclared = defineRule({
  meta: {
    id: 'probe-port-undeclared',
    category: 'probe',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: 'probes a port that looks like a slip',
    summary: 'A probe dials a port number that no container declares and that looks like a slip',
    why:
      'the kubelet dials the number as it is, at the address of the pod; where nobody ' +
      'listens the probe fails: the pod takes no traffic, or is restarted for ever',
    fixable: false,
    options,
  },
  messages,
  check({ cluster, report, options: { all } }) {
    for (const undeclared of undeclaredProbes(cluster)) {
      const { set, at, probe, sign } = undeclared;
      if (sign === 'none' && !all) continue;
      report({
        object: set.workload,
        at,
        ...wordsFor(undeclared),
        ...(!probe.endsWith('Probe') && { why: whyOfHooks }),
        help:
          `write the port that the container listens on in ${probe}, best by its name; if it ` +
          'does listen here, declare the port',
      });
    }
  },
});

const whyOfHooks =
  'the kubelet dials the number as it is, at the address of the pod; where nobody listens the ' +
  'hook fails: the container is stopped without it, or is restarted for ever if it is postStart';

function wordsFor(undeclared: UndeclaredProbe): Words<typeof messages> {
  const { probe, port, sign } = undeclared;
  switch (sign) {
    case 'stock': {
      const { image, ports } = undeclared;
      return { id: 'stock', data: { probe, port, image, ports: ports.join(', ') } };
    }
    case 'told':
      return { id: 'told', data: { probe, port, told: undeclared.told } };
    case 'service': {
      const { service, index, target } = undeclared;
      const at = ['spec', 'ports', index, 'port'];
      return {
        id: 'service',
        data: { probe, port, service: describeObject(service.object), target: String(target) },
        related: [{ object: service.object, at, message: 'the port of the Service' }],
      };
    }
    case 'slip':
      return { id: 'slip', data: { probe, port, meant: undeclared.meant } };
    case 'only':
      return { id: 'only', data: { probe, port, only: undeclared.only } };
    case 'disagree': {
      const { probe: other, port: declared } = undeclared.other;
      const data = { probe, port, other, declared };
      // A second port is there for something else: who asks it for the very same misspelt it.
      return undeclared.same
        ? { id: 'disagree', data }
        : { id: 'disagree', severity: 'info', data };
    }
    case 'none':
      return { id: 'undeclared', severity: 'info', data: { probe, port } };
  }
}
