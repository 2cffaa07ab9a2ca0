import { localTrafficPolicyGaps } from '../../rules/resilience/local-traffic-policy-gaps.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, serviceFor, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web
  spec:
    internalTrafficPolicy: Local
    selector: { app: web }
    ports:
      - port: 80
        targetPort: http
`;

testRule(localTrafficPolicyGaps, {
  valid: [
    {
      name: 'a pod on every node',
      yaml: documents(webDeployment.replace('kind: Deployment', 'kind: DaemonSet'), webService),
    },
    {
      name: 'the policy Cluster',
      yaml: documents(
        app('web', { replicas: 2 })``,
        webService.replace('internalTrafficPolicy: Local', 'internalTrafficPolicy: Cluster'),
      ),
    },
    {
      name: 'a load balancer that finds the nodes',
      yaml: documents(
        app('web', { replicas: 3 })``,
        serviceFor('web')`
          type: LoadBalancer
          externalTrafficPolicy: Local
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'headless',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          clusterIP: None
          internalTrafficPolicy: Local
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'no pods at all',
      yaml: documents(app('other')``, webService),
    },
  ],
  invalid: [
    {
      name: 'from inside',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 2
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
          id: 'internal',
          line: 23,
          column: 26,
          endColumn: 31,
          message:
            'callers on a node without one of its pods get no answer: Deployment default/web has 2 pods',
          related: ['4:9 its pods'],
        },
      ],
    },
    {
      name: 'node ports',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 3
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
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          type: NodePort
          externalTrafficPolicy: Local
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'external',
          line: 24,
          column: 26,
          endColumn: 31,
          message:
            'only nodes that run one of its pods answer from outside: Deployment default/web has 3 pods',
          related: ['4:9 its pods'],
        },
      ],
    },
    {
      name: 'a load balancer over one pod',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            type: LoadBalancer
            externalTrafficPolicy: Local
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'external',
          line: 23,
          column: 26,
          endColumn: 31,
          message:
            'only nodes that run one of its pods answer from outside: Deployment default/web has 1 pod',
          related: ['4:9 its pods'],
        },
      ],
    },
  ],
});
