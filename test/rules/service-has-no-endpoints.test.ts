import { serviceHasNoEndpoints } from '../../rules/selector/service-has-no-endpoints.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webService = serviceFor('web')`ports: [{ port: 80, targetPort: 8080 }]`;
const dbService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: db
  spec:
    ports: [{ port: 5432 }]
`;

testRule(serviceHasNoEndpoints, {
  valid: [
    {
      name: 'it runs',
      yaml: documents(webDeployment, webService),
    },
    {
      name: 'an alias',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: db
        spec:
          type: ExternalName
          externalName: db.example.com
      `,
    },
    {
      name: 'addresses by hand',
      yaml: documents(
        dbService,
        yaml`
          apiVersion: v1
          kind: Endpoints
          metadata:
            name: db
          subsets:
            - addresses: [{ ip: 192.0.2.7 }]
              ports: [{ port: 5432 }]
        `,
      ),
    },
    {
      name: 'a slice without a condition',
      yaml: documents(
        dbService,
        yaml`
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata:
            name: db-1
            labels:
              kubernetes.io/service-name: db
          addressType: IPv4
          ports: [{ port: 5432 }]
          endpoints:
            - addresses: [192.0.2.7]
              conditions: { ready: true }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'paused from birth',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            paused: true
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'none',
          line: 6,
          column: 11,
          endColumn: 15,
          severity: 'warning',
          message:
            'Service default/web has no endpoints: Deployment/web has no pods: it is created paused, so no ReplicaSet is made',
          related: ['21:9 this Service has no endpoints'],
        },
      ],
    },
    {
      name: 'behind a scheduling gate',
      yaml: documents(
        deployment('web')`
          schedulingGates: [{ name: example.com/quota }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'none',
          line: 12,
          column: 33,
          endColumn: 50,
          severity: 'warning',
          message:
            'Service default/web has no endpoints: the pods of Deployment/web wait for scheduling gate "example.com/quota" and have no address',
          related: ['21:9 this Service has no endpoints'],
        },
      ],
    },
    {
      name: 'two Services of one workload',
      yaml: documents(
        deployment('web')`
          schedulingGates: [{ name: example.com/quota }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web-internal
          spec:
            selector: { app: web }
            ports: [{ port: 80, targetPort: 8080 }]
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 12,
          column: 33,
          endColumn: 50,
          severity: 'warning',
          message:
            'Service default/web and another Service have no endpoints: the pods of Deployment/web wait for scheduling gate "example.com/quota" and have no address',
          related: ['21:9 this Service has no endpoints', '29:9 this Service has no endpoints'],
        },
      ],
    },
    {
      name: 'a readiness gate',
      yaml: documents(
        deployment('web')`
          readinessGates: [{ conditionType: example.com/in-pool }]
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'none',
          line: 12,
          column: 41,
          endColumn: 60,
          severity: 'info',
          message:
            'Service default/web has no endpoints: Deployment/web is not ready: readiness gate "example.com/in-pool" stays false until something sets that condition',
          related: ['21:9 this Service has no endpoints'],
        },
      ],
    },
    {
      name: 'a suspended Job',
      yaml: documents(
        yaml`
          apiVersion: batch/v1
          kind: Job
          metadata:
            name: web
          spec:
            suspend: true
            template:
              metadata:
                labels: { app: web }
              spec:
                restartPolicy: Never
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'none',
          line: 6,
          column: 12,
          endColumn: 16,
          severity: 'info',
          message: 'Service default/web has no endpoints: Job/web has no pods: it is suspended',
          related: ['20:9 this Service has no endpoints'],
        },
      ],
    },
    {
      name: 'not mirrored',
      yaml: documents(
        dbService,
        yaml`
          apiVersion: v1
          kind: Endpoints
          metadata:
            name: db
            labels:
              endpointslice.kubernetes.io/skip-mirror: "true"
          subsets:
            - addresses: [{ ip: 192.0.2.7 }]
              ports: [{ port: 5432 }]
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 13,
          column: 46,
          endColumn: 52,
          message:
            'Service default/db has no endpoints: the Endpoints written by hand are not mirrored: the label endpointslice.kubernetes.io/skip-mirror: "true" asks not to mirror it',
          related: ['4:9 this Service has no endpoints'],
        },
      ],
    },
    {
      name: 'no ports beside the addresses',
      yaml: documents(
        dbService,
        yaml`
          apiVersion: v1
          kind: Endpoints
          metadata:
            name: db
          subsets:
            - addresses: [{ ip: 192.0.2.7 }]
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 13,
          column: 5,
          endColumn: 14,
          message:
            'Service default/db has no endpoints: the Endpoints written by hand list no ports, so no port of the Service leads to them',
          related: ['4:9 this Service has no endpoints'],
        },
      ],
    },
    {
      name: 'no address is ready',
      yaml: documents(
        dbService,
        yaml`
          apiVersion: v1
          kind: Endpoints
          metadata:
            name: db
          subsets:
            - notReadyAddresses: [{ ip: 192.0.2.7 }]
              ports: [{ port: 5432 }]
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 13,
          column: 5,
          endColumn: 22,
          message:
            'Service default/db has no endpoints: all addresses that are written by hand are under notReadyAddresses',
          related: ['4:9 this Service has no endpoints'],
        },
      ],
    },
    {
      name: 'no endpoint of a slice is ready',
      yaml: documents(
        dbService,
        yaml`
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata:
            name: db-1
            labels:
              kubernetes.io/service-name: db
          addressType: IPv4
          ports: [{ port: 5432 }]
          endpoints:
            - addresses: [192.0.2.7]
              conditions: { ready: false }
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 18,
          column: 26,
          endColumn: 31,
          message:
            'Service default/db has no endpoints: every endpoint of the EndpointSlice that is written by hand says that it is not ready',
          related: ['4:9 this Service has no endpoints'],
        },
      ],
    },
    {
      name: 'no address at all',
      yaml: documents(
        dbService,
        yaml`
          apiVersion: v1
          kind: Endpoints
          metadata:
            name: db
          subsets: []
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 12,
          column: 1,
          endColumn: 8,
          severity: 'info',
          message:
            'Service default/db has no endpoints: the Endpoints written by hand hold no address',
          related: ['4:9 this Service has no endpoints'],
        },
      ],
    },
  ],
});
