/** Containers that are told to listen where the Service in front of them does not lead. */
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../manifest/node.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { toldAddresses } from './told-addresses.ts';

export type StrangeListener = {
  readonly set: PodSet;
  /** From the workload to what tells it. */
  readonly at: Path;
  readonly service: ServicePicture;
  /** That the container declares. */
  readonly declared: readonly number[];
} &
  /** An address that only its own pod reaches. */
  (
    | { readonly type: 'local'; readonly host: string }
    /** A number that is not declared. */
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
    const declared = declaredPorts(spec).map(({ port }) => port.containerPort);
    if (service === undefined || declared.length === 0) return [];
    if (declared.some((port) => typeof port !== 'number')) return [];
    const told = toldAddresses(one.container);
    return told.flatMap(({ at, host, port }): StrangeListener[] => {
      const path = [...templatePath, 'spec', ...one.path, ...at];
      const found = { set, at: path, service, declared };
      const isKnown = port === undefined || declared.includes(port);
      if (host !== undefined) return isKnown ? [{ ...found, type: 'local', host }] : [];
      const isTargeted = service.ports.some((one) => (one.targetPort ?? one.port) === port);
      return isKnown || isTargeted || told.length > 1 ? [] : [{ ...found, type: 'port', port }];
    });
  });
}
