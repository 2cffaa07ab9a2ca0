/** Services that the commands of probes ask. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { isHostName } from '../../text/host-names.ts';
import { namespaceOf } from '../references/reference.ts';
import type { Place } from '../rule.ts';
import { type AppSetting, appSettings, partOf } from './app-settings.ts';
import { dnsTarget } from './dns-names.ts';
import { namedHosts } from './named-hosts.ts';

const probes = ['readinessProbe', 'livenessProbe'] as const;

interface Asked {
  readonly service: ServicePicture;
  readonly probe: (typeof probes)[number];
  readonly place: Place;
}

/** Others than the one that the probed pods stand behind. */
export function* askedByProbes(cluster: Cluster): Iterable<Asked> {
  for (const { host, place } of hostsOfProbes(cluster)) {
    const probe = probes.find((one) => place.at.includes(one));
    const target = probe && dnsTarget(host, namespaceOf(place.object, cluster), cluster);
    // A member that asks its own Service, or the pod itself by its name.
    if (probe === undefined || target === undefined || target.pod !== undefined) continue;
    const service = cluster.servicesByName.get(`${target.namespace}/${target.service}`);
    if (service === undefined) continue;
    if (service.backends.some(({ members }) => members.set.workload === place.object)) continue;
    yield { place, probe, service };
  }
}

/** In URLs and commands, and where a command has its flag in the argument before. */
function* hostsOfProbes(cluster: Cluster): Iterable<{ host: string; place: Place }> {
  for (const { name } of namedHosts(cluster))
    yield { host: name.host, place: name.place(0, name.host.length) };
  let before: AppSetting | undefined;
  for (const given of appSettings(cluster)) {
    const { object, text } = given;
    if (before?.object === object && flag.test(before.text) && isHostName(text))
      yield { host: text, place: partOf(given, 0, text.length) };
    before = given;
  }
}

/** A client with its flag in an argument of its own: `[pg_isready, -h, db]`. */
const flag = /^(?:-h|--host|-zv?|-vz)$/;
