/**
 * Hosts in free text: environment variables, commands and arguments that name a Service of the same
 * picture as a URL or host:port.
 */
import type { Cluster } from '../../src/cluster/cluster.ts';
import { serviceOfHost } from '../../src/kubernetes/references.ts';
import { fieldsAt } from './fields.ts';
import type { Link } from './link.ts';
import { podPath } from './service-links.ts';

const host =
  /(?:^|[=,@\s'"]|:\/\/)((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9-]+)*):(\d{2,5})\b/;
const fields = ['env.*.value', 'args.*', 'command.*'];

export function textLinks(cluster: Cluster): Link[] {
  const links: Link[] = [];
  for (const set of cluster.pods.all) {
    for (const list of ['containers', 'initContainers'] as const) {
      for (const { path, value } of fields.flatMap((field) =>
        fieldsAt(set.spec, `${list}.*.${field}`),
      )) {
        const [, written, number] = (typeof value === 'string' && host.exec(value)) || [];
        if (written === undefined || number === undefined) continue;
        const meant = serviceOfHost(written, set.namespace);
        const service = meant && cluster.objects.find('Service', meant.namespace, meant.name);
        if (service === undefined) continue;
        const object = set.workload.source;
        const at = podPath(set, 'spec', ...path);
        const hostEnd = {
          object,
          path: at,
          aspect: 'name',
          mutations: ['url-host'],
          part: written.split('.')[0] ?? written,
        } as const;
        const nameEnd = {
          object: service.source,
          path: ['metadata', 'name'],
          aspect: 'name',
          mutations: ['service-name'],
        } as const;
        const identity = [object, at.join('.')];
        links.push({ kind: 'host', identity, ends: [hostEnd, nameEnd] });
        const ports = service.value.spec?.ports ?? [];
        const index = ports.findIndex(({ port }) => port === Number(number));
        if (index === -1 || service.value.spec?.clusterIP === 'None') continue;
        const portEnd = {
          object,
          path: at,
          aspect: 'port',
          mutations: ['url-port'],
          part: number,
        } as const;
        const numberEnd = {
          object: service.source,
          path: ['spec', 'ports', index, 'port'],
          aspect: 'port',
          mutations: ['service-port-number'],
        } as const;
        links.push({ kind: 'host-port', identity, ends: [hostEnd, nameEnd, portEnd, numberEnd] });
      }
    }
  }
  return links;
}
