import type { Ingress } from 'kubernetes-types/networking/v1';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asText, fieldAt, type Path } from '../../src/kubernetes/json.ts';
import { nginxPrefix } from '../../src/kubernetes/labels.ts';
import { protocolOf } from '../../src/lint/ports/spoken-protocol.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { findServicePort } from '../../src/lint/references/service-port.ts';
import { annotationsOf, ingressServices } from '../../src/lint/routes/ingress-backends.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { getOwn } from '../../src/own.ts';

const annotation = `${nginxPrefix}ssl-passthrough`;

export const passthroughToPlain = defineRule({
  meta: {
    id: 'passthrough-to-plain',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress', 'Route'],
    title: 'hands TLS to a port that speaks none',
    summary: 'An Ingress or an OpenShift Route passes TLS on to a port for plain HTTP',
    why:
      'with passthrough the connection goes to the pods as the client began it, and with ' +
      'reencrypt the router begins TLS with them itself: a server for plain HTTP reads a ' +
      'handshake and closes the connection',
    fixable: false,
  },
  messages: {
    plain: ({ how, port, service }: Record<'how' | 'port' | 'service', string>) =>
      `${how} sends TLS to port ${port} of ${service}, whose name says plain http`,
  },
  check({ cluster, report }) {
    for (const { object, at, how, name, port } of handing(cluster)) {
      const service = cluster.servicesByName.get(`${namespaceOf(object, cluster)}/${name}`);
      const found = service && findServicePort(service.ports, port);
      if (service === undefined || found === undefined) continue;
      if (protocolOf(found, service) !== 'plain') continue;
      report({
        object,
        at,
        id: 'plain',
        data: {
          how,
          port: found.name ?? String(found.port),
          service: describeObject(service.object),
        },
        help: 'end TLS here, or let the pods speak it and name their port https',
        related: [
          {
            object: service.object,
            at: ['spec', 'ports', service.ports.indexOf(found)],
            message: 'the port that it leads to',
          },
        ],
      });
    }
  },
});

interface Handing {
  readonly object: ClusterObject;
  readonly at: Path;
  readonly how: string;
  readonly name: string;
  readonly port: { readonly name: string } | { readonly number: number };
}

function handing(cluster: Cluster): Handing[] {
  return [
    ...cluster.objects.of('Ingress').flatMap(byAnnotation),
    ...cluster.objects.ofKind('route.openshift.io', 'Route').flatMap(byTermination),
  ];
}

function byAnnotation(object: ClusterObject<Ingress>): Handing[] {
  if (String(getOwn(annotationsOf(object), annotation)) !== 'true') return [];
  return ingressServices(object)
    .slice(0, 1)
    .map(({ name, port }) => ({
      object,
      at: ['metadata', 'annotations', annotation],
      how: 'ssl-passthrough',
      name,
      port: port.name === undefined ? { number: port.number ?? 0 } : { name: port.name },
    }));
}

/** The port of a Route is that of a Service by its name; a number is that of the pods. */
function byTermination(object: ClusterObject): Handing[] {
  const spec = fieldAt(object.value, 'spec');
  const how = asText(fieldAt(spec, 'tls', 'termination'))?.toLowerCase() ?? '';
  const name = asText(fieldAt(spec, 'to', 'name'));
  const port = asText(fieldAt(spec, 'port', 'targetPort'));
  return ['passthrough', 'reencrypt'].includes(how) && name !== undefined && port !== undefined
    ? [{ object, at: ['spec', 'tls', 'termination'], how, name, port: { name: port } }]
    : [];
}
