/** Containers that are told to listen where the Service in front of them does not lead. */
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { declaredPorts, findPort } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../manifest/node.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { toldAddresses } from './told-addresses.ts';

export type StrangeListener = {
  readonly set: PodSet;
  /** From the workload to what tells it. */
  readonly at: Path;
  readonly service: ServicePicture;
  /** Where the Service leads. */
  readonly targets: readonly number[];
} &
  /** An address that only its own pod reaches. */
  (
    | { readonly type: 'local'; readonly host: string }
    /** A number that is neither declared nor where the Service leads. */
    | { readonly type: 'port'; readonly port: number }
  );

export function strangeListeners(cluster: Cluster): StrangeListener[] {
  return cluster.pods.all.flatMap((set) => {
    const { spec, templatePath } = set;
    const containers = runningContainers(spec);
    const [one] = containers;
    // Another container may be the one that serves: a proxy that forwards to localhost.
    if (one === undefined || containers.length > 1 || spec.hostNetwork === true) return [];
    const [service] = servicesOf(cluster, set);
    if (service === undefined) return [];
    const declared = declaredPorts(spec).map(({ port }) => port.containerPort);
    const targets = [...new Set(service.ports.map((port) => findPort(spec, port, true)))];
    if (![...declared, ...targets].every(isNumber)) return [];
    const told = toldAddresses(one.container);
    const ports = new Set(told.flatMap(({ port }) => port ?? []));
    return told.flatMap(({ at, host, port }): StrangeListener[] => {
      const path = [...templatePath, 'spec', ...one.path, ...at];
      const found = { set, at: path, service, targets: targets.filter(isNumber) };
      const isKnown = port === undefined || declared.includes(port) || targets.includes(port);
      if (host !== undefined) return isKnown ? [{ ...found, type: 'local', host }] : [];
      return isKnown || ports.size > 1 ? [] : [{ ...found, type: 'port', port }];
    });
  });
}

function isNumber(port: unknown): port is number {
  return typeof port === 'number';
}
