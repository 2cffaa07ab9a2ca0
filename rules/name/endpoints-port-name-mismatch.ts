import {
  mismatchedPorts,
  portMismatchFinding,
  portMismatchMessages,
} from '../../src/lint/ports/hand-written.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const endpointsPortNameMismatch = defineRule({
  meta: {
    id: 'endpoints-port-name-mismatch',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Endpoints'],
    title: 'have a port the Service does not know',
    summary:
      'A port of hand-written Endpoints agrees with no port of the Service in name and protocol',
    why:
      'a proxy joins Service ports and endpoint ports by name and protocol, not by number: ' +
      "the endpoints' port must have the very name of the Service port, or both must have " +
      'none',
    fixable: true,
  },
  messages: portMismatchMessages,
  check({ cluster, report }) {
    for (const service of cluster.services) {
      const { manualEndpoints: object, automatic, mirrored } = service;
      if (object === undefined || automatic || mirrored.length === 0) continue;
      for (const [subset, { ports = [] }] of (object.value.subsets ?? []).entries()) {
        const named = ports.map((port) => ({ ...port, name: port.name ?? '' }));
        for (const mismatch of mismatchedPorts(named, service.ports)) {
          const { at, ...finding } = portMismatchFinding(mismatch, service);
          report({ object, at: ['subsets', subset, 'ports', mismatch.index, at], ...finding });
        }
      }
    }
  },
});
