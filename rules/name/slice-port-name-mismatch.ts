import {
  mismatchedPorts,
  portMismatchFinding,
  portMismatchMessages,
} from '../../src/lint/ports/hand-written.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const slicePortNameMismatch = defineRule({
  meta: {
    id: 'slice-port-name-mismatch',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['EndpointSlice'],
    title: 'has a port that the Service does not know',
    summary:
      'A port of a hand-written EndpointSlice agrees with no port of the Service in name ' +
      'and protocol',
    why:
      'a proxy joins Service ports and slice ports by name and protocol, not by number ' +
      '(endpointInfoByServicePort); an unnamed Service port only takes an unnamed slice port',
    fixable: true,
  },
  messages: portMismatchMessages,
  check({ cluster, report }) {
    for (const service of cluster.services) {
      for (const object of service.manualSlices) {
        for (const mismatch of mismatchedPorts(object.value.ports ?? [], service.ports)) {
          const { at, ...finding } = portMismatchFinding(mismatch, service);
          report({ object, at: ['ports', mismatch.index, at], ...finding });
        }
      }
    }
  },
});
