import { serviceWithoutEndpoints } from '../../rules/name/service-without-endpoints.ts';
import { testRule } from '../support/rule-tester.ts';
import { serviceFor } from '../support/shop.ts';
import { documents, workload, yaml } from '../support/yaml.ts';

/** The spec stands on line 4. */
const service = (spec: string, name = 'web', metadata = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${metadata} }\nspec: { ${spec}ports: [{ port: 80 }] }\n`;

const managerDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: manager
  spec:
    replicas: 2
    selector:
      matchLabels:
        control-plane: manager
    template:
      metadata:
        labels:
          control-plane: manager
      spec:
        containers:
          - name: manager
            image: ghcr.io/acme/manager:1.4.2
            ports:
              - containerPort: 9443
`;

const payDeplDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata: { name: pay-depl }
  spec:
    selector:
      matchLabels: { app: pay }
    template:
      metadata:
        labels: { app: pay }
      spec:
        containers:
          - name: pay
            image: registry.example/pay:1.0
`;

testRule(serviceWithoutEndpoints, {
  valid: [
    { name: 'a selector', yaml: service('selector: { app: web }, ') + workload('web') },
    {
      name: 'Endpoints by hand',
      yaml:
        service('') +
        workload('web') +
        '---\napiVersion: v1\nkind: Endpoints\nmetadata: { name: web }\nsubsets: [{ addresses: [{ ip: 192.0.2.10 }], ports: [{ port: 80 }] }]\n',
    },
    {
      name: 'a slice by hand',
      yaml:
        service('') +
        workload('web') +
        '---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: any, labels: { kubernetes.io/service-name: web } }\naddressType: IPv4\nports: [{ port: 80 }]\nendpoints: [{ addresses: [192.0.2.10] }]\n',
    },
    {
      name: 'ExternalName',
      yaml: service('type: ExternalName, externalName: a.example, ') + workload('web'),
    },
    { name: "the API server's own", yaml: service('', 'kubernetes') + workload('web') },
    {
      name: 'no workload of its name',
      yaml: service('', 'db') + workload('web'),
      unknown: ['its endpoints are made by somebody else'],
    },
    {
      name: 'the workload is in another namespace',
      yaml: service('') + workload('web', { namespace: 'shop' }),
      unknown: ['made by somebody else'],
    },
    {
      name: 'Endpoints of nearly its name are accused themselves',
      yaml:
        service('', 'warehouse') +
        workload('warehouse') +
        '---\napiVersion: v1\nkind: Endpoints\nmetadata: { name: warehuose }\nsubsets: [{ addresses: [{ ip: 192.0.2.10 }], ports: [{ port: 80 }] }]\n',
    },
    {
      name: 'pods that another Service takes',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: hooks
            labels:
              control-plane: manager
          spec:
            ports:
              - port: 443
        `,
        managerDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: manager
          spec:
            selector:
              control-plane: manager
            ports:
              - port: 443
                targetPort: 9443
        `,
      ),
      unknown: ['it has no selector: its endpoints are made by somebody else'],
    },
    {
      name: 'several workloads with its labels',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: hooks
          labels:
            team: shop
        spec:
          ports:
            - port: 443
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: web
              team: shop
          template:
            metadata:
              labels:
                app: web
                team: shop
            spec:
              containers:
                - name: web
                  image: ghcr.io/acme/web:1.4.2
                  ports:
                    - containerPort: 80
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: api
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: api
              team: shop
          template:
            metadata:
              labels:
                app: api
                team: shop
            spec:
              containers:
                - name: api
                  image: ghcr.io/acme/api:1.4.2
                  ports:
                    - containerPort: 80
      `,
      unknown: ['it has no selector: its endpoints are made by somebody else'],
    },
    {
      name: 'nothing but labels of a tool',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: hooks
          labels:
            app.kubernetes.io/managed-by: helm
        spec:
          ports:
            - port: 443
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: web
              app.kubernetes.io/managed-by: helm
          template:
            metadata:
              labels:
                app: web
                app.kubernetes.io/managed-by: helm
            spec:
              containers:
                - name: web
                  image: ghcr.io/acme/web:1.4.2
                  ports:
                    - containerPort: 80
      `,
      unknown: ['it has no selector: its endpoints are made by somebody else'],
    },
    {
      name: 'a workload that is called alike is behind another Service',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: pay-srv }
          spec:
            ports: [{ port: 3000 }]
        `,
        serviceFor('pay')`ports: [{ port: 3000 }]`,
        payDeplDeployment,
      ),
      unknown: ['it has no selector: its endpoints are made by somebody else'],
    },
  ],
  invalid: [
    {
      name: 'a workload has its name',
      yaml: service('') + workload('web', { labels: 'app: web, tier: front' }),
      errors: [
        {
          id: 'workload',
          line: 4,
          column: 1,
          endColumn: 5,
          title: 'Service default/web has neither a selector nor endpoints',
          message:
            'there is no selector, and nothing is written by hand; Deployment default/web has the same name',
          help: 'write selector: { app: web, tier: front }, the labels of its pods',
          related: ['8:19 the workload of the same name'],
        },
      ],
    },
    {
      name: 'headless',
      yaml: service('clusterIP: None, ') + workload('web', { kind: 'StatefulSet' }),
      errors: [{ id: 'workload', line: 4, column: 1, endColumn: 5 }],
    },
    {
      name: 'the selector is empty',
      yaml: service('selector: {}, ') + workload('web'),
      errors: [
        {
          id: 'empty',
          line: 4,
          column: 9,
          endColumn: 17,
          message:
            'the selector is empty, which Kubernetes takes for none; Deployment default/web has the same name',
        },
      ],
    },
    {
      name: 'the selector is null',
      yaml: service('selector: null, ') + workload('web'),
      errors: [{ id: 'empty', line: 4, column: 9, endColumn: 17 }],
    },
    {
      name: 'a label that needs quotes is given with them',
      yaml: service('') + workload('web', { labels: "release: '1'" }),
      errors: [
        {
          id: 'workload',
          line: 4,
          column: 1,
          endColumn: 5,
          help: 'write selector: { release: "1" }, the labels of its pods',
        },
      ],
    },
    {
      name: 'its pods have no labels either',
      yaml:
        service('') +
        '---\napiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: main, image: store }] }\n',
      errors: [
        {
          id: 'workload',
          line: 4,
          column: 1,
          endColumn: 5,
          help: 'give its pods a label, and select that',
        },
      ],
    },
    {
      name: 'the labels of the only such pods, below metadata',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: hooks
            labels:
              control-plane: manager
              app.kubernetes.io/managed-by: kustomize
          spec:
            ports:
              - port: 443
        `,
        managerDeployment,
      ),
      errors: [
        {
          id: 'labels',
          line: 8,
          column: 1,
          endColumn: 5,
          message:
            'there is no selector, and nothing is written by hand; the pods of Deployment default/manager have its labels',
          related: ['15:9 the workload'],
        },
      ],
    },
    {
      name: 'a workload that is called alike',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Service
          metadata: { name: pay-srv }
          spec:
            ports: [{ port: 3000 }]
        `,
        payDeplDeployment,
      ),
      errors: [
        {
          id: 'alike',
          line: 4,
          column: 1,
          endColumn: 5,
          message:
            'there is no selector, and nothing is written by hand; Deployment default/pay-depl is called alike, and no Service takes its pods',
          related: ['9:19 the workload'],
        },
      ],
    },
  ],
});
