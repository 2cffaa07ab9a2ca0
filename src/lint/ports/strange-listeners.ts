/** Containers that are told to listen where the Service in front of them does not lead. */
import type { Container } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { type PlacedContainer, runningContainers } from '../../cluster/containers.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { declaredPorts, findPort } from '../../cluster/ports.ts';
import { probePort, resolveProbePort } from '../../cluster/readiness.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asJsonObject, fieldAt, type JsonObject, type Path } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { getOwn } from '../../own.ts';
import { istioObjects } from '../routes/istio.ts';
import { servicesOf } from '../selectors/services-of.ts';
import { isMentionedInPod } from './mentioned.ts';
import { isAlone, portsBeside } from './other-listeners.ts';
import { type GivenVariable, toldAddresses } from './told-addresses.ts';

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
    | { readonly type: 'local'; readonly host: string; readonly server?: string }
    /**
     * A number that is neither declared nor where the Service leads. `probed`: the kubelet is to
     * ask a web server at the usual port where the Service leads, so what it is told may well be
     * left over from another server.
     */
    | { readonly type: 'port'; readonly port: number; readonly probed: boolean }
  );

export function strangeListeners(cluster: Cluster): StrangeListener[] {
  return cluster.pods.all.flatMap((set) => {
    const { spec } = set;
    const [service] = spec.hostNetwork === true ? [] : servicesOf(cluster, set);
    if (service === undefined) return [];
    return runningContainers(spec).flatMap((one) => listenersIn(one, set, service, cluster));
  });
}

function listenersIn(
  { container, path }: PlacedContainer,
  set: PodSet,
  service: ServicePicture,
  cluster: Cluster,
): StrangeListener[] {
  const { spec, templatePath } = set;
  const told = toldAddresses(container, configuredVariables(container, set, cluster));
  if (told.length === 0) return [];
  const declared = declaredPorts(spec).map(({ port }) => port.containerPort);
  const targets = [...new Set(service.ports.map((port) => findPort(spec, port, true)))];
  if (!declared.every(isNumber) || !targets.every(isNumber)) return [];
  const beside = portsBeside(container, spec);
  // Another container may be the one that serves: a proxy that forwards to localhost.
  if (!isAlone(container, spec) || targets.some((port) => beside.has(port))) return [];
  const isProxied = isServedByProxy(cluster, set);
  // It is told of both: another program, or another listener of this one, takes the calls.
  const isToldOfTarget = targets.some((port) => isMentionedInPod(port, spec));
  const ports = new Set(told.flatMap(({ port }) => port ?? []));
  return told.flatMap(({ at, host, port, server }): StrangeListener[] => {
    const found = { set, at: [...templatePath, 'spec', ...path, ...at], service, targets };
    const isKnown = port === undefined || declared.includes(port) || targets.includes(port);
    if (host !== undefined) {
      const local = { ...found, type: 'local', host } as const;
      return isKnown && !isProxied ? [{ ...local, ...(server !== undefined && { server }) }] : [];
    }
    const isElsewhere = !isKnown && ports.size === 1 && !isToldOfTarget;
    const probed = targets.some((target) => target < 1024 && isProbed(target, container));
    return isElsewhere ? [{ ...found, type: 'port', port, probed }] : [];
  });
}

function isProbed(
  port: number,
  { readinessProbe, livenessProbe, startupProbe, ...container }: Container,
): boolean {
  return [readinessProbe, livenessProbe, startupProbe].some((probe) => {
    const asked = probe === undefined ? undefined : probePort(probe)?.port;
    return asked !== undefined && resolveProbePort(container, asked) === port;
  });
}

/** Variables from ConfigMaps that were read, whole or by key; what `env` sets goes before. */
function configuredVariables(
  { env = [], envFrom = [] }: Container,
  { namespace }: PodSet,
  { objects }: Cluster,
): GivenVariable[] {
  const dataOf = (name: string): JsonObject => {
    const map = objects.findOfKind('', 'ConfigMap', namespace, name);
    return asJsonObject(fieldAt(map?.value, 'data')) ?? {};
  };
  const byKey = env.flatMap(({ name, valueFrom }, index): GivenVariable[] => {
    const { name: map = '', key } = valueFrom?.configMapKeyRef ?? {};
    if (key === undefined) return [];
    return [{ name, value: getOwn(dataOf(map), key), at: ['env', index] }];
  });
  const own = new Set(env.map(({ name }) => name));
  const whole = envFrom.flatMap(({ prefix, configMapRef }, index): GivenVariable[] =>
    Object.entries(prefix === undefined ? dataOf(configMapRef?.name ?? '') : {}).flatMap(
      ([name, value]) => (own.has(name) ? [] : { name, value, at: ['envFrom', index] }),
    ),
  );
  return [...byKey, ...whole];
}

/**
 * Whether a proxy that no manifest of the pod shows takes its calls and dials localhost: daprd, and
 * the one of Istio where a Sidecar lists what it listens on or traffic is not redirected to it
 * (https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioIngressListener,
 * `defaultEndpoint`). Others dial the address of the pod.
 */
function isServedByProxy(cluster: Cluster, { workload, templatePath, namespace }: PodSet): boolean {
  const annotations = fieldAt(workload.value, ...templatePath, 'metadata', 'annotations');
  return (
    fieldAt(annotations, 'dapr.io/enabled') === 'true' ||
    fieldAt(annotations, 'sidecar.istio.io/interceptionMode') === 'NONE' ||
    listeningNamespaces(cluster).has(namespace)
  );
}

/** Namespaces with a Sidecar that lists what the proxies listen on. */
const listeningNamespaces = remembered(
  (cluster: Cluster): ReadonlySet<string | undefined> =>
    new Set(
      istioObjects(cluster, 'Sidecar')
        .filter(({ value }) => fieldAt(value, 'spec', 'ingress') !== undefined)
        .map(({ namespace }) => namespace),
    ),
);

function isNumber(port: unknown): port is number {
  return typeof port === 'number';
}
