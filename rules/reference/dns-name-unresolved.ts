import type { ServicePicture } from '../../src/cluster/service.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import type { AppSetting } from '../../src/lint/references/app-settings.ts';
import { clusterNames } from '../../src/lint/references/cluster-names.ts';
import { type DnsTarget, dnsTarget, wrongPort } from '../../src/lint/references/dns-names.ts';
import { podMessages, podMiss } from '../../src/lint/references/pod-hosts.ts';
import {
  follow,
  lookUp,
  missingMessages,
  namespaceOf,
  reportMissing,
} from '../../src/lint/references/reference.ts';
import { checkServicePort, portNumberMessages } from '../../src/lint/references/service-port.ts';
import {
  namingTexts,
  type SpokenHost,
  spokenHosts,
} from '../../src/lint/references/spoken-hosts.ts';
import { type Meant, whatHostMeans } from '../../src/lint/references/unresolved-host.ts';
import { defineRule, type Place, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  ...missingMessages,
  ...portNumberMessages,
  ...podMessages,
  headless: ({ port, target }: { port: number; target: number }) =>
    `port ${port} is the Service's own, and this name leads straight to the pods, which listen on ${target}`,
  workload: ({ host, workload, service }: { host: string; workload: string; service: string }) =>
    `"${host}" is the name of ${workload}, and no Service; its Service is "${service}"`,
};

type Context = RuleContext<typeof messages>;

export const dnsNameUnresolved = defineRule({
  meta: {
    id: 'dns-name-unresolved',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...workloadKinds, 'ConfigMap', 'Secret'],
    title: 'names a Service or port that does not exist',
    summary:
      'A URL or host in env, args or a ConfigMap names a Service or port that does not exist',
    why: 'cluster DNS answers for the names of Services that exist, and a Service takes connections on its own ports only, not on those of its pods',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster } = context;
    for (const { given, hosts } of namingTexts(cluster))
      for (const name of hosts) checkHost(name, given, context);
    // What a controller is told may be meant for another cluster.
    for (const given of clusterNames(cluster))
      for (const name of spokenHosts(given)) checkHost(name, given, context, 'near');
  },
});

function checkHost(
  name: SpokenHost,
  { object, local }: AppSetting,
  context: Context,
  only?: 'near',
): void {
  const target = dnsTarget(name.host, namespaceOf(object, context.cluster), context.cluster);
  if (target === undefined) return;
  if (!target.cluster && (local.has(name.host) || name.host === 'localhost')) return;
  if (only === undefined || target.cluster) checkName(name, target, context, only);
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
    const nearOnly = only !== undefined;
    const meant = whatHostMeans(cluster, place.object, name, target, lookup, nearOnly);
    if (meant?.as === 'workload') reportWorkload(place, name, target, meant, context);
    if (meant?.as === 'port') reportMissing(context, place, wanted, meant.candidate);
    if (meant?.as === 'name')
      follow(context, place, wanted, {
        loose: true,
        ...(!target.cluster &&
          meant.nearest?.difference === 'namespace' && { severity: 'warning' }),
        reach: (other) => `write ${target.service}.${other}.svc`,
      });
  }
  const service = cluster.servicesByName.get(`${target.namespace}/${target.service}`);
  if (lookup.state !== 'found' || service === undefined) return;
  const miss = podMiss(target, cluster);
  if (miss !== undefined && target.pod !== undefined)
    report({ ...name.place(0, target.pod.length), ...miss });
  checkPort(name, service, target.pod !== undefined, context);
}

function reportWorkload(
  place: Place,
  { port }: SpokenHost,
  { service: host, cluster }: DnsTarget,
  { workload, service: { object } }: Extract<Meant, { as: 'workload' }>,
  { report }: Context,
): void {
  report({
    ...place,
    id: 'workload',
    severity: port === undefined && !cluster ? 'warning' : 'error',
    data: { host, workload: describeObject(workload), service: object.name },
    help: `change it to ${object.name}`,
    related: [{ object, at: ['metadata', 'name'], message: 'the Service of its pods' }],
    fixes: [{ title: `change it to ${object.name}`, safety: 'unsafe', replace: object.name }],
  });
}

function checkPort(
  { form, port, portPlace: at }: SpokenHost,
  picture: ServicePicture,
  isPod: boolean,
  context: Context,
): void {
  // Small numbers behind a short name are more likely to be a version.
  if (port === undefined || at === undefined || port === 0 || (form === 'pair' && port < 80))
    return;
  const { object, ports } = picture;
  const wrong = wrongPort(picture, port, isPod);
  if (wrong === 'none') checkServicePort(context, at, { object, picture, ports }, { number: port });
  if (wrong === undefined || wrong === 'none') return;
  const { number } = wrong;
  context.report({
    ...at,
    id: 'headless',
    data: { port, target: number },
    help: `change it to ${number}`,
    related: [{ object, at: ['spec', 'ports'], part: 'key', message: 'the ports of the Service' }],
    fixes: [{ title: `change it to ${number}`, safety: 'safe', replace: number }],
  });
}
