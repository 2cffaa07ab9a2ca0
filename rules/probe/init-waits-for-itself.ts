import type { Cluster } from '../../src/cluster/cluster.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import type { DnsTarget } from '../../src/lint/hosts/dns-names.ts';
import { targetOf } from '../../src/lint/hosts/named-hosts.ts';
import { namingTexts, type SpokenHost } from '../../src/lint/hosts/spoken-hosts.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const initWaitsForItself = defineRule({
  meta: {
    id: 'init-waits-for-itself',
    category: 'probe',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: 'waits for itself',
    summary: 'An init container connects to the Service of its own pods, which has no others',
    why:
      'a pod is ready only after all of its init containers have ended: a Service whose pods all ' +
      'wait for it has no ready endpoint, and never gets one',
    fixable: false,
  },
  messages: {
    own: ({ service }: { service: string }) =>
      `${service} has these pods only, and none of them is ready before this has ended`,
  },
  check({ cluster, report }) {
    for (const { given, hosts } of namingTexts(cluster)) {
      if (!given.at.includes('initContainers') || mayGiveUp.test(given.text)) continue;
      for (const name of hosts) {
        const target = targetOf(name, given, cluster);
        const service = target && ownService(name, target, cluster);
        if (target === undefined || service === undefined) continue;
        const at = ['spec', 'selector'];
        report({
          ...name.place(target.at, target.service.length),
          id: 'own',
          data: { service: describeObject(service.object) },
          help: 'wait for what the pods need, or let the program itself wait',
          related: [{ object: service.object, at, part: 'key', message: 'selects these pods' }],
        });
      }
    }
  },
});

/**
 * A script that ends without an answer as well: after a time, or in the first pod of a set.
 */
const mayGiveUp = /\bexit 0\b|\bbreak\b|\btimeout\b|\bif\b|\[\[|\|\| *(?:true\b|:|echo\b)/;

/** The Service that an init container connects to, where all of its pods have that container. */
function ownService(name: SpokenHost, target: DnsTarget, { servicesByName }: Cluster) {
  const { object, at } = name.place(0, 0);
  const service = servicesByName.get(`${target.namespace}/${target.service}`);
  const list = at.indexOf('initContainers');
  if (service === undefined || list === -1 || target.pod !== undefined) return undefined;
  // Of what is in a variable it is not known what for; a name can be looked up at any time.
  const isRun = ['command', 'args'].includes(String(at[list + 2]));
  const isDialled = name.port !== undefined || name.scheme !== undefined;
  const { backends, possible, spec, passing } = service;
  if (!isRun || !isDialled || spec.publishNotReadyAddresses === true) return undefined;
  const isOnly = backends.every(({ members }) => members.set.workload === object);
  return backends.length > 0 && isOnly && possible.length === 0 && passing.length === 0
    ? service
    : undefined;
}
