import { changeTo } from '../../src/lint/fixes/change-to.ts';
import { type DnsTarget } from '../../src/lint/hosts/dns-names.ts';
import { checkHostPort, checkPortMade, hostPortMessages } from '../../src/lint/hosts/host-ports.ts';
import { type NamedHost, namedHosts } from '../../src/lint/hosts/named-hosts.ts';
import { containerMessages, ownContainers } from '../../src/lint/hosts/own-containers.ts';
import { podMessages, podMiss } from '../../src/lint/hosts/pod-hosts.ts';
import type { SpokenHost } from '../../src/lint/hosts/spoken-hosts.ts';
import { type Meant, whatHostMeans } from '../../src/lint/hosts/unresolved-host.ts';
import { unserved, workloadMessages } from '../../src/lint/hosts/workload-hosts.ts';
import {
  follow,
  isNowhere,
  lookUp,
  missingMessages,
  namespaceOf,
  reportMissing,
} from '../../src/lint/references/reference.ts';
import { defineRule, type Place, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  ...missingMessages,
  ...podMessages,
  ...containerMessages,
  ...hostPortMessages,
  ...workloadMessages,
};

type Context = RuleContext<typeof messages>;

export const dnsNameUnresolved = defineRule({
  meta: {
    id: 'dns-name-unresolved',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [],
    title: 'names a Service or port that does not exist',
    summary:
      'A URL or host in env, args or a ConfigMap names a Service or port that does not exist',
    why:
      'cluster DNS answers for the names of Services that exist, and a Service takes ' +
      'connections on its own ports only, not on those of its pods',
    fixable: true,
  },
  messages,
  check(context) {
    const told = new Set<string>();
    for (const named of namedHosts(context.cluster)) checkName(named, told, context);
    for (const own of ownContainers(context)) context.report(own);
  },
});

function checkName(named: NamedHost, told: Set<string>, context: Context): void {
  const { name, target, nearOnly } = named;
  const { cluster } = context;
  const wanted = { group: '', kind: 'Service', namespace: target.namespace, name: target.service };
  const place = name.place(target.at, target.service.length);
  const lookup = lookUp(context, place.object, wanted, { loose: true });
  if (isNowhere(lookup) && reportPod(named, told, context)) return;
  if (lookup.state === 'missing' || lookup.state === 'unknown') {
    const meant = whatHostMeans(context, place.object, name, target, lookup, nearOnly);
    if (meant?.as === 'workload') reportWorkload(place, name, target, meant, context);
    // One Service is missing, however many name it.
    const key = `${target.namespace}/${target.service}`;
    if (meant?.as === 'pods' && !told.has(key))
      context.report({ ...place, ...unserved(target, name, meant.pods) });
    if (meant?.as === 'pods') told.add(key);
    if (meant?.as === 'port') reportMissing(context, place, wanted, meant.candidate);
    if (meant?.as === 'lone') reportMissing(context, place, wanted, undefined, meant);
    if (meant?.as === 'name')
      follow(context, place, wanted, {
        loose: true,
        ...(!target.cluster &&
          meant.nearest?.difference === 'namespace' && { severity: 'warning' }),
        reach: (other) => `write ${target.service}.${other}.svc`,
      });
  }
  if (lookup.state === 'made') checkPortMade(name, wanted, context);
  const service = cluster.servicesByName.get(`${target.namespace}/${target.service}`);
  if (lookup.state !== 'found' || service === undefined) return;
  reportPod(named, told, context);
  checkHostPort(name, service, target.pod !== undefined, context);
}

/** A pod that has no name below the Service, be that there or not; gives whether it is so. */
function reportPod(
  { name, target }: NamedHost,
  told: Set<string>,
  { cluster, report }: Context,
): boolean {
  const miss =
    target.pod === undefined
      ? undefined
      : podMiss(target, cluster, namespaceOf(name.place(0, 0).object, cluster));
  if (miss === undefined || target.pod === undefined) return false;
  const at = name.place(0, target.pod.length);
  // A set without names is one fault, however many of its pods a list names.
  const key =
    miss.id === 'pod'
      ? undefined
      : textKey(at, miss.id === 'stranger' ? miss.data.sets : miss.data.set);
  if (key === undefined || !told.has(key)) report({ ...at, ...miss });
  if (key !== undefined) told.add(key);
  return true;
}

function textKey({ object: { namespace = '', kind, name }, at }: Place, set: string): string {
  return [namespace, kind, name, ...at, set].join('\n');
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
    ...changeTo(object.name, 'unsafe'),
    related: [{ object, at: ['metadata', 'name'], message: 'the Service of its pods' }],
  });
}
