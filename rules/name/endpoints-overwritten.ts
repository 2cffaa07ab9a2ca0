import { defineRule } from '../../src/lint/rule.ts';
import { isReadFromCluster } from '../../src/lint/unseen/read-from-cluster.ts';

export const endpointsOverwritten = defineRule({
  meta: {
    id: 'endpoints-overwritten',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Endpoints'],
    title: 'are overwritten by the endpoints controller',
    summary:
      'Hand-written Endpoints have a Service with a selector, whose controller overwrites them',
    why:
      'for a Service with a selector the endpoints controller writes the Endpoints itself: ' +
      'subsets and labels are replaced at the next sync (syncService)',
    fixable: false,
  },
  messages: {
    selector: ({ service }: { service: string }) =>
      `the addresses do not stay: Service "${service}" has a selector, so its Endpoints ` +
      'are made from pods',
  },
  check({ cluster, report }) {
    for (const { object: service, manualEndpoints: object, automatic } of cluster.services) {
      if (object === undefined || !automatic || isReadFromCluster(object)) continue;
      report({
        object,
        at: ['subsets'],
        part: 'key',
        id: 'selector',
        data: { service: service.name },
        help:
          'take the selector out of the Service if the addresses are meant, or delete the ' +
          'Endpoints; to add addresses to those of the pods write an EndpointSlice',
        related: [
          {
            object: service,
            at: ['spec', 'selector'],
            part: 'key',
            message: 'this selector makes the controller write them',
          },
        ],
      });
    }
  },
});
