import { fixTo } from '../../src/lint/fixes/change-to.ts';
import { type MisnamedPort, misnamedPorts } from '../../src/lint/ports/misnamed-ports.ts';
import { type ServicePortSlip, servicePortSlips } from '../../src/lint/ports/policy-ports.ts';
import { firstOf } from '../../src/lint/ports/selected-ports.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  service: ({ port, service, target }: { port: number; service: string; target: number }) =>
    `${port} is the port of ${service}; its pods listen on ${target}`,
  name: ({ port, known }: { port: string; known: string }) =>
    `port "${port}" is not a port of any of these pods; ${known}`,
  serviceName: ({ port, service, known }: { port: string; service: string; known: string }) =>
    `"${port}" is what ${service} calls its port; a policy looks the name up among the ` +
    `container ports; ${known}`,
  protocol: ({ port, protocol, actual }: { port: string; protocol: string; actual: string }) =>
    `port "${port}" is a ${actual} port of these pods, the rule is about ${protocol}`,
};

export const networkPolicyUsesServicePort = defineRule({
  meta: {
    id: 'network-policy-uses-service-port',
    category: 'policy',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['NetworkPolicy'],
    title: 'allows a port that no pod has',
    summary:
      'A rule of a NetworkPolicy names the port of a Service, or a port name that no pod declares',
    why:
      'a NetworkPolicy sees packets after the Service has been translated to a pod: its ' +
      'ports are those that the containers listen on, by number or by container port name',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster, unseen } = context;
    for (const slip of servicePortSlips(cluster)) checkNumber(slip, context);
    for (const misnamed of misnamedPorts(cluster, unseen)) sayMisnamed(misnamed, context);
  },
});

function checkNumber(
  { policy, path, item, pods, meant, proven }: ServicePortSlip,
  { unseen, report }: RuleContext<typeof messages>,
): void {
  const [first] = meant;
  if (first === undefined) return;
  const { service } = firstOf(first);
  const targets = [...new Set(meant.map(({ target }) => target))];
  report({
    object: policy,
    at: path,
    id: 'service',
    data: {
      port: Number(item.port),
      service: describeObject(service.object),
      target: first.target,
    },
    severity: proven && unseen.unreadPods() === undefined ? 'error' : 'warning',
    help: `write ${targets.join(' and ')}, the port that the pods listen on`,
    related: [
      {
        object: service.object,
        at: ['spec', 'ports', first.index, 'targetPort'],
        message: 'where the Service leads to',
      },
    ],
    dependsOn: pods.map(({ set }) => set.workload),
    fixes: targets.length === 1 ? fixTo(first.target, 'unsafe') : [],
  });
}

function sayMisnamed(
  misnamed: MisnamedPort,
  { report, unknown }: RuleContext<typeof messages>,
): void {
  const { policy, path, pods, name, protocol, proven } = misnamed;
  const place = { object: policy, at: path };
  if (misnamed.state === 'unknown')
    return unknown({
      ...place,
      reason: `no pod that was read has a port "${name}", but ${misnamed.reason}`,
    });
  const severity = proven ? 'error' : 'warning';
  const common = { ...place, severity, dependsOn: pods.map(({ set }) => set.workload) } as const;
  if (misnamed.state === 'protocol') {
    const { set, port, path: declared } = misnamed.twin;
    const actual = port.protocol ?? 'TCP';
    const twin = { object: set.workload, at: [...declared, 'name'] };
    return report({
      ...common,
      id: 'protocol',
      data: { port: name, protocol, actual },
      help: `write protocol: ${actual}`,
      related: [{ ...twin, message: 'the port of that name' }],
    });
  }
  const { called, meant, known } = misnamed;
  const rest = {
    ...common,
    ...(meant !== undefined && { help: `write ${meant}` }),
    fixes: fixTo(meant, 'unsafe'),
  };
  if (called === undefined) return report({ ...rest, id: 'name', data: { port: name, known } });
  const service = describeObject(firstOf(called).service.object);
  report({ ...rest, id: 'serviceName', data: { port: name, service, known } });
}
