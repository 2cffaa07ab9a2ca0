import type { Ingress } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { nginxPrefix } from '../../src/kubernetes/labels.ts';
import { protocolOf } from '../../src/lint/ports/spoken-protocol.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { findServicePort } from '../../src/lint/references/service-port.ts';
import {
  annotationsOf,
  controllerOf,
  type IngressService,
  ingressServices,
  unusedBackend,
} from '../../src/lint/routes/ingress-backends.ts';
import { defineRule, type Place } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { getOwn } from '../../src/own.ts';

/**
 * Annotations by which a controller is told how to speak to backends: of Ingresses, or of Services.
 */
const annotations = [
  `${nginxPrefix}backend-protocol`,
  'haproxy.org/server-ssl',
  'haproxy-ingress.github.io/backend-protocol',
  'appgw.ingress.kubernetes.io/backend-protocol',
  'alb.ingress.kubernetes.io/backend-protocol',
  'traefik.ingress.kubernetes.io/service.serversscheme',
  'ingress.kubernetes.io/protocol',
  'konghq.com/protocol',
];

export const backendProtocolMismatch = defineRule({
  meta: {
    id: 'backend-protocol-mismatch',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress', 'Service'],
    title: 'speaks unlike its backend',
    summary: 'An Ingress speaks TLS to a port that is plain, or plain HTTP to one that speaks TLS',
    why:
      'a controller speaks plain HTTP to backends unless an annotation says otherwise; where ' +
      'the port expects the other one, every request is answered with 502 or 400',
    fixable: false,
  },
  messages: {
    encrypted: ({ port, service }: { port: string; service: string }) =>
      `it speaks TLS to port ${port} of ${service}, which is for plain HTTP`,
    plain: ({ port, service }: { port: string; service: string }) =>
      `it speaks plain HTTP to port ${port} of ${service}, which is for TLS`,
  },
  check({ cluster, report }) {
    const seen = new Set<string>();
    for (const ingress of cluster.objects.of('Ingress'))
      for (const backend of ingressServices(ingress)) {
        const name = `${namespaceOf(ingress, cluster)}/${backend.name}`;
        const service = cluster.servicesByName.get(name);
        const { name: portName, number = 0 } = backend.port;
        const port =
          service &&
          findServicePort(service.ports, portName === undefined ? { number } : { name: portName });
        if (service === undefined || port === undefined) continue;
        const speaks = protocolOf(port, service);
        const told = toldBy(ingress, backend, service, cluster);
        if (speaks === undefined || told === undefined) continue;
        if ((speaks === 'tls') === told.encrypted) continue;
        const key = `${told.place.object.kind} ${name} ${told.place.at.join('.')}`;
        if (seen.has(key)) continue;
        seen.add(key);
        report({
          ...told.place,
          id: told.encrypted ? 'encrypted' : 'plain',
          data: { port: port.name ?? String(port.port), service: describeObject(service.object) },
          help: told.help,
          related: [
            {
              object: service.object,
              at: ['spec', 'ports', service.ports.indexOf(port)],
              message: 'the port that it leads to',
            },
          ],
        });
      }
  },
});

interface Told {
  readonly encrypted: boolean;
  readonly place: Place;
  readonly help: string;
}

/** How a controller speaks to a backend; undefined where nobody knows. */
function toldBy(
  ingress: ClusterObject<Ingress>,
  backend: IngressService,
  { object }: ServicePicture,
  cluster: Cluster,
): Told | undefined {
  for (const [holder, texts] of [
    [ingress, annotationsOf(ingress)],
    [object, object.value.metadata?.annotations ?? {}],
  ] as const) {
    const key = annotations.find((one) => getOwn(texts, one) !== undefined);
    if (key === undefined) continue;
    const said = String(getOwn(texts, key));
    const encrypted = /^(https|grpcs|true|h1-ssl|h2-ssl|grpcs?-ssl)$/i.test(said);
    if (!encrypted && !/^(http|grpc|false|h1|h2)$/i.test(said)) return undefined;
    const place = { object: holder, at: ['metadata', 'annotations', key] };
    return { encrypted, place, help: encrypted ? 'take the annotation out' : 'set it to HTTPS' };
  }
  // Of the others some look at the name of the port, or at its number.
  if (controllerOf(ingress, cluster) !== 'ingress-nginx') return undefined;
  if (unusedBackend(backend) !== undefined || Object.keys(annotationsOf(ingress)).some(mayEncrypt))
    return undefined;
  return {
    encrypted: false,
    place: { object: ingress, at: [...backend.path, 'port'], part: 'key' },
    help: `add the annotation ${nginxPrefix}backend-protocol: HTTPS`,
  };
}

/** Annotations by which ingress-nginx passes TLS on, or that are its configuration as text. */
function mayEncrypt(key: string): boolean {
  return /ssl-passthrough|secure-backends|backend-protocol|snippet/.test(key);
}
