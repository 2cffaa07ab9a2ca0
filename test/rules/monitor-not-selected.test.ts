import { monitorNotSelected } from '../../rules/selector/monitor-not-selected.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const webServiceMonitor = yaml`
  apiVersion: monitoring.coreos.com/v1
  kind: ServiceMonitor
  metadata: { name: web, namespace: shop }
  spec:
    selector: { matchLabels: { app: web } }
    endpoints: [{ port: http }]
`;
const mainPrometheus = yaml`
  apiVersion: monitoring.coreos.com/v1
  kind: Prometheus
  metadata: { name: main, namespace: monitoring }
  spec:
    serviceMonitorSelector: { matchLabels: { release: main } }
`;

testRule(monitorNotSelected, {
  valid: [
    {
      name: 'its labels are asked for',
      yaml: documents(
        mainPrometheus,
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: ServiceMonitor
          metadata: { name: web, namespace: monitoring, labels: { release: main } }
          spec:
            selector: { matchLabels: { app: web } }
            endpoints: [{ port: http }]
        `,
      ),
    },
    {
      name: 'an empty selector takes all',
      yaml: yaml`
        apiVersion: monitoring.coreos.com/v1
        kind: Prometheus
        metadata: { name: main, namespace: monitoring }
        spec:
          serviceMonitorSelector: {}
        ---
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: { name: web, namespace: monitoring }
        spec:
          selector: { matchLabels: { app: web } }
          endpoints: [{ port: http }]
      `,
    },
    {
      name: 'no Prometheus is there',
      yaml: yaml`
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: { name: web, namespace: monitoring, labels: { app: web } }
        spec:
          selector: { matchLabels: { app: web } }
          endpoints: [{ port: http }]
      `,
    },
    {
      name: 'none of its kind is asked for',
      yaml: yaml`
        apiVersion: monitoring.coreos.com/v1
        kind: Prometheus
        metadata: { name: main, namespace: monitoring }
        spec:
          podMonitorSelector: {}
        ---
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: { name: web, namespace: monitoring }
        spec:
          selector: { matchLabels: { app: web } }
          endpoints: [{ port: http }]
      `,
    },
    {
      name: 'another one reads it',
      yaml: documents(
        mainPrometheus,
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: Prometheus
          metadata: { name: other, namespace: monitoring }
          spec:
            serviceMonitorSelector: {}
          ---
          apiVersion: monitoring.coreos.com/v1
          kind: ServiceMonitor
          metadata: { name: web, namespace: monitoring, labels: { app: web } }
          spec:
            selector: { matchLabels: { app: web } }
            endpoints: [{ port: http }]
        `,
      ),
    },
    {
      name: 'every namespace is looked into',
      yaml: documents(
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: Prometheus
          metadata: { name: main, namespace: monitoring }
          spec:
            serviceMonitorSelector: {}
            serviceMonitorNamespaceSelector: {}
        `,
        webServiceMonitor,
      ),
    },
    {
      name: 'labels of a namespace that was not read',
      yaml: documents(
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: Prometheus
          metadata: { name: main, namespace: monitoring }
          spec:
            serviceMonitorSelector: {}
            serviceMonitorNamespaceSelector: { matchLabels: { team: a } }
        `,
        webServiceMonitor,
      ),
    },
    {
      name: 'a label that is filled in later',
      yaml: documents(
        mainPrometheus,
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: ServiceMonitor
          metadata: { name: web, namespace: monitoring, labels: { release: "\${RELEASE}" } }
          spec:
            selector: { matchLabels: { app: web } }
            endpoints: [{ port: http }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'other labels',
      yaml: documents(
        mainPrometheus,
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: ServiceMonitor
          metadata: { name: web, namespace: monitoring, labels: { release: web } }
          spec:
            selector: { matchLabels: { app: web } }
            endpoints: [{ port: http }]
        `,
      ),
      errors: [
        {
          id: 'labels',
          line: 9,
          column: 47,
          endColumn: 53,
          message: 'Prometheus monitoring/main reads those with release=main, which this one lacks',
          related: ['5:3 what it asks for'],
        },
      ],
    },
    {
      name: 'no labels',
      yaml: yaml`
        apiVersion: monitoring.coreos.com/v1
        kind: Prometheus
        metadata: { name: main, namespace: monitoring }
        spec:
          serviceMonitorSelector: { matchExpressions: [{ key: team, operator: Exists }] }
        ---
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: { name: web, namespace: monitoring }
        spec:
          selector: { matchLabels: { app: web } }
          endpoints: [{ port: http }]
      `,
      errors: [
        {
          id: 'labels',
          line: 9,
          column: 1,
          endColumn: 9,
          message: 'Prometheus monitoring/main reads those with team, which this one lacks',
          related: ['5:3 what it asks for'],
        },
      ],
    },
    {
      name: 'another namespace',
      yaml: documents(
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: Prometheus
          metadata: { name: main, namespace: monitoring }
          spec:
            serviceMonitorSelector: {}
        `,
        webServiceMonitor,
      ),
      errors: [
        {
          id: 'namespace',
          line: 9,
          column: 24,
          endColumn: 33,
          message: 'Prometheus monitoring/main does not look into namespace shop',
          related: ['5:3 what it asks for'],
        },
      ],
    },
    {
      name: 'a namespace without the label',
      yaml: documents(
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: Prometheus
          metadata: { name: main, namespace: monitoring }
          spec:
            serviceMonitorSelector: {}
            serviceMonitorNamespaceSelector: { matchLabels: { team: a } }
          ---
          apiVersion: v1
          kind: Namespace
          metadata: { name: shop, labels: { team: b } }
        `,
        webServiceMonitor,
      ),
      errors: [
        {
          id: 'namespace',
          line: 14,
          column: 24,
          endColumn: 33,
          message: 'Prometheus monitoring/main does not look into namespace shop',
          related: ['5:3 what it asks for'],
        },
      ],
    },
  ],
});
