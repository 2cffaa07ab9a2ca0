/** Ports of Services whose protocol is another one than that of the container port they target. */
import type { Cluster } from '../../cluster/cluster.ts';
import { slicesSeeSidecars } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { type BackendPort, portsTargeted } from './backend-ports.ts';

export interface CrossedProtocol {
  readonly service: ServicePicture;
  /** Of the port in the Service. */
  readonly index: number;
  readonly target: string | number;
  /** The protocol of the Service port. */
  readonly wanted: string;
  /** What is declared, and its protocol. */
  readonly other: BackendPort;
  readonly actual: string;
}

export function crossedProtocols({ services, options }: Cluster): CrossedProtocol[] {
  const sidecars = slicesSeeSidecars(options.kubernetesMinor);
  return services.flatMap((service) =>
    service.ports.flatMap(({ port, targetPort, protocol: wanted = 'TCP' }, index) => {
      const target = targetPort ?? port;
      const declared = portsTargeted(service, target, sidecars);
      const other = declared.find((one) => protocolOf(one) !== wanted);
      return other === undefined || declared.some((one) => protocolOf(one) === wanted)
        ? []
        : [{ service, index, target, wanted, other, actual: protocolOf(other) }];
    }),
  );
}

function protocolOf({ port: { protocol = 'TCP' } }: BackendPort): string {
  return protocol;
}
