/**
 * Which Service a host name means to a pod (search list of pkg/kubelet/network/dns; CoreDNS
 * plugin/kubernetes `parseRequest`).
 */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { findPort, slicesSeeSidecars } from '../../cluster/ports.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { remembered } from '../../memo.ts';
import { shareWord } from '../../text/kind-words.ts';
import { isSlip } from '../../text/slip.ts';
import { backendPorts } from '../ports/backend-ports.ts';
import { isMentionedInPod } from '../ports/mentioned.ts';
import { isDigitOff } from '../ports/port-slip.ts';
import { namespaceOf } from '../references/reference.ts';

export interface DnsTarget {
  readonly service: string;
  readonly namespace: string;
  /** `web-0` in `web-0.web.shop.svc`. */
  readonly pod?: string;
  /** It ends with `.svc` or more: a name of the cluster and of nothing else. */
  readonly cluster: boolean;
  /** How much of the host is the Service's name: from where, in characters. */
  readonly at: number;
}

const podName = /^(.+)-\d+$/;

const namespacesIn = remembered(
  (cluster: Cluster): ReadonlySet<string> =>
    new Set(cluster.objects.all.map((object) => namespaceOf(object, cluster))),
);

/**
 * Undefined for hosts outside. A name of two labels is one of the cluster only if there is such a
 * namespace, or such a Service behind a pod's name.
 */
export function dnsTarget(host: string, from: string, cluster: Cluster): DnsTarget | undefined {
  const namespaces = namespacesIn(cluster);
  const labels = host.split('.');
  const inCluster = host.endsWith('.svc.cluster.local')
    ? 3
    : labels.length > 2 && labels.at(-1) === 'svc'
      ? 1
      : 0;
  const [first = '', second, third, ...rest] =
    inCluster === 0 ? labels : labels.slice(0, -inCluster);
  if (rest.length > 0 || first === '') return undefined;
  const behindPod = { pod: first, at: first.length + 1, cluster: inCluster > 0 };
  if (inCluster > 0) {
    if (second === undefined) return undefined;
    if (third !== undefined) return { service: second, namespace: third, ...behindPod };
    return { service: first, namespace: second, cluster: true, at: 0 };
  }
  if (second === undefined) return { service: first, namespace: from, cluster: false, at: 0 };
  if (third !== undefined)
    return podName.test(first) && namespaces.has(third)
      ? { service: second, namespace: third, ...behindPod }
      : undefined;
  if (podName.test(first) && isGoverning(second, first, from, cluster))
    return { service: second, namespace: from, ...behindPod };
  return namespaces.has(second) || isFormerNamespace(first, second, from, cluster)
    ? { service: first, namespace: second, cluster: false, at: 0 }
    : undefined;
}

/**
 * Whether a Service that is in the namespace of who asks was in the one that is written: a
 * kustomization moves it, or the name can be no domain, for those at the top have no hyphen.
 */
function isFormerNamespace(
  service: string,
  namespace: string,
  from: string,
  { objects }: Cluster,
): boolean {
  const object = objects.find('Service', from, service);
  return (
    object !== undefined &&
    (object.source.original?.namespace === namespace || isHyphenated(namespace))
  );
}

/** As no domain at the top is, but those of other scripts. */
function isHyphenated(label: string): boolean {
  return label.includes('-') && !label.startsWith('xn--');
}

/**
 * A Service, or what is meant for the one that the StatefulSet of the pod is named below: nobody
 * has a domain at the top that is called like one of their sets, or that has a hyphen.
 */
function isGoverning(name: string, pod: string, from: string, cluster: Cluster): boolean {
  const base = podName.exec(pod)?.[1] ?? '';
  return (
    cluster.objects.find('Service', from, name) !== undefined ||
    cluster.pods
      .named(from, base)
      .some(
        ({ ordinals, subdomain = '' }) =>
          ordinals !== undefined &&
          (isSlip(name, subdomain) ||
            shareWord(name, base) ||
            (isHyphenated(name) && !namespacesIn(cluster).has(name)) ||
            (subdomain !== '' && name.startsWith(subdomain)) ||
            (name.length > 3 && subdomain.startsWith(name))),
      )
  );
}

/** A port of a Service that leads to another number in the pods. */
export interface Translated {
  readonly port: ServicePort;
  readonly number: number;
}

/**
 * What is wrong with a port in front of a Service: the Service's ports count where it has an
 * address of its own. A headless one, and the name of a pod, lead to the pods themselves, where
 * every port may be open; there only a Service port that leads to another number is certainly
 * wrong.
 */
export function wrongPort(
  { ports, headless, backends, spec }: ServicePicture,
  port: number,
  pod: boolean,
): Translated | 'none' | undefined {
  if (spec.type === 'ExternalName') return undefined;
  if (!headless && !pod)
    return ports.some((one) => one.port === port || typeof one.port !== 'number')
      ? undefined
      : 'none';
  const targets = (one: ServicePort): (number | 'unknown' | undefined)[] => [
    ...new Set(backends.map(({ members }) => findPort(members.set.spec, one, true))),
  ];
  const translated = ports.flatMap((one): Translated[] => {
    if (one.port !== port) return [];
    const [number, ...others] = targets(one);
    return typeof number === 'number' && number !== port && others.length === 0
      ? [{ port: one, number }]
      : [];
  })[0];
  const declared = backends.some(({ members }) =>
    (members.set.spec.containers ?? []).some(({ ports: own = [] }) =>
      own.some(({ containerPort }) => containerPort === port),
    ),
  );
  const led = ports.some((one) =>
    targets(one).some((number) => number === port || number === 'unknown'),
  );
  return declared || led ? undefined : translated;
}

/**
 * The declared port that was probably meant by a number in front of a name that leads to pods
 * themselves: the next of those that differ by little, where nothing else speaks of the number.
 * Undefined where the number may well be right, and behind an address of the Service.
 */
export function meantPodPort(
  service: ServicePicture,
  port: number,
  isPod: boolean,
  cluster: Cluster,
): number | undefined {
  const { ports, backends, headless } = service;
  if (!headless && !isPod) return undefined;
  const known = backendPorts(service, slicesSeeSidecars(cluster.options.kubernetesMinor));
  const declared = new Set(known.map((one) => one.port.containerPort));
  const distance = (one: number): number => Math.abs(one - port);
  const [meant, next] = [...declared]
    .filter((one) => typeof one === 'number' && isDigitOff(port, one))
    .sort((a, b) => distance(a) - distance(b));
  if (meant === undefined || declared.has(port)) return undefined;
  if (next !== undefined && distance(next) === distance(meant)) return undefined;
  const isSpokenOf =
    ports.some((one) => one.port === port || one.targetPort === port) ||
    backends.some(({ members: { set } }) => isMentionedInPod(port, set.spec));
  return isSpokenOf ? undefined : meant;
}
