import { servingKinds } from '../../src/kubernetes/kinds.ts';
import { askedByProbes } from '../../src/lint/hosts/probe-hosts.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const probeAsksAnother = defineRule({
  meta: {
    id: 'probe-asks-another',
    category: 'resilience',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: servingKinds,
    title: 'is as healthy as another Service',
    summary: 'A readiness or liveness probe asks another Service',
    why:
      'when the other Service is slow for a moment, all pods whose probe asks it fail at once: ' +
      'none of them is ready any more, or all of them are restarted, and the fault spreads from ' +
      'Service to Service',
    fixable: false,
  },
  messages: {
    ready: ({ service }: { service: string }) =>
      `its pods leave the endpoints whenever ${service} does not answer`,
    alive: ({ service }: { service: string }) =>
      `its containers are restarted whenever ${service} does not answer`,
  },
  check({ cluster, report }) {
    for (const { place, probe, service } of askedByProbes(cluster)) {
      report({
        ...place,
        id: probe === 'readinessProbe' ? 'ready' : 'alive',
        data: { service: describeObject(service.object) },
        help: 'ask the container itself, and let it answer without the others',
        related: [{ object: service.object, at: ['metadata', 'name'], message: 'is asked' }],
      });
    }
  },
});
