import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { wrongSpeakers } from '../../src/lint/calls/speakers.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const schemeMismatch = defineRule({
  meta: {
    id: 'scheme-mismatch',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: [...workloadKinds, 'ConfigMap', 'Secret', 'ServiceMonitor'],
    title: 'speaks another protocol than the port',
    summary: 'A URL, a probe or a monitor speaks TLS to a plain port, or plain HTTP to a TLS port',
    why:
      'a server that waits for TLS answers plain HTTP with 400 or closes the connection, and a ' +
      'plain one cannot read a TLS handshake (wrong version number): no request succeeds',
    fixable: false,
  },
  messages: {
    encrypted: ({ port }: { port: string }) => `it speaks TLS to ${port}, which is for plain HTTP`,
    plain: ({ port }: { port: string }) => `it speaks plain HTTP to ${port}, which is for TLS`,
  },
  check({ cluster, report }) {
    const seen = new Set<string>();
    for (const { place, speaks, port, declared, faint } of wrongSpeakers(cluster)) {
      const { kind, namespace, name } = place.object;
      // Probes of one container, and monitors of many Services, say the same again and again.
      const key = [kind, namespace, name, port, place.within?.occurrence ?? ''].join(' ');
      if (seen.has(key)) continue;
      seen.add(key);
      report({
        ...place,
        id: speaks === 'tls' ? 'encrypted' : 'plain',
        data: { port },
        ...(faint && { severity: 'info' as const }),
        help:
          speaks === 'tls'
            ? 'speak http to it, or give the port a name that says https'
            : 'speak https to it, or give the port a name that says http',
        related: [{ ...declared, message: 'the port' }],
      });
    }
  },
});
