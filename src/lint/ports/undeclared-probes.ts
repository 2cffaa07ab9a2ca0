/** Ports that probes dial and that no container of the pod declares. */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import type { Path } from '../../kubernetes/json.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { isConfigured } from './configured-ports.ts';
import { type DialledPort, dialledPorts } from './dialled-ports.ts';
import { isMentioned } from './mentioned.ts';
import { isPortSlip, otherFamily, replacedDigit } from './port-slip.ts';
import { stockPorts } from './stock-images.ts';
import { toldHealthPorts } from './told-addresses.ts';

export type UndeclaredProbe = {
  readonly set: PodSet;
  /** From the workload to the port of the probe. */
  readonly at: Path;
  readonly probe: string;
  readonly port: number;
} & Sign;

/** What tells that nobody listens there; `none` where nothing does. */
type Sign =
  /** The container is told to answer the kubelet at another one. */
  | { readonly sign: 'told'; readonly told: number }
  /** The image is known, and what it listens on as it comes. */
  | { readonly sign: 'stock'; readonly image: string; readonly ports: readonly number[] }
  /** It is what a Service in front of the pods translates. */
  | {
      readonly sign: 'service';
      readonly service: ServicePicture;
      readonly index: number;
      readonly target: string | number;
    }
  /** A declared port has nearly the same digits. */
  | { readonly sign: 'slip'; readonly meant: number }
  /**
   * Scaffolds probe port 80, or the page at `/` is asked for at another port for pages, and the
   * only port of all is another one, to which Services lead.
   */
  | { readonly sign: 'only'; readonly only: number }
  /** Another probe of the container dials a port that is declared, for the very same or not. */
  | { readonly sign: 'disagree'; readonly other: DialledPort; readonly same: boolean }
  | { readonly sign: 'none' };

/** Beside which a program has others: 1024 of HAProxy's statistics, where its health is on 1042. */
const isAside = /^(?:stats?|metrics?|prom(?:etheus)?|debug|pprof|jmx)(?:-|$)/;

export function* undeclaredProbes(cluster: Cluster): Iterable<UndeclaredProbe> {
  for (const set of cluster.pods.all) {
    const { spec, templatePath } = set;
    const containers = runningContainers(spec);
    const ports = containers.flatMap(({ container }) => container.ports ?? []);
    const declared = ports.map(({ containerPort }) => containerPort);
    const served = ports.flatMap(({ name = '', containerPort }) =>
      isAside.test(name) ? [] : containerPort,
    );
    // A number that is filled in later may be the one.
    if (spec.hostNetwork === true || declared.some((number) => typeof number !== 'number'))
      continue;
    for (const { container, path } of containers) {
      const dialled = dialledPorts(container);
      const stock = stockPorts(container, spec);
      const [health, ...others] = toldHealthPorts(container);
      for (const { probe, port, at } of dialled) {
        if (isMentioned(port, container, spec) || isOfAnother(port, container, spec)) continue;
        const isTold = health !== undefined && others.length === 0 && probe.endsWith('Probe');
        if (declared.includes(port) && !isTold) continue;
        if (isConfigured(port, set.workload, cluster)) continue;
        const place = { set, probe, port, at: [...templatePath, 'spec', ...path, ...at] };
        if (isTold) yield { ...place, sign: 'told', told: health };
        else if (stock !== undefined && !stock.ports.includes(port))
          yield { ...place, sign: 'stock', image: stock.name, ports: stock.ports };
        else
          yield { ...place, ...signOf(place, dialled, declared, served, servicesOf(cluster, set)) };
      }
    }
  }
}

/** Whether the kubelet asks another container of the pod for its health there: that one listens. */
function isOfAnother(port: number, own: Container, spec: PodSpec): boolean {
  return runningContainers(spec).some(
    ({ container }) =>
      container !== own &&
      dialledPorts(container).some((one) => one.port === port && one.probe.endsWith('Probe')),
  );
}

function signOf(
  { probe, port }: Pick<DialledPort, 'probe' | 'port'>,
  dialled: readonly DialledPort[],
  declared: readonly number[],
  served: readonly number[],
  services: readonly ServicePicture[],
): Sign {
  const found = serviceWith(port, services, declared);
  if (found !== undefined) return { sign: 'service', ...found };
  // Three that agree were not misspelt three times.
  const agreed = dialled.filter((one) => one.port === port).length >= 3;
  const meant = agreed
    ? undefined
    : (served.find((number) => isPortSlip(port, number)) ??
      replacedDigit(port, served) ??
      otherFamily(port, declared));
  if (meant !== undefined) return { sign: 'slip', meant };
  // What a hook calls is as often another program of the pod.
  const others = probe.endsWith('Probe')
    ? dialled.filter((one) => declared.includes(one.port))
    : [];
  // Where every program answers at `/` the path says nothing.
  const asked = dialled.flatMap((one) =>
    one.port === port && one.asked !== '/' ? (one.asked ?? []) : [],
  );
  const twin = others.find((one) => one.asked !== undefined && asked.includes(one.asked));
  const other = twin ?? others[0];
  if (other !== undefined) return { sign: 'disagree', other, same: twin !== undefined };
  const [only, ...more] = declared;
  const isPlain = !agreed && asPage(port, dialled) && web.has(port) && web.has(only);
  return (port === 80 || isPlain) &&
    only !== undefined &&
    more.length === 0 &&
    leadTo(only, services)
    ? { sign: 'only', only }
    : { sign: 'none' };
}

/** What programs serve pages at. */
const web: ReadonlySet<number | undefined> = new Set([
  80, 3000, 4000, 5000, 8000, 8080, 8081, 8888,
]);

/** Whether the page at `/` is asked for: a port for health alone has a path for that. */
function asPage(port: number, dialled: readonly DialledPort[]): boolean {
  return dialled.every((one) => one.port !== port || one.asked === '/');
}

/** Whether Services lead to a port, by number or by whatever name. */
function leadTo(port: number, services: readonly ServicePicture[]): boolean {
  const targets = services.flatMap(({ ports }) => ports.map((one) => one.targetPort ?? one.port));
  return targets.length > 0 && targets.every((one) => one === port || typeof one === 'string');
}

/** A Service of the pods with that number in front, and another one that they declare behind it. */
function serviceWith(
  port: number,
  services: readonly ServicePicture[],
  declared: readonly number[],
) {
  for (const service of services) {
    const index = service.ports.findIndex((servicePort) => servicePort.port === port);
    const target = service.ports[index]?.targetPort;
    if (
      target === undefined ||
      target === port ||
      (typeof target === 'number' && !declared.includes(target))
    )
      continue;
    return { service, index, target };
  }
  return undefined;
}
