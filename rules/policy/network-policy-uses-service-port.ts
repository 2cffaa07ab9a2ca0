import {
  containerPortOf,
  isSpare,
  type RulePort,
  type ServicePortSlip,
  servicePortSlips,
  unresolvedNames,
} from '../../src/lint/ports/policy-ports.ts';
import { firstOf, selectedPorts } from '../../src/lint/ports/selected-ports.ts';
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
    const { cluster } = context;
    for (const slip of servicePortSlips(cluster)) checkNumber(slip, context);
    for (const rulePort of unresolvedNames(cluster)) checkName(rulePort, context);
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
    ...(targets.length === 1 && {
      fixes: [{ title: `change it to ${first.target}`, safety: 'unsafe', replace: first.target }],
    }),
  });
}

function checkName(
  rulePort: RulePort,
  { cluster, unseen, report, unknown }: RuleContext<typeof messages>,
): void {
  const { policy, path, item, pods, direction } = rulePort;
  const name = String(item.port);
  const { protocol = 'TCP' } = item;
  const ports = selectedPorts(cluster, pods);
  const declared = ports.declared();
  const place = { object: policy, at: path };
  // A policy for all pods of a namespace is as much for those that are yet to come.
  const selector = policy.value.spec?.podSelector ?? {};
  const pairs = selector.matchLabels ?? {};
  const everyPod =
    direction === 'Ingress' &&
    Object.keys(pairs).length === 0 &&
    (selector.matchExpressions ?? []).length === 0;
  const namespace = policy.namespace ?? cluster.options.namespace;
  const whyUnseen =
    unseen.unreadPods() ??
    (direction === 'Ingress' ? unseen.operatedPods(pairs, namespace) : undefined);
  if (whyUnseen !== undefined)
    return unknown({
      ...place,
      reason: `no pod that was read has a port "${name}", but ${whyUnseen}`,
    });
  const severity = everyPod || pods.some(({ truth }) => truth === 'unknown') ? 'warning' : 'error';
  const common = { ...place, severity, dependsOn: pods.map(({ set }) => set.workload) } as const;
  const twin = declared.find(({ port }) => port.name === name);
  if (twin !== undefined) {
    const actual = twin.port.protocol ?? 'TCP';
    return report({
      ...common,
      id: 'protocol',
      data: { port: name, protocol, actual },
      help: `write protocol: ${actual}`,
      related: [
        { object: twin.set.workload, at: [...twin.path, 'name'], message: 'the port of that name' },
      ],
    });
  }
  const called = ports.translated(protocol).byName(name);
  if (called === undefined && isSpare(rulePort, cluster)) return;
  const meant =
    called === undefined ? ports.nearestName(name, protocol) : containerPortOf(called, declared);
  const known = ports.known();
  const rest = {
    ...common,
    ...(meant !== undefined && {
      help: `write ${meant}`,
      fixes: [{ title: `change it to ${meant}`, safety: 'unsafe' as const, replace: meant }],
    }),
  };
  if (called === undefined) report({ ...rest, id: 'name', data: { port: name, known } });
  else
    report({
      ...rest,
      id: 'serviceName',
      data: { port: name, service: describeObject(firstOf(called).service.object), known },
    });
}
