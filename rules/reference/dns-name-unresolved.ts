import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { dnsTarget, type DnsTarget, wrongPort } from '../../src/lint/references/dns-names.ts';
import { type GivenText, givenTexts, partOf } from '../../src/lint/references/given-texts.ts';
import { type HostName, hostNames, mayNameHost } from '../../src/text/host-names.ts';
import {
  follow,
  lookUp,
  missingMessages,
  namespaceOf,
} from '../../src/lint/references/reference.ts';
import { defineRule, type Place, type RuleContext } from '../../src/lint/rule.ts';
import { checkServicePort, portNumberMessages } from '../../src/lint/references/service-port.ts';

const messages = {
  ...missingMessages,
  ...portNumberMessages,
  headless: ({ port, target }: { port: number; target: number }) =>
    `port ${port} is the Service's own, and this name leads straight to the pods, which listen on ${target}`,
  pod: ({ pod, set, replicas }: { pod: string; set: string; replicas: number }) =>
    `there is no pod "${pod}"; StatefulSet ${set} has ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`,
};

type Context = RuleContext<typeof messages>;

export const dnsNameUnresolved = defineRule({
  meta: {
    id: 'dns-name-unresolved',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...workloadKinds, 'ConfigMap'],
    title: 'names a Service or port that does not exist',
    summary:
      'A URL or host in env, args or a ConfigMap names a Service or port that does not exist',
    why: 'cluster DNS answers for the names of Services that exist, and a Service takes connections on its own ports only, not on those of its pods',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster } = context;
    const namespaces = new Set(cluster.objects.all.map((object) => namespaceOf(object, cluster)));
    for (const text of givenTexts(cluster)) checkText(text, namespaces, context);
  },
});

function checkText(given: GivenText, namespaces: ReadonlySet<string>, context: Context): void {
  const { object, text, local } = given;
  if (!mayNameHost(text)) return;
  const from = namespaceOf(object, context.cluster);
  for (const name of hostNames(text)) {
    const target = dnsTarget(name.host, from, namespaces, context.cluster);
    if (
      target === undefined ||
      (!target.cluster && (local.has(name.host) || name.host === 'localhost'))
    )
      continue;
    checkName(name, target, (offset, length) => partOf(given, offset, length), context);
  }
}

function checkName(
  name: HostName,
  target: DnsTarget,
  part: (offset: number, length: number) => Place,
  context: Context,
): void {
  const { cluster, report } = context;
  const wanted = { group: '', kind: 'Service', namespace: target.namespace, name: target.service };
  const place = part(name.offset + target.at, target.service.length);
  const lookup = lookUp(context, place.object, wanted, { loose: true });
  if (lookup.state === 'missing' || lookup.state === 'unknown') {
    const meant =
      lookup.state === 'missing' && lookup.nearest?.difference === 'slip'
        ? lookup.nearest.object
        : undefined;
    // A short name may be anything: only a slip of the pen that fits in its port as well is one.
    const fits = meant !== undefined && hasPort(meant, name.port, context);
    if (target.cluster || fits)
      follow(context, place, wanted, {
        loose: true,
        reach: (other) => `write ${target.service}.${other}.svc`,
      });
    return;
  }
  const service =
    lookup.state === 'found'
      ? cluster.servicesByName.get(`${target.namespace}/${target.service}`)
      : undefined;
  if (service === undefined) return;
  if (target.pod !== undefined)
    checkPod(target.pod, target, part(name.offset, target.pod.length), context);
  const { port, portOffset } = name;
  // Small numbers behind a short name are more likely to be a version.
  if (
    port === undefined ||
    portOffset === undefined ||
    port === 0 ||
    (name.form === 'pair' && port < 80)
  )
    return;
  const wrong = wrongPort(service, port, target.pod !== undefined);
  if (wrong === undefined) return;
  const at = part(portOffset, String(port).length);
  if (wrong === 'none') {
    checkServicePort(
      context,
      at,
      { object: service.object, picture: service, ports: service.ports },
      { number: port },
    );
    return;
  }
  const number = Number(wrong.targetPort);
  report({
    ...at,
    id: 'headless',
    data: { port, target: number },
    help: `change it to ${number}`,
    related: [
      {
        object: service.object,
        at: ['spec', 'ports'],
        part: 'key',
        message: 'the ports of the Service',
      },
    ],
    fixes: [{ title: `change it to ${number}`, safety: 'safe', replace: number }],
  });
}

function hasPort(service: ClusterObject, port: number | undefined, { cluster }: Context): boolean {
  const picture = cluster.servicesByName.get(`${service.namespace}/${service.name}`);
  return (
    port === undefined ||
    (picture?.ports ?? []).some((one) => one.port === port || one.targetPort === port)
  );
}

/** A pod's own name exists for the pods of a StatefulSet with this Service only. */
function checkPod(
  pod: string,
  { service, namespace }: DnsTarget,
  place: Place,
  { cluster, report }: Context,
): void {
  const [, base, ordinal] = /^(.+)-(\d+)$/.exec(pod) ?? [];
  if (base === undefined) return;
  const set = cluster.pods
    .inNamespace(namespace)
    .find(
      ({ workload, ordinals, subdomain }) =>
        ordinals !== undefined && workload.name === base && subdomain === service,
    );
  if (set === undefined || !set.countKnown || set.count === 0) return;
  const start = set.ordinals?.start ?? 0;
  if (Number(ordinal) >= start && Number(ordinal) < start + set.count) return;
  report({
    ...place,
    id: 'pod',
    severity: 'warning',
    data: { pod, set: base, replicas: set.count },
    help: `its pods are ${base}-${start} to ${base}-${start + set.count - 1}`,
    related: [
      { object: set.workload, at: ['spec', 'replicas'], message: 'how many pods there are' },
    ],
  });
}
