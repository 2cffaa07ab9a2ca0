/** Ports of nodes that pods ask for, and which pods cannot run side by side because of them. */
import type { PodSpec } from 'kubernetes-types/core/v1';
import type { Path } from '../kubernetes/json.ts';
import { runningContainers } from './containers.ts';
import type { PodSet } from './pods.ts';

export interface HostPort {
  readonly number: number;
  readonly protocol: string;
  /** Empty for every address of the node. */
  readonly hostIP: string;
  readonly container: string;
  /** From the workload to the number. */
  readonly at: Path;
}

/**
 * What the scheduler sees of a pod (plugins/noderesources NodePorts): host ports that are written
 * and, on the network of the host, every declared port (pkg/apis/core/v1/defaults.go
 * `defaultHostNetworkPorts`).
 */
export function hostPorts({ spec, templatePath }: PodSet): HostPort[] {
  return runningContainers(spec).flatMap(({ container, path }) =>
    (container.ports ?? []).flatMap(
      ({ hostPort, containerPort, hostIP, protocol = 'TCP' }, index) => {
        const written = typeof hostPort === 'number' && hostPort !== 0;
        const number = written ? hostPort : spec.hostNetwork === true ? containerPort : undefined;
        if (typeof number !== 'number') return [];
        const at: Path = [
          ...templatePath,
          'spec',
          ...path,
          'ports',
          index,
          written ? 'hostPort' : 'containerPort',
        ];
        return [
          {
            number,
            protocol,
            hostIP: hostIP === undefined || hostIP === '0.0.0.0' ? '' : hostIP,
            container: container.name,
            at,
          },
        ];
      },
    ),
  );
}

/**
 * The same port on an address in common (pkg/scheduler/framework/plugins/nodeports/node_ports.go
 * `fitsPorts`).
 */
export function overlaps(a: HostPort, b: HostPort): boolean {
  return (
    a.number === b.number &&
    a.protocol === b.protocol &&
    (a.hostIP === b.hostIP || a.hostIP === '' || b.hostIP === '')
  );
}

/**
 * Whether a DaemonSet with the pods `everywhere` has one on each node where a pod `one` can run: it
 * goes to the same nodes, or to all that tolerate it.
 */
export function placedWith(everywhere: PodSpec, one: PodSpec): boolean {
  const placement = ({ nodeName, nodeSelector, affinity, tolerations }: PodSpec): string =>
    JSON.stringify([nodeName, nodeSelector, affinity?.nodeAffinity, tolerations]);
  if (placement(everywhere) === placement(one)) return true;
  const { nodeName, nodeSelector = {}, affinity, tolerations = [] } = everywhere;
  if (
    nodeName !== undefined ||
    Object.keys(nodeSelector).length > 0 ||
    affinity?.nodeAffinity !== undefined
  )
    return false;
  const known = new Set(tolerations.map((toleration) => JSON.stringify(toleration)));
  const toleratesAll = tolerations.some(
    ({ key, operator, effect }) =>
      key === undefined && operator === 'Exists' && effect === undefined,
  );
  return (
    toleratesAll ||
    (one.tolerations ?? []).every((toleration) => known.has(JSON.stringify(toleration)))
  );
}
