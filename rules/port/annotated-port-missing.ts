import { strangePorts } from '../../src/lint/ports/annotated-ports.ts';
import { listServicePorts } from '../../src/lint/references/service-port.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { nearestName } from '../../src/text/nearest-name.ts';

export const annotatedPortMissing = defineRule({
  meta: {
    id: 'annotated-port-missing',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'annotates a port that it does not have',
    summary: 'An annotation of a Service names a port that the Service does not have',
    why:
      'load balancers, proxies and meshes go by annotations of the Service for TLS and ' +
      'protocols, port by port: one that names no port of the Service is passed over, and the ' +
      'port that was meant is served as any other, mostly as plain HTTP',
    fixable: false,
  },
  messages: {
    none: ({ written, known }: Record<'written' | 'known', string>) =>
      `the Service has no port "${written}"; known ports: ${known}`,
  },
  check({ cluster, report }) {
    for (const service of cluster.services)
      for (const { annotation, written } of strangePorts(service)) {
        const { object, ports } = service;
        const meant =
          ports.length === 1
            ? String(/^\d+$/.test(written) ? ports[0]?.port : (ports[0]?.name ?? ports[0]?.port))
            : nearestName(
                written,
                ports.flatMap(({ name }) => name ?? []),
              );
        report({
          object,
          at: ['metadata', 'annotations', annotation],
          within: { text: written, occurrence: 0 },
          id: 'none',
          data: { written, known: listServicePorts(ports) },
          help: meant === undefined ? 'name a port of the Service' : `did you mean ${meant}?`,
          related: [{ object, at: ['spec', 'ports'], part: 'key', message: 'its ports' }],
        });
      }
  },
});
