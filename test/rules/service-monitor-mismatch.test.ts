import { serviceMonitorMismatch } from '../../rules/reference/service-monitor-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { monitor, pods, service } from '../support/wiring.ts';
import { documents, yaml } from '../support/yaml.ts';

const ports =
  '{ name: http, port: 80, targetPort: http }, { name: prom, port: 9091, targetPort: 9090 }';
const web = service('web', { labels: 'app: web', ports }) + pods;
const labels = 'matchLabels: { app: web }';

const mainPrometheus = yaml`
  apiVersion: monitoring.coreos.com/v1
  kind: Prometheus
  metadata:
    name: main
    namespace: shop
  spec:
    replicas: 1
`;

testRule(serviceMonitorMismatch, {
  valid: [
    {
      name: 'labels and port of the Service',
      yaml: monitor('ServiceMonitor', labels, '{ port: prom }') + web,
    },
    {
      name: 'matchExpressions',
      yaml:
        monitor(
          'ServiceMonitor',
          'matchExpressions: [{ key: app, operator: In, values: [api, web] }, { key: canary, operator: DoesNotExist }]',
          '{ port: http }',
        ) + web,
    },
    {
      name: 'a regular expression of names',
      yaml: monitor('ServiceMonitor', labels, '{ port: "prom|metrics" }') + web,
    },
    {
      name: 'a declared target port by number',
      yaml: monitor('ServiceMonitor', labels, '{ targetPort: 9090 }') + web,
    },
    {
      name: 'a declared target port by name',
      yaml: monitor('ServiceMonitor', labels, '{ targetPort: metrics }') + web,
    },
    {
      name: 'one of two Services has the port',
      yaml:
        monitor('ServiceMonitor', labels, '{ port: prom }') +
        service('other', { labels: 'app: web' }) +
        web,
    },
    {
      name: 'another namespace that is looked into',
      yaml:
        monitor('ServiceMonitor', labels, '{ port: prom }', {
          namespace: 'monitoring',
          spec: '  namespaceSelector: { matchNames: [shop] }\n',
        }) + web,
    },
    {
      name: 'any namespace',
      yaml:
        monitor('ServiceMonitor', labels, '{ port: prom }', {
          namespace: 'monitoring',
          spec: '  namespaceSelector: { any: true }\n',
        }) + web,
    },
    {
      name: 'nothing like it in any namespace',
      yaml:
        monitor('ServiceMonitor', 'matchLabels: { app: billing }', '{ port: prom }', {
          spec: '  namespaceSelector: { any: true }\n',
        }) + web,
      unknown: ['it takes no Service that was read, but it looks into every namespace'],
    },
    {
      name: 'Services of the cluster itself',
      yaml:
        monitor('ServiceMonitor', 'matchLabels: { k8s-app: kube-dns }', '{ port: prom }', {
          spec: '  namespaceSelector: { matchNames: [kube-system] }\n',
        }) + web,
      unknown: [
        'it takes no Service that was read, but Services of the cluster itself are in no manifest',
      ],
    },
    {
      name: 'nothing of the namespace was read',
      yaml:
        monitor('ServiceMonitor', 'matchLabels: { app: billing }', '{ port: prom }', {
          namespace: 'billing',
        }) + web,
      unknown: [
        'it takes no Service that was read, but no workload with a Service was read of namespace billing',
      ],
    },
    {
      name: 'an operator may make Services',
      yaml:
        monitor('ServiceMonitor', 'matchLabels: { app: billing }', '{ port: prom }') +
        web +
        '---\napiVersion: example.com/v1\nkind: Billing\nmetadata: { name: billing, namespace: shop }\n',
      unknown: [
        'it takes no Service that was read, but Billing shop/billing may make a Service of its own',
      ],
    },
    {
      name: 'a port that is filled in later',
      yaml: monitor('ServiceMonitor', labels, '{ port: "${PORT}" }') + web,
    },
    {
      name: 'labels that are filled in later',
      yaml:
        monitor('ServiceMonitor', labels, '{ port: http }') +
        service('web', { labels: 'app: "${APP}"' }) +
        pods,
      unknown: ['whether a Service has this port depends on values that are filled in later'],
    },
  ],
  invalid: [
    {
      name: 'labels that only the selector of the Service has',
      yaml: monitor('ServiceMonitor', labels, '{ port: prom }') + service('web', { ports }) + pods,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 3,
          endColumn: 11,
          message:
            'no Service in namespace shop has the labels app=web; Service shop/web has app=web in its selector, not among its own labels',
          help: 'add app=web to metadata.labels of Service shop/web: a ServiceMonitor looks at the labels of the Service itself',
        },
      ],
    },
    {
      name: 'its own label with a letter off explains more than its selector',
      yaml:
        monitor('ServiceMonitor', labels, '{ port: prom }') +
        service('web', { labels: 'app: wbe', ports }) +
        pods,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 35,
          endColumn: 38,
          message:
            'no Service in namespace shop has the labels app=web; Service shop/web has app=wbe',
          safety: 'unsafe',
        },
      ],
      output:
        monitor('ServiceMonitor', 'matchLabels: { app: wbe }', '{ port: prom }') +
        service('web', { labels: 'app: wbe', ports }) +
        pods,
    },
    {
      name: 'labels that only the pods have',
      yaml: monitor('ServiceMonitor', 'matchLabels: { version: v1 }', '{ port: prom }') + web,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 3,
          endColumn: 11,
          message:
            'no Service in namespace shop has the labels version=v1; the pods of Service shop/web have version=v1, its own labels have not',
          help: 'add version=v1 to metadata.labels of Service shop/web: a ServiceMonitor looks at the labels of the Service itself',
        },
      ],
    },
    {
      name: 'a typo',
      yaml: monitor('ServiceMonitor', 'matchLabels: { app: wbe }', '{ port: prom }') + web,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 35,
          endColumn: 38,
          message:
            'no Service in namespace shop has the labels app=wbe; Service shop/web has app=web',
          help: 'change the selector to app: web',
          safety: 'unsafe',
        },
      ],
      output: monitor('ServiceMonitor', 'matchLabels: { app: web }', '{ port: prom }') + web,
    },
    {
      name: 'another key',
      yaml: monitor('ServiceMonitor', 'matchLabels: { name: web }', '{ port: prom }') + web,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 30,
          endColumn: 34,
          message:
            'no Service in namespace shop has the labels name=web; Service shop/web has app=web',
          help: "change the selector's key name to app",
          safety: 'unsafe',
        },
      ],
      output: monitor('ServiceMonitor', 'matchLabels: { app: web }', '{ port: prom }') + web,
    },
    {
      name: 'one label that the Service lacks',
      yaml:
        monitor('ServiceMonitor', 'matchLabels: { app: web, tier: front }', '{ port: prom }') + web,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 46,
          endColumn: 51,
          severity: 'warning',
          message:
            'no Service in namespace shop has the labels app=web,tier=front; Service shop/web lacks the label tier',
          help: 'add the label tier: front to Service shop/web, or take it out of the selector',
        },
      ],
    },
    {
      name: 'one label that differs',
      yaml:
        monitor(
          'ServiceMonitor',
          'matchLabels: { part-of: shop, component: backend }',
          '{ port: prom }',
        ) +
        service('api', { labels: 'part-of: shop, component: gateway', ports }) +
        pods,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 56,
          endColumn: 63,
          severity: 'warning',
          message:
            'no Service in namespace shop has the labels part-of=shop,component=backend; Service shop/api has component=gateway',
          help: 'change the selector to component: gateway',
        },
      ],
    },
    {
      name: 'in another namespace',
      yaml: monitor('ServiceMonitor', labels, '{ port: prom }', { namespace: 'monitoring' }) + web,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 3,
          endColumn: 11,
          message:
            'no Service in namespace monitoring has the labels app=web; Service shop/web has them, in a namespace that is not looked into',
          help: 'add namespaceSelector: { matchNames: [shop] }',
        },
      ],
    },
    {
      name: 'nothing like it',
      yaml: monitor('ServiceMonitor', 'matchLabels: { app: billing }', '{ port: prom }') + web,
      errors: [
        {
          id: 'none',
          line: 5,
          column: 3,
          endColumn: 11,
          severity: 'warning',
          message: 'no Service in namespace shop has the labels app=billing in the 3 objects read',
        },
      ],
    },
    {
      name: 'the name of the port in the pods',
      yaml: monitor('ServiceMonitor', labels, '{ port: metrics }') + web,
      errors: [
        {
          id: 'targetPort',
          line: 6,
          column: 23,
          endColumn: 30,
          message:
            'port "metrics" is where the pods listen; the Service itself has 9091 ("prom"); known ports: 80 ("http"), 9091 ("prom")',
          help: 'write port: prom',
          safety: 'safe',
        },
      ],
      output: monitor('ServiceMonitor', labels, '{ port: prom }') + web,
    },
    {
      name: 'a number',
      yaml: monitor('ServiceMonitor', labels, '{ port: 9091 }') + web,
      errors: [
        {
          id: 'number',
          line: 6,
          column: 23,
          endColumn: 27,
          message:
            'port 9091 is a number, and monitors refer to Service ports by name; known ports: 80 ("http"), 9091 ("prom")',
          help: 'write port: prom',
          safety: 'safe',
        },
      ],
      output: monitor('ServiceMonitor', labels, '{ port: prom }') + web,
    },
    {
      name: 'a number in quotes',
      yaml: monitor('ServiceMonitor', labels, '{ port: "9091" }') + web,
      errors: [
        {
          id: 'byName',
          line: 6,
          column: 23,
          endColumn: 29,
          message:
            '"9091" is not a port name of the Service, but the number of 9091 ("prom"); known ports: 80 ("http"), 9091 ("prom")',
          help: 'write port: prom',
          safety: 'safe',
        },
      ],
      output: monitor('ServiceMonitor', labels, '{ port: "prom" }') + web,
    },
    {
      name: 'a slip in the name',
      yaml: monitor('ServiceMonitor', labels, '{ port: htp }') + web,
      errors: [
        {
          id: 'nearPort',
          line: 6,
          column: 23,
          endColumn: 26,
          message:
            'the Service has no port "htp"; did you mean 80 ("http")?; known ports: 80 ("http"), 9091 ("prom")',
          help: 'write port: http',
          safety: 'safe',
        },
      ],
      output: monitor('ServiceMonitor', labels, '{ port: http }') + web,
    },
    {
      name: 'no name like it',
      yaml: monitor('ServiceMonitor', labels, '{ port: tracing }') + web,
      errors: [
        {
          id: 'otherPort',
          line: 6,
          column: 23,
          endColumn: 30,
          message: 'the Service has no port "tracing"; known ports: 80 ("http"), 9091 ("prom")',
          help: 'name one of its ports',
        },
      ],
    },
    {
      name: 'the port has no name',
      yaml:
        monitor('ServiceMonitor', labels, '{ port: http }') +
        service('web', { labels: 'app: web' }) +
        pods,
      errors: [
        {
          id: 'unnamed',
          line: 6,
          column: 23,
          endColumn: 27,
          message: 'the Service has no port named "http": 80 (unnamed) has no name',
          help: 'give the Service port 80 a name, and write that name here',
        },
      ],
    },
    {
      name: 'a target port that the pods do not declare',
      yaml:
        monitor('ServiceMonitor', labels, '{ targetPort: 9999 }, { targetPort: tracing }') + web,
      errors: [
        {
          id: 'undeclared',
          line: 6,
          column: 29,
          endColumn: 33,
          message:
            'targetPort 9999 is not declared by the pods; known ports: "http" (8080), "metrics" (9090)',
          help: 'declare it as a containerPort, or name the port of the Service as port',
        },
        {
          id: 'undeclared',
          line: 6,
          column: 51,
          endColumn: 58,
          message:
            'targetPort "tracing" is not declared by the pods; known ports: "http" (8080), "metrics" (9090)',
          help: 'declare it as a containerPort, or name the port of the Service as port',
        },
      ],
    },
    {
      name: 'no namespace beside files that all write one',
      files: {
        'app/monitor.yaml': yaml`
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          endpoints:
            - port: http
      `,
        'app/web.yaml': yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          replicas: 2
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: ghcr.io/acme/web:1.4.2
                  ports:
                    - containerPort: 8080
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          namespace: shop
          labels:
            app: web
            release: one
        spec:
          selector:
            app: web
          ports:
            - name: http
              port: 80
              targetPort: 8080
      `,
      },
      errors: [
        {
          id: 'near',
          file: 'app/monitor.yaml',
          line: 6,
          column: 3,
          endColumn: 11,
          severity: 'warning',
          message:
            'no Service in namespace default has the labels app=web; Service shop/web has them, in a namespace that is not looked into',
          related: ['app/web.yaml:25:9 this Service has the labels'],
        },
      ],
    },
    {
      name: 'a label of another release beside a Prometheus, whose own Services have neither',
      yaml: documents(
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: ServiceMonitor
          metadata:
            name: web
            namespace: shop
          spec:
            selector:
              matchLabels:
                app: web
                release: two
            endpoints:
              - port: http
          ---
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            namespace: shop
            labels:
              app: web
              release: one
          spec:
            selector:
              app: web
            ports:
              - name: http
                port: 80
                targetPort: 8080
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
            namespace: shop
          spec:
            replicas: 2
            selector:
              matchLabels:
                app: web
            template:
              metadata:
                labels:
                  app: web
              spec:
                containers:
                  - name: web
                    image: ghcr.io/acme/web:1.4.2
                    ports:
                      - containerPort: 8080
        `,
        mainPrometheus,
      ),
      errors: [
        {
          id: 'near',
          line: 10,
          column: 16,
          endColumn: 19,
          message:
            'no Service in namespace shop has the labels app=web,release=two; Service shop/web has release=one',
          related: ['21:14 the value that the Service has'],
        },
      ],
      output: [['two', 'one']],
    },
  ],
});
