import type { ServicePort } from 'kubernetes-types/core/v1';
import { nginxPrefix } from '../../src/kubernetes/labels.ts';
import { protocolOf } from '../../src/lint/ports/spoken-protocol.ts';
import { findServicePort } from '../../src/lint/references/service-port.ts';
import { type Told, toldProtocols } from '../../src/lint/routes/backend-protocols.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

type Named = Record<'port' | 'service', string>;

const messages = {
  encrypted: ({ port, service }: Named) =>
    `it speaks TLS to port ${port} of ${service}, which is for plain HTTP`,
  plain: ({ port, service }: Named) =>
    `it speaks plain HTTP to port ${port} of ${service}, which is for TLS`,
  grpc: ({ port, service }: Named) =>
    `it speaks HTTP/1.1 to port ${port} of ${service}, which is for gRPC`,
  handed: ({ by, port, service }: Named & { by: string }) =>
    `${by} sends TLS to port ${port} of ${service}, whose name says plain http`,
};

export const backendProtocolMismatch = defineRule({
  meta: {
    id: 'backend-protocol-mismatch',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress', 'Route', 'Service'],
    title: 'speaks unlike its backend',
    summary:
      'An Ingress or a Route speaks TLS to a plain port, or plain HTTP to one that speaks ' +
      'TLS or gRPC',
    why:
      'a controller speaks plain HTTP to backends unless an annotation says otherwise; where ' +
      'the port expects the other one, every request is answered with 502 or 400',
    fixable: false,
  },
  messages,
  check({ cluster, report }) {
    const seen = new Set<string>();
    for (const told of toldProtocols(cluster)) {
      const { place, service, speaks } = told;
      const port = findServicePort(service.ports, told.port);
      if (port === undefined) continue;
      const isGrpc = place.part === 'key' && isForGrpc(port);
      if ((protocolOf(port, service) ?? speaks) === speaks && !isGrpc) continue;
      const name = describeObject(service.object);
      const key = `${describeObject(place.object)} ${name} ${place.at.join('.')}`;
      if (seen.has(key)) continue;
      seen.add(key);
      report({
        ...place,
        ...wordsFor(told, isGrpc, { port: port.name ?? String(port.port), service: name }),
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

/** Browsers speak grpc-web over HTTP/1.1. */
function isForGrpc({ name = '', appProtocol = name }: ServicePort): boolean {
  return /^grpc(?:-(?!web)|$)/.test(appProtocol);
}

function wordsFor(
  { by, speaks, place }: Told,
  isGrpc: boolean,
  data: Named,
): Words<typeof messages> {
  if (isGrpc)
    return {
      id: 'grpc',
      data,
      why:
        'ingress-nginx speaks HTTP/1.1 to backends unless an annotation says otherwise, and a ' +
        'server for gRPC takes nothing but HTTP/2: every call is answered with 502',
      help: `add the annotation ${nginxPrefix}backend-protocol: GRPC`,
    };
  if (by !== undefined)
    return {
      id: 'handed',
      data: { by, ...data },
      title: 'hands TLS to a port that speaks none',
      why:
        'with passthrough the connection goes to the pods as the client began it, and with ' +
        'reencrypt the router begins TLS with them itself: a server for plain HTTP reads a ' +
        'handshake and closes the connection',
      help: 'end TLS here, or let the pods speak it and name their port https',
    };
  if (speaks === 'tls') return { id: 'encrypted', data, help: 'take the annotation out' };
  const help =
    place.part === 'key'
      ? `add the annotation ${nginxPrefix}backend-protocol: HTTPS`
      : 'set it to HTTPS';
  return { id: 'plain', data, help };
}
