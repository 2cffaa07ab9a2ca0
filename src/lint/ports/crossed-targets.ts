/** Ports of a Service that lead to the container port of another. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { ServicePicture } from '../../cluster/service.ts';
import { fieldAt } from '../../kubernetes/json.ts';
import { type BackendPort, portsTargeted } from './backend-ports.ts';

/** A Service port that leads to exactly one declared port. */
interface Led {
  readonly index: number;
  readonly port: ServicePort;
  readonly to: BackendPort;
}

export interface Crossing {
  readonly one: Led;
  readonly other: Led;
  /** Each leads to the container port that has the name of the other; else it is the numbers. */
  readonly byName: boolean;
}

/** Pairs of ports that lead to each other's container port, each pair once. */
export function crossings(service: ServicePicture, sidecars: boolean): Crossing[] {
  if (service.ports.length < 2) return [];
  const led = ledBy(service, sidecars);
  const byName = new Map(led.map((one) => [one.port.name, one]));
  const byNumber = new Map(led.map((one) => [one.port.port, one]));
  return led.flatMap((one): Crossing[] => {
    const other = byName.get(one.to.port.name) ?? byNumber.get(one.to.port.containerPort);
    if (other === undefined || other.index <= one.index) return [];
    const names = leadsToName(one, other) && leadsToName(other, one);
    const numbers = leadsToNumber(one, other) && leadsToNumber(other, one);
    return names || numbers ? [{ one, other, byName: names }] : [];
  });
}

function leadsToName({ to }: Led, { port }: Led): boolean {
  return port.name !== undefined && to.port.name === port.name;
}

function leadsToNumber({ to }: Led, { port }: Led): boolean {
  return to.port.containerPort === port.port;
}

/** With what each port that says it leads to, where that is one declared port. */
function ledBy(service: ServicePicture, sidecars: boolean): Led[] {
  return service.ports.flatMap((port, index): Led[] => {
    const written = fieldAt(service.object.source.value, 'spec', 'ports', index, 'targetPort');
    if (port.targetPort === undefined || written === undefined) return [];
    const [to, ...others] = portsTargeted(service, port.targetPort, sidecars);
    return to === undefined || others.length > 0 ? [] : [{ index, port, to }];
  });
}

/**
 * Ports that are called after one container port, the namesake, and lead to another one. It was
 * chosen so where the two are of different containers (a proxy in front), where a port leads to the
 * namesake as well, where further ports lead to the same place under other names, and where the
 * target only adds to the name (`http` to `http-webhook`).
 */
export function misled(
  service: ServicePicture,
  sidecars: boolean,
): (Led & { readonly namesake: BackendPort })[] {
  const led = ledBy(service, sidecars);
  return led.flatMap((one) => {
    const { name } = one.port;
    const target = one.to.port.name;
    if (name === undefined || target === undefined) return [];
    if (target.startsWith(name)) return [];
    // Behind a load balancer that speaks TLS, `https` leads to `http`.
    const isLonger = name.startsWith(target);
    const isBalanced = name === 'https' || service.spec.type === 'LoadBalancer';
    if (isLonger && (isBalanced || !led.some(({ port }) => port.name === target))) return [];
    const [namesake, ...others] = portsTargeted(service, name, sidecars);
    if (namesake === undefined || others.length > 0) return [];
    const isBeside = listOf(namesake) === listOf(one.to) && namesake.set === one.to.set;
    const isLedTo = led.some(
      (other) =>
        other.to.port.containerPort === namesake.port.containerPort ||
        (other !== one &&
          other.to.port.containerPort === one.to.port.containerPort &&
          !(isLonger && other.port.name === target)),
    );
    return isBeside && !isLedTo ? [{ ...one, namesake }] : [];
  });
}

/** The list of ports that it stands in: one of each container. */
function listOf({ path }: BackendPort): string {
  return path.slice(0, -1).join(' ');
}
