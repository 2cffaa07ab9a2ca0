import { scrapePortMismatch } from '../../rules/port/scrape-port-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const billingDeployment = deployment('billing')`
  containers:
    - name: billing
      image: registry.acme.io/billing:3
      ports: [{ containerPort: 8080 }, { name: metrics, containerPort: 9102 }]
`;
const bPod = yaml`
  apiVersion: v1
  kind: Pod
  metadata:
    name: b
    annotations: { prometheus.io/scrape: "true", prometheus.io/port: http-metrics }
  spec:
    containers: [{ name: b, image: registry.acme.io/b:1 }]
`;

testRule(scrapePortMismatch, {
  valid: [
    {
      name: 'a number that is declared',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: billing
        spec:
          selector:
            matchLabels: { app: billing }
          template:
            metadata:
              labels: { app: billing }
              annotations:
                prometheus.io/scrape: "true"
                prometheus.io/port: "9102"
            spec:
              containers:
                - name: billing
                  image: registry.acme.io/billing:3
                  ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9102 }]
      `,
    },
    {
      name: 'told in a file of the pods, and at the agent of a mesh',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: billing
        spec:
          selector:
            matchLabels: { app: billing }
          template:
            metadata:
              labels: { app: billing }
              annotations:
                prometheus.io/scrape: "true"
                prometheus.io/port: "9103"
            spec:
              volumes: [{ name: config, configMap: { name: billing } }]
              containers:
                - name: billing
                  image: registry.acme.io/billing:3
                  ports: [{ name: metrics, containerPort: 9102 }]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: billing
        data:
          billing.ini: |
            metrics_port = 9103
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: gateway
        spec:
          selector:
            matchLabels: { app: gateway }
          template:
            metadata:
              labels: { app: gateway }
              annotations:
                prometheus.io/scrape: "true"
                prometheus.io/port: "15020"
            spec:
              containers:
                - name: istio-proxy
                  image: auto
                  ports: [{ name: http-envoy-prom, containerPort: 15090 }]
      `,
    },
    {
      name: 'not scraped, filled in later, and nothing declared',
      yaml: yaml`
        apiVersion: v1
        kind: Pod
        metadata:
          name: a
          annotations: { prometheus.io/scrape: "false", prometheus.io/port: metrics }
        spec:
          containers: [{ name: a, image: registry.acme.io/a:1, ports: [{ containerPort: 80 }] }]
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: b
          annotations: { prometheus.io/scrape: "true", prometheus.io/port: "\${METRICS_PORT}" }
        spec:
          containers: [{ name: b, image: registry.acme.io/b:1, ports: [{ containerPort: 80 }] }]
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: c
          annotations: { prometheus.io/scrape: "true", prometheus.io/port: "9100" }
        spec:
          containers: [{ name: c, image: registry.acme.io/c:1 }]
      `,
    },
  ],
  invalid: [
    {
      name: 'the port of the Service',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: billing
          spec:
            selector:
              matchLabels: { app: billing }
            template:
              metadata:
                labels: { app: billing }
                annotations:
                  prometheus.io/scrape: "true"
                  prometheus.io/port: "80"
              spec:
                containers:
                  - name: billing
                    image: registry.acme.io/billing:3
                    ports: [{ name: http, containerPort: 8080 }]
        `,
        serviceFor('billing')`ports: [{ port: 80, targetPort: http }]`,
      ),
      errors: [
        {
          id: 'service',
          line: 13,
          column: 29,
          endColumn: 33,
          message:
            'port 80 is that of Service default/billing; Prometheus dials the pods, whose port is 8080',
          related: ['26:19 the port of the Service'],
        },
      ],
    },
    {
      name: 'a name, and a name of nothing',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Pod
          metadata:
            name: a
            annotations: { prometheus.io/scrape: "true", prometheus.io/port: metrics }
          spec:
            containers:
              - name: a
                image: registry.acme.io/a:1
                ports: [{ name: metrics, containerPort: 9100 }]
        `,
        bPod,
      ),
      errors: [
        {
          id: 'word',
          line: 5,
          column: 68,
          endColumn: 75,
          message:
            '"metrics" is no number, and the usual configuration of Prometheus passes it over',
          related: ['10:47 the declared port'],
        },
        {
          id: 'word',
          line: 16,
          column: 68,
          endColumn: 80,
          message:
            '"http-metrics" is no number, and the usual configuration of Prometheus passes it over',
        },
      ],
      output: [['prometheus.io/port: metrics', 'prometheus.io/port: "9100"']],
    },
    {
      name: 'another number than that of the metrics, at a Service',
      yaml: documents(
        billingDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: billing
            annotations:
              prometheus.io/scrape: "true"
              prometheus.io/port: "9192"
          spec:
            selector: { app: billing }
            ports: [{ port: 80, targetPort: 8080 }]
        `,
      ),
      errors: [
        {
          id: 'declared',
          line: 23,
          column: 25,
          endColumn: 31,
          message: 'no container declares port 9192; "metrics" (9102) is declared',
          related: ['15:76 the declared port'],
        },
      ],
      output: [['"9192"', '"9102"']],
    },
    {
      name: 'a number like none that is declared',
      yaml: billingDeployment
        .replace(
          'labels: { app: billing }\n    spec',
          'labels: { app: billing }\n      annotations: { prometheus.io/scrape: "true", prometheus.io/port: "3000" }\n    spec',
        )
        .replace('{ name: metrics, containerPort: 9102 }', '{ containerPort: 5432 }'),
      errors: [
        {
          id: 'none',
          line: 11,
          column: 72,
          endColumn: 78,
          severity: 'info',
          message: 'no container declares port 3000; known ports: 5432 (unnamed), 8080 (unnamed)',
          help: 'write the port that serves the metrics; if it is this one, declare it',
        },
      ],
    },
  ],
});
