/**
 * Node ports of a new Service: `initNodePorts` (pkg/registry/core/service/storage/alloc.go). Only
 * what one Service alone can get wrong.
 */
import type { JsonObject } from '../../kubernetes/json.ts';
import type { FieldErrors } from './field-errors.ts';
import { FieldPath } from './field-path.ts';
import { numberAt, objectsAt, stringAt } from './fields.ts';

/** The default of `--service-node-port-range`. */
const nodePortRange = { first: 30000, last: 32767 } as const;

const portsPath = FieldPath.of('spec').child('ports');

/**
 * The allocator stops at the first port that it cannot have. Ports of one number, as TCP and UDP,
 * share a node port.
 */
export function allocateNodePorts(errors: FieldErrors, spec: JsonObject): void {
  const type = stringAt(spec, 'type');
  if (type !== 'NodePort' && type !== 'LoadBalancer') return;
  const ports = objectsAt(spec, 'ports');
  const byPort = new Map<number, number>();
  const taken = new Set<number>();
  for (const [index, servicePort] of ports.entries()) {
    const port = numberAt(servicePort, 'port');
    if (port === undefined) continue;
    const own = numberAt(servicePort, 'nodePort') ?? 0;
    const shared = byPort.get(port);
    const requested =
      shared === undefined
        ? (ports
            .map((each) =>
              numberAt(each, 'port') === port ? (numberAt(each, 'nodePort') ?? 0) : 0,
            )
            .find(Boolean) ?? 0)
        : own;
    if (requested === 0 || requested === shared) continue;
    const path = portsPath.index(index).child('nodePort');
    if (requested < nodePortRange.first || requested > nodePortRange.last) {
      const range = `${nodePortRange.first}-${nodePortRange.last}`;
      errors.invalid(
        path,
        requested,
        `provided port is not in the valid range. The range of valid ports is ${range}`,
      );
      return;
    }
    if (taken.has(requested)) {
      errors.invalid(path, requested, 'provided port is already allocated');
      return;
    }
    taken.add(requested);
    if (shared === undefined) byPort.set(port, requested);
  }
}
