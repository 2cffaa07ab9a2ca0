import { defineRule } from '../../src/lint/rule.ts';
import { isReadFromCluster } from '../../src/lint/unseen/read-from-cluster.ts';

export const sliceBesideSelector = defineRule({
  meta: {
    id: 'slice-beside-selector',
    category: 'name',
    severity: 'info',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['EndpointSlice'],
    title: 'adds addresses that nobody updates',
    summary: 'A hand-written EndpointSlice belongs to a Service whose slices are made from pods',
    why:
      'the controller writes slices of its own for a Service with a selector and leaves ' +
      'those of others alone, so that requests go to both: the addresses that were written ' +
      'stay when the pods behind them are gone',
    fixable: false,
  },
  messages: {
    beside: ({ service }: { service: string }) =>
      `requests go to these addresses and to the pods of Service "${service}", and nobody ` +
      'takes these out when they are gone',
  },
  check({ cluster, report }) {
    for (const { object: service, manualSlices, automatic } of cluster.services) {
      if (!automatic) continue;
      for (const object of manualSlices) {
        if (isReadFromCluster(object)) continue;
        report({
          object,
          at: ['endpoints'],
          part: 'key',
          id: 'beside',
          data: { service: service.name },
          help:
            'take the selector out of the Service if the addresses are meant, or delete the ' +
            'slice',
          related: [
            {
              object: service,
              at: ['spec', 'selector'],
              part: 'key',
              message: 'by this the controller makes slices from pods',
            },
          ],
        });
      }
    }
  },
});
