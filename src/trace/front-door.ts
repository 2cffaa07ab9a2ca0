/** Services that take requests from outside themselves: at a port of every node, or an address. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { ServicePicture } from '../cluster/service.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import type { Address } from './ends.ts';
import type { Hop } from './hop.ts';

export interface FrontDoor {
  readonly service: ServicePicture;
  readonly port: ServicePort;
  readonly hop: Hop;
}

/** The annotation by which external-dns gives a Service names, with commas between them. */
const named = 'external-dns.alpha.kubernetes.io/hostname';

/** Undefined where no Service was read that says it takes the address. */
export function frontDoor({ cluster }: Picture, { host, port }: Address): FrontDoor | undefined {
  for (const service of cluster.services)
    for (const [index, one] of service.ports.entries()) {
      const text =
        one.nodePort === port
          ? `port ${port} of every node is node port ${port} of ${describeObject(service.object)}`
          : one.port === port && hostsOf(service).includes(host)
            ? `${host} is an address of ${describeObject(service.object)}`
            : undefined;
      if (text === undefined) continue;
      const at = ['spec', 'ports', index, one.nodePort === port ? 'nodePort' : 'port'];
      const hop: Hop = {
        step: 'rule',
        state: 'passes',
        text,
        place: { object: service.object, at },
      };
      return { service, port: one, hop };
    }
  return undefined;
}

function hostsOf({ object, spec: { type, loadBalancerIP, externalIPs = [] } }: ServicePicture) {
  const names = object.value.metadata?.annotations?.[named] ?? '';
  const given = names.split(',').map((name) => name.trim().toLowerCase());
  return type === 'LoadBalancer' ? [...given, ...externalIPs, loadBalancerIP] : externalIPs;
}
