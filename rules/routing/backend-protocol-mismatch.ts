import type { ServicePort } from 'kubernetes-types/core/v1';
import { declaredPorts } from '../../src/cluster/ports.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { annotationsOf, ingressServices } from '../../src/lint/references/ingress-backends.ts';
import { namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { getOwn } from '../../src/own.ts';

/** Annotations by which a controller is told how to speak to backends. */
const annotations = [
  'nginx.ingress.kubernetes.io/backend-protocol',
  'haproxy.org/server-ssl',
  'appgw.ingress.kubernetes.io/backend-protocol',
  'alb.ingress.kubernetes.io/backend-protocol',
];

export const backendProtocolMismatch = defineRule({
  meta: {
    id: 'backend-protocol-mismatch',
    category: 'routing',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Ingress'],
    title: 'speaks unlike its backend',
    summary: 'An Ingress speaks TLS to a port that is plain, or plain HTTP to one that speaks TLS',
    why:
      'a controller speaks plain HTTP to backends unless an annotation says otherwise; where ' +
      'the port expects the other one, every request is answered with 502 or 400',
    fixable: false,
  },
  messages: {
    encrypted: ({ port, service }: { port: string; service: string }) =>
      `it speaks TLS to port ${port} of ${service}, whose name says plain http`,
    plain: ({ port, service }: { port: string; service: string }) =>
      `it speaks plain HTTP to port ${port} of ${service}, whose name says https`,
  },
  check({ cluster, report }) {
    for (const ingress of cluster.objects.of('Ingress')) {
      const key = annotations.find((name) => getOwn(annotationsOf(ingress), name) !== undefined);
      const said = key === undefined ? undefined : getOwn(annotationsOf(ingress), key);
      // Without an annotation another one, or the class, may say it.
      if (key === undefined || said === undefined) continue;
      const encrypted = /^(https|grpcs|true)$/i.test(said);
      if (!encrypted && !/^(http|grpc|false)$/i.test(said)) continue;
      for (const backend of ingressServices(ingress)) {
        const service = cluster.servicesByName.get(
          `${namespaceOf(ingress, cluster)}/${backend.name}`,
        );
        const port = service?.ports.find(({ name, port: number }) =>
          backend.port.name === undefined
            ? number === backend.port.number
            : name === backend.port.name,
        );
        if (service === undefined || port === undefined) continue;
        const speaks = protocolOf(port, service);
        if (speaks === undefined || (speaks === 'tls') === encrypted) continue;
        report({
          object: ingress,
          at: ['metadata', 'annotations', key],
          id: encrypted ? 'encrypted' : 'plain',
          data: { port: port.name ?? String(port.port), service: describeObject(service.object) },
          help: encrypted ? 'take the annotation out' : 'set it to HTTPS',
          related: [
            {
              object: service.object,
              at: ['spec', 'ports'],
              part: 'key',
              message: 'the port that it leads to',
            },
          ],
        });
        break;
      }
    }
  },
});

/**
 * What the names of a port say: its own, its `appProtocol`, and those of the container ports behind
 * it. All that speak must agree.
 */
function protocolOf(
  { name = '', appProtocol = '', port, targetPort = port }: ServicePort,
  { backends }: ServicePicture,
): 'tls' | 'plain' | undefined {
  const words = [appProtocol, name, typeof targetPort === 'string' ? targetPort : ''];
  for (const { members } of backends)
    for (const { port: declared } of declaredPorts(members.set.spec))
      if (declared.containerPort === targetPort) words.push(declared.name ?? '');
  const said = new Set(
    words.flatMap((word) =>
      /^(https|tls|ssl|grpcs)/.test(word)
        ? ['tls' as const]
        : /^(http|grpc)/.test(word)
          ? ['plain' as const]
          : [],
    ),
  );
  const [only] = said;
  return said.size === 1 ? only : undefined;
}
