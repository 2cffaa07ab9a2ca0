/** Which Services of two sides are one. */
import { addTo } from '../multimap.ts';
import { type PortEndpoints, type ServiceEndpoints } from './endpoints-side.ts';

function unique(services: readonly ServiceEndpoints[]): ServiceEndpoints[] {
  return [
    ...new Map(services.map((service) => [`${service.unit}\n${shape(service)}`, service])).values(),
  ];
}

export interface Pair {
  readonly base?: ServiceEndpoints;
  readonly head?: ServiceEndpoints;
}

export function byService(services: readonly ServiceEndpoints[]): Map<string, ServiceEndpoints[]> {
  const found = new Map<string, ServiceEndpoints[]>();
  for (const service of services) addTo(found, `${service.namespace}/${service.name}`, service);
  return new Map(
    [...found].map(([key, list]) => [
      key,
      unique(list).sort((a, b) => order(sortKey(a), sortKey(b))),
    ]),
  );
}

/**
 * Who is whom among the Services of one name: those of one unit and alike, of one unit, alike, in
 * one file; what is left over goes by the order of units. Each step looks the same from both sides.
 */
export function paired(
  base: readonly ServiceEndpoints[],
  head: readonly ServiceEndpoints[],
): Pair[] {
  const pairs: Pair[] = [];
  let [left, right] = [base, head];
  const keys: ((service: ServiceEndpoints) => string)[] = [
    (service) => `${service.unit}\n${shape(service)}`,
    ({ unit }) => unit,
    shape,
    ({ file }) => file.path,
    () => '',
  ];
  for (const keyOf of keys) {
    if (left.length === 0 || right.length === 0) break;
    const waiting = new Map<string, ServiceEndpoints[]>();
    for (const service of right) addTo(waiting, keyOf(service), service);
    const matched = new Set<ServiceEndpoints>();
    for (const service of left) {
      const other = waiting.get(keyOf(service))?.shift();
      if (other === undefined) continue;
      pairs.push({ base: service, head: other });
      matched.add(service).add(other);
    }
    left = left.filter((service) => !matched.has(service));
    right = right.filter((service) => !matched.has(service));
  }
  // A directory of alternatives is several units of one name: another arrangement of what is on the
  // other side is not a new Service.
  const inUnit = (
    services: readonly ServiceEndpoints[],
    { unit }: ServiceEndpoints,
  ): ServiceEndpoints | undefined => services.find((service) => service.unit === unit);
  for (const service of left) pairs.push(pairOf(service, inUnit(head, service)));
  for (const service of right) pairs.push(pairOf(inUnit(base, service), service));
  return pairs;
}

export function pairOf(
  base: ServiceEndpoints | undefined,
  head: ServiceEndpoints | undefined,
): Pair {
  return { ...(base !== undefined && { base }), ...(head !== undefined && { head }) };
}

/** All that a client can tell apart. */
export function shape({ answer, reason, ports, families }: ServiceEndpoints): string {
  return JSON.stringify([
    answer,
    answer === 'external' ? reason : '',
    families,
    ports.map(portShape),
  ]);
}

export function portShape({
  name,
  port,
  protocol,
  sets,
  open,
  answer,
  admits,
}: PortEndpoints): readonly unknown[] {
  return [name, port, protocol, sets, open, answer, admits];
}

function sortKey(service: ServiceEndpoints): string {
  return `${service.unit}\n${service.file.path}\n${shape(service)}`;
}

export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
