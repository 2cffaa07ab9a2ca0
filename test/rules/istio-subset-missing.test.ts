import { istioSubsetMissing } from '../../rules/reference/istio-subset-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { destinationRule, pods, service, virtualService } from '../support/wiring.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(istioSubsetMissing, {
  valid: [
    {
      name: 'a subset that is defined',
      yaml:
        virtualService('host: web, subset: v1') +
        destinationRule('web', '{ name: v1, labels: { version: v1 } }') +
        service('web') +
        pods,
    },
    {
      name: 'defined for the full name, in another namespace',
      yaml:
        virtualService('host: web, subset: v1') +
        destinationRule(
          'web.shop.svc.cluster.local',
          '{ name: v1 }',
          'name: web, namespace: edge',
        ) +
        service('web') +
        pods,
    },
    {
      name: 'defined for a wildcard',
      yaml:
        virtualService('host: web, subset: v1') +
        destinationRule('"*.shop.svc.cluster.local"', '{ name: v1 }') +
        service('web') +
        pods,
    },
    {
      name: 'defined in one of two variants',
      yaml:
        virtualService('host: web, subset: v1') +
        destinationRule('web', '{ name: v1 }') +
        destinationRule('web', '{ name: v2 }') +
        service('web') +
        pods,
    },
    {
      name: 'no subset',
      yaml:
        virtualService('host: web') +
        destinationRule('web', '{ name: v1 }') +
        service('web') +
        pods,
    },
    {
      name: 'no DestinationRule was read, and it may be where the Service is not',
      files: {
        'shop/routing/web.yaml': virtualService('host: web, subset: v1'),
        'shop/web.yaml': service('web') + pods,
      },
      unknown: [
        'the subset is not defined in what was read, but no DestinationRule for this host was read together with it',
      ],
    },
    {
      name: 'none for this host, and the Service was not read',
      yaml:
        virtualService('host: api, subset: v1') +
        destinationRule('web', '{ name: v1 }') +
        service('web') +
        pods,
      unknown: [
        'the subset is not defined in what was read, but no DestinationRule for this host was read together with it',
      ],
    },
    {
      name: 'a subset that is filled in later',
      yaml:
        virtualService('host: web, subset: "${VERSION}"') +
        destinationRule('web', '{ name: v1 }') +
        service('web') +
        pods,
    },
  ],
  invalid: [
    {
      name: 'a typo',
      yaml:
        virtualService('host: web, subset: canery') +
        destinationRule('web', '{ name: canary }') +
        service('web') +
        pods,
      errors: [
        {
          id: 'near',
          line: 6,
          column: 51,
          endColumn: 57,
          message: 'no DestinationRule for "web" defines subset "canery"; did you mean "canary"?',
          help: 'change it to canary',
          safety: 'safe',
        },
      ],
      output: [['canery', 'canary']],
    },
    {
      name: 'another version',
      yaml:
        virtualService('host: web, subset: v2') +
        destinationRule('web', '{ name: v1 }') +
        service('web') +
        pods,
      errors: [
        {
          id: 'undefined',
          line: 6,
          column: 51,
          endColumn: 53,
          message: 'no DestinationRule for "web" defines subset "v2"; known subsets: "v1"',
          help: 'define it there, or name a subset that is defined',
        },
      ],
    },
    {
      name: 'a rule without subsets',
      yaml:
        virtualService('host: web, subset: v2') +
        destinationRule('web', '') +
        service('web') +
        pods,
      errors: [
        {
          id: 'undefined',
          line: 6,
          column: 51,
          endColumn: 53,
          message: 'no DestinationRule for "web" defines subset "v2"; known subsets: none',
          help: 'define it there, or name a subset that is defined',
        },
      ],
    },
    {
      name: 'a rule that is not exported',
      yaml:
        virtualService('host: web, subset: v1') +
        destinationRule(
          'web.shop.svc.cluster.local',
          '{ name: v1 }',
          'name: web, namespace: edge',
          '  exportTo: ["."]\n',
        ) +
        service('web') +
        pods,
      errors: [
        {
          id: 'noRule',
          line: 6,
          column: 51,
          endColumn: 53,
          severity: 'warning',
          message:
            'subset "v1" needs a DestinationRule for "web", and there is none in the 4 objects read',
          help: 'add a DestinationRule for web that defines it',
        },
      ],
    },
    {
      name: 'a rule for another host only',
      yaml:
        virtualService('host: web, subset: v1') +
        destinationRule('api', '{ name: v1 }') +
        service('web') +
        pods,
      errors: [
        {
          id: 'noRule',
          line: 6,
          column: 51,
          endColumn: 53,
          severity: 'warning',
          message:
            'subset "v1" needs a DestinationRule for "web", and there is none in the 4 objects read',
          help: 'add a DestinationRule for web that defines it',
        },
      ],
    },
    {
      name: 'no DestinationRule beside the Service',
      yaml: documents(
        yaml`
          apiVersion: networking.istio.io/v1
          kind: VirtualService
          metadata:
            name: reviews
          spec:
            hosts: [reviews]
            http:
              - route:
                  - destination:
                      host: reviews
                      subset: v1
        `,
        serviceFor('reviews')`
          ports:
            - port: 9080
        `,
        deployment('reviews', { replicas: 2 })`
          containers:
            - name: reviews
              image: ghcr.io/acme/reviews:1.4.2
              ports:
                - containerPort: 9080
        `,
      ),
      errors: [
        {
          id: 'noRule',
          line: 11,
          column: 21,
          endColumn: 23,
          severity: 'warning',
          message:
            'subset "v1" needs a DestinationRule for "reviews", and there is none in the 3 objects read',
        },
      ],
    },
  ],
});
