import type { ClusterObject } from '../../src/cluster/objects.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { type AppSetting, appSettings } from '../../src/lint/references/app-settings.ts';
import { clusterNames } from '../../src/lint/references/cluster-names.ts';
import { type DnsTarget, dnsTarget, wrongPort } from '../../src/lint/references/dns-names.ts';
import { isUncalled, serviceByPort } from '../../src/lint/references/meant-service.ts';
import { podMiss } from '../../src/lint/references/pod-hosts.ts';
import {
  follow,
  type Lookup,
  lookUp,
  missingMessages,
  namespaceOf,
  reportMissing,
} from '../../src/lint/references/reference.ts';
import { checkServicePort, portNumberMessages } from '../../src/lint/references/service-port.ts';
import { type SpokenHost, spokenHosts } from '../../src/lint/references/spoken-hosts.ts';
import { workloadOf } from '../../src/lint/references/workload-hosts.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  ...missingMessages,
  ...portNumberMessages,
  headless: ({ port, target }: { port: number; target: number }) =>
    `port ${port} is the Service's own, and this name leads straight to the pods, which listen on ${target}`,
  workload: ({ host, workload, service }: { host: string; workload: string; service: string }) =>
    `"${host}" is the name of ${workload}, and no Service; its Service is "${service}"`,
  governed: ({ pod, set, service }: { pod: string; set: string; service: string }) =>
    `pods of StatefulSet ${set} have no name below this Service: its serviceName is "${service}", and so "${pod}.${service}" is one`,
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
    for (const text of appSettings(cluster)) checkText(text, namespaces, context);
    // What a controller is told may be meant for another cluster.
    for (const text of clusterNames(cluster)) checkText(text, namespaces, context, 'near');
  },
});

function checkText(
  given: AppSetting,
  namespaces: ReadonlySet<string>,
  context: Context,
  only?: 'near',
): void {
  const { object, local } = given;
  const from = namespaceOf(object, context.cluster);
  for (const name of spokenHosts(given)) {
    const target = dnsTarget(name.host, from, namespaces, context.cluster);
    if (
      target === undefined ||
      (!target.cluster && (local.has(name.host) || name.host === 'localhost'))
    )
      continue;
    if (only === undefined || target.cluster) checkName(name, target, context, only);
  }
}

function checkName(
  name: SpokenHost,
  target: DnsTarget,
  context: Context,
  only: 'near' | undefined,
): void {
  const { cluster, report } = context;
  const wanted = { group: '', kind: 'Service', namespace: target.namespace, name: target.service };
  const place = name.place(target.at, target.service.length);
  const lookup = lookUp(context, place.object, wanted, { loose: true });
  if (lookup.state === 'missing' || lookup.state === 'unknown') {
    const { workload, service } = workloadOf(target, name.port, cluster) ?? {};
    if (workload !== undefined && service !== undefined && !isWritten(lookup)) {
      report({
        ...place,
        id: 'workload',
        severity: name.port === undefined && !target.cluster ? 'warning' : 'error',
        data: {
          host: target.service,
          workload: describeObject(workload),
          service: service.object.name,
        },
        help: `change it to ${service.object.name}`,
        related: [
          { object: service.object, at: ['metadata', 'name'], message: 'the Service of its pods' },
        ],
        fixes: [
          {
            title: `change it to ${service.object.name}`,
            safety: 'unsafe',
            replace: service.object.name,
          },
        ],
      });
      return;
    }
    const nearest = lookup.state === 'missing' ? lookup.nearest : undefined;
    // A short name may be anything: only one that fits in its port as well is taken for a Service's.
    const fits = nearest !== undefined && hasPort(nearest.object, name.port, context);
    const isLike =
      nearest?.difference === 'slip' ||
      nearest?.difference === 'renamed' ||
      // Of namespaces that nobody wrote it is not known that they are two.
      (nearest?.difference === 'namespace' &&
        !place.object.namespaceAssumed &&
        !nearest.object.namespaceAssumed &&
        (name.port !== undefined || name.form === 'url' || name.form === 'setting'));
    const byWord = nearest?.difference === 'similar' && isUncalled(cluster, nearest.object);
    const byPort =
      !isWritten(lookup) && !isLike && name.port !== undefined
        ? serviceByPort(cluster, target, name.port)
        : undefined;
    if (!target.cluster && name.form === 'setting' && byPort !== undefined)
      reportMissing(context, place, wanted, {
        object: byPort.object,
        written: byPort.object.name,
        difference: 'similar',
        certain: false,
      });
    else if (
      (target.cluster && only === undefined) ||
      (fits && (isLike || (name.form === 'setting' && byWord)))
    )
      follow(context, place, wanted, {
        loose: true,
        ...(!target.cluster && nearest?.difference === 'namespace' && { severity: 'warning' }),
        reach: (other) => `write ${target.service}.${other}.svc`,
      });
    return;
  }
  const service =
    lookup.state === 'found'
      ? cluster.servicesByName.get(`${target.namespace}/${target.service}`)
      : undefined;
  if (service === undefined) return;
  const miss = podMiss(target, cluster);
  if (miss !== undefined && target.pod !== undefined)
    report({ ...name.place(0, target.pod.length), ...miss });
  const { port, portPlace: at } = name;
  // Small numbers behind a short name are more likely to be a version.
  if (port === undefined || at === undefined || port === 0 || (name.form === 'pair' && port < 80))
    return;
  const wrong = wrongPort(service, port, target.pod !== undefined);
  if (wrong === undefined) return;
  if (wrong === 'none') {
    checkServicePort(
      context,
      at,
      { object: service.object, picture: service, ports: service.ports },
      { number: port },
    );
    return;
  }
  const { number } = wrong;
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

/** Something that was read elsewhere, or that somebody says is there, may well be meant. */
function isWritten(lookup: Lookup): boolean {
  return lookup.state === 'unknown' && lookup.open !== true;
}
