/** Ports that Services target and that two containers of one pod declare. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { type DeclaredPort, declaredPorts, slicesSeeSidecars } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { perBackends } from '../selectors/services-of.ts';

interface Twice {
  readonly set: PodSet;
  readonly pair: readonly [DeclaredPort, DeclaredPort];
}

export interface PortDeclaredTwice extends Twice {
  readonly service: ServicePicture;
  /** Of the port in the Service. */
  readonly index: number;
  readonly target: string | number;
}

const declaredTwice = perBackends<Twice | undefined>();

export function portsDeclaredTwice({ services, options }: Cluster): PortDeclaredTwice[] {
  const sidecars = slicesSeeSidecars(options.kubernetesMinor);
  return services.flatMap((service) =>
    service.ports.flatMap((port, index): PortDeclaredTwice[] => {
      const found = declaredTwice(service, `${index} ${sidecars}`, () => {
        for (const { members } of service.backends) {
          const twice = twiceIn(members.set, port, sidecars);
          if (twice !== undefined) return twice;
        }
        return undefined;
      });
      const target = port.targetPort ?? port.port;
      return found === undefined ? [] : [{ ...found, service, index, target }];
    }),
  );
}

/**
 * Two containers of a pod that declare what a Service port targets: under one name with different
 * numbers, or the same number.
 */
function twiceIn(
  set: PodSet,
  { port, targetPort = port, protocol = 'TCP' }: ServicePort,
  sidecars: boolean,
): Twice | undefined {
  const same = declaredPorts(set.spec, sidecars).filter(
    ({ port: declared }) =>
      typeof declared.containerPort === 'number' &&
      (declared.protocol ?? 'TCP') === protocol &&
      (typeof targetPort === 'string'
        ? declared.name === targetPort
        : declared.containerPort === targetPort),
  );
  const [first] = same;
  const second = same.find(({ container }) => container !== first?.container);
  return first === undefined || second === undefined ? undefined : { set, pair: [first, second] };
}
