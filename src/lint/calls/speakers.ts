/** Who says in which protocol it speaks to which port: callers by URL, probes, and monitors. */
import type { ServicePort } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { runningContainers } from '../../cluster/containers.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { asList, asText, fieldAt, isWritten, type Path } from '../../kubernetes/json.ts';
import { dnsTarget } from '../hosts/dns-names.ts';
import { namingTexts } from '../hosts/spoken-hosts.ts';
import { hasPort } from '../monitors/monitor-ports.ts';
import { monitors } from '../monitors/monitors.ts';
import {
  protocolOf,
  protocolOfNumber,
  protocolOfProbe,
  type Spoken,
} from '../ports/spoken-protocol.ts';
import { namespaceOf } from '../references/reference.ts';
import { findServicePort } from '../references/service-port.ts';
import { istioObjects } from '../routes/istio.ts';
import type { Place } from '../rule.ts';
import { ServiceLabels } from '../selectors/nearest-service.ts';

export interface Speaker {
  /** Where the protocol is said, or would have to be. */
  readonly place: Place;
  /** Which the other side does not expect. */
  readonly speaks: Spoken;
  /** Only half said: by a default, or against somebody who knows better than a name. */
  readonly faint?: true;
  /** `port 443 of Service shop/api`, without what it is named. */
  readonly port: string;
  /** Which object declares the port, and where. */
  readonly declared: Place;
}

const schemes: ReadonlyMap<string, Spoken> = new Map([
  ['http', 'plain'],
  ['ws', 'plain'],
  ['grpc', 'plain'],
  ['https', 'tls'],
  ['wss', 'tls'],
  ['grpcs', 'tls'],
]);

/** Everybody who is known to speak otherwise than the port that is known to be meant. */
export function* wrongSpeakers(cluster: Cluster): Generator<Speaker> {
  yield* callers(cluster);
  yield* probes(cluster);
  yield* scrapers(cluster);
}

function ofService({ object, ports }: ServicePicture, port: ServicePort) {
  return {
    port: `port ${port.name ?? port.port} of Service ${object.name}`,
    declared: { object, at: ['spec', 'ports', ports.indexOf(port)] },
  };
}

function isRight(speaks: Spoken, expects: Spoken | undefined): boolean {
  return expects === undefined || expects === speaks;
}

/** URLs with a port. A mesh may encrypt on the way what a container says in plain text. */
function* callers(cluster: Cluster): Generator<Speaker> {
  const isMeshed = istioObjects(cluster, 'DestinationRule').length > 0;
  if (isMeshed) return;
  for (const { given, hosts } of namingTexts(cluster))
    for (const { host, scheme = '', port: number, form, place } of hosts) {
      const speaks = schemes.get(scheme);
      if (speaks === undefined || number === undefined || given.local.has(host)) continue;
      const target = dnsTarget(host, namespaceOf(given.object, cluster), cluster);
      if (target === undefined || (form === 'url' && host === 'localhost')) continue;
      const service = cluster.servicesByName.get(`${target.namespace}/${target.service}`);
      const port = service && findServicePort(service.ports, { number });
      const expects = service && port && protocolOfNumber(port, service);
      if (service === undefined || port === undefined || isRight(speaks, expects)) continue;
      yield { place: place(0, host.length), speaks, ...ofService(service, port) };
    }
}

/** Probes of the kubelet, which goes by `scheme` only. */
function* probes({ pods }: Cluster): Generator<Speaker> {
  for (const { workload, spec, templatePath } of pods.all)
    for (const { container, path } of runningContainers(spec))
      for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe'] as const) {
        const { httpGet } = container[probe] ?? {};
        if (httpGet === undefined || httpGet.host !== undefined) continue;
        const { port, scheme = 'HTTP' } = httpGet;
        const said = protocolOfProbe(container, port);
        const speaks = schemes.get(scheme.toLowerCase());
        if (speaks === undefined || isRight(speaks, said?.spoken) || said === undefined) continue;
        const at = [...templatePath, 'spec', ...path, probe, 'httpGet'];
        // The API server fills in HTTP.
        const isSaid = hasField(workload, [...at, 'scheme']);
        yield {
          place: { object: workload, at: [...at, isSaid ? 'scheme' : 'port'] },
          speaks,
          ...((!isSaid || speaks === 'tls') && { faint: true }),
          port: `port ${said.name} of container ${container.name}`,
          declared: { object: workload, at: [...templatePath, 'spec', ...path, 'ports'] },
        };
      }
}

function hasField({ source }: ClusterObject, path: Path): boolean {
  return isWritten(source.value, path);
}

/**
 * ServiceMonitors; a relabelling may change the scheme, and who writes how to verify a certificate
 * has seen one, whatever the port is called (`http-metrics` of the components of Kubernetes).
 */
function* scrapers(cluster: Cluster): Generator<Speaker> {
  const all = monitors(cluster, 'ServiceMonitor');
  if (all.length === 0) return;
  const services = new ServiceLabels(cluster);
  for (const monitor of all)
    for (const endpoint of endpointsOf(monitor.object))
      for (const service of services.select(monitor).certain) {
        const port = service.ports.find((one) => hasPort([one], endpoint.port));
        const expects = port && protocolOf(port, service);
        if (port === undefined || isRight(endpoint.speaks, expects)) continue;
        const place = { object: monitor.object, at: endpoint.at };
        yield { place, speaks: endpoint.speaks, ...ofService(service, port) };
      }
}

function endpointsOf({ value }: ClusterObject): { at: Path; port: string; speaks: Spoken }[] {
  return asList(fieldAt(value, 'spec', 'endpoints')).flatMap((endpoint, index) => {
    const port = asText(fieldAt(endpoint, 'port'));
    const scheme = asText(fieldAt(endpoint, 'scheme'));
    const speaks = schemes.get((scheme ?? 'http').toLowerCase());
    const relabels = JSON.stringify(fieldAt(endpoint, 'relabelings') ?? []);
    const isDeliberate = speaks === 'tls' && fieldAt(endpoint, 'tlsConfig') !== undefined;
    return port === undefined ||
      speaks === undefined ||
      isDeliberate ||
      relabels.includes('__scheme__')
      ? []
      : [
          {
            at: ['spec', 'endpoints', index, scheme === undefined ? 'port' : 'scheme'],
            port,
            speaks,
          },
        ];
  });
}
