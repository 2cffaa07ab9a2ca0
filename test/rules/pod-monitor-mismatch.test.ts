import { podMonitorMismatch } from '../../rules/reference/pod-monitor-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { monitor, pods } from '../support/wiring.ts';
import { workload } from '../support/yaml.ts';

const labels = 'matchLabels: { app: web }';

testRule(podMonitorMismatch, {
  valid: [
    {
      name: 'labels and port of the pods',
      yaml:
        monitor(
          'PodMonitor',
          labels,
          '{ port: metrics }, { portNumber: 9090 }, { targetPort: http }',
        ) + pods,
    },
    {
      name: 'matchExpressions',
      yaml:
        monitor(
          'PodMonitor',
          'matchExpressions: [{ key: version, operator: In, values: [v1] }]',
          '{ port: metrics }',
        ) + pods,
    },
    {
      name: 'a port that a mesh injects',
      yaml: monitor('PodMonitor', labels, '{ port: http-envoy-prom }') + pods,
    },
    {
      name: 'no port: all of them',
      yaml: monitor('PodMonitor', labels, '{ path: /metrics }') + pods,
    },
    {
      name: 'another namespace that is looked into',
      yaml:
        monitor('PodMonitor', labels, '{ port: metrics }', {
          namespace: 'monitoring',
          spec: '  namespaceSelector: { matchNames: [shop] }\n',
        }) + pods,
    },
    {
      name: 'nothing of the namespace was read',
      yaml:
        monitor('PodMonitor', 'matchLabels: { app: billing }', '{ port: metrics }', {
          namespace: 'billing',
        }) + pods,
      unknown: ['it takes no pod that was read, but no workload was read of namespace billing'],
    },
    {
      name: 'nothing like it in any namespace',
      yaml:
        monitor('PodMonitor', 'matchLabels: { tier: back }', '{ port: metrics }', {
          spec: '  namespaceSelector: { any: true }\n',
        }) + pods,
      unknown: ['it takes no pod that was read, but it looks into every namespace'],
    },
    {
      name: 'a label that is set at run time',
      yaml:
        monitor('PodMonitor', 'matchLabels: { vault-active: "true" }', '{ port: metrics }') + pods,
      unknown: ['it takes no pod that was read, but the label vault-active is set on running pods'],
    },
    {
      name: 'labels of the pods that are filled in later',
      yaml:
        monitor('PodMonitor', labels, '{ port: tracing }') +
        workload('web', { namespace: 'shop', labels: 'app: "${APP}"' }),
      unknown: ['which pods it takes depends on values that are filled in later'],
    },
  ],
  invalid: [
    {
      name: 'a slip in the port',
      yaml: monitor('PodMonitor', labels, '{ port: metrcs }') + pods,
      errors: [
        {
          id: 'port',
          line: 6,
          column: 33,
          endColumn: 39,
          message:
            'port "metrcs" is not declared by any container of the pods; known ports: "http" (8080), "metrics" (9090)',
          help: 'write port: metrics',
          safety: 'safe',
        },
      ],
      output: monitor('PodMonitor', labels, '{ port: metrics }') + pods,
    },
    {
      name: 'a number where a name belongs',
      yaml: monitor('PodMonitor', labels, '{ port: "9090" }') + pods,
      errors: [
        {
          id: 'port',
          line: 6,
          column: 33,
          endColumn: 39,
          message:
            'port "9090" is not declared by any container of the pods; known ports: "http" (8080), "metrics" (9090)',
          help: 'write port: metrics',
          safety: 'unsafe',
        },
      ],
      output: monitor('PodMonitor', labels, '{ port: "metrics" }') + pods,
    },
    {
      name: 'a number that is not declared',
      yaml: monitor('PodMonitor', labels, '{ portNumber: 9999 }') + pods,
      errors: [
        {
          id: 'port',
          line: 6,
          column: 39,
          endColumn: 43,
          message:
            'portNumber 9999 is not declared by any container of the pods; known ports: "http" (8080), "metrics" (9090)',
          help: 'name one of the declared ports, or declare this one on the container that serves metrics',
        },
      ],
    },
    {
      name: 'no port is declared',
      yaml:
        monitor('PodMonitor', labels, '{ port: metrics }') + workload('web', { namespace: 'shop' }),
      errors: [
        {
          id: 'port',
          line: 6,
          column: 33,
          endColumn: 40,
          message:
            'port "metrics" is not declared by any container of the pods; the containers declare no ports',
          help: 'name one of the declared ports, or declare this one on the container that serves metrics',
        },
      ],
    },
    {
      name: 'a slip in the selector',
      yaml: monitor('PodMonitor', 'matchLabels: { app: wbe }', '{ port: metrics }') + pods,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 35,
          endColumn: 38,
          message:
            'no pod in namespace shop has the labels app=wbe; Deployment shop/web has app=web',
          help: 'change the selector to app: web',
          safety: 'unsafe',
        },
      ],
      output: monitor('PodMonitor', 'matchLabels: { app: web }', '{ port: metrics }') + pods,
    },
    {
      name: 'in another namespace',
      yaml: monitor('PodMonitor', labels, '{ port: metrics }', { namespace: 'monitoring' }) + pods,
      errors: [
        {
          id: 'near',
          line: 5,
          column: 3,
          endColumn: 11,
          message:
            'no pod in namespace monitoring has the labels app=web; Deployment shop/web has these labels in its own namespace',
          help: 'add namespaceSelector: { matchNames: [shop] }',
        },
      ],
    },
    {
      name: 'nothing like it',
      yaml: monitor('PodMonitor', 'matchLabels: { tier: back }', '{ port: metrics }') + pods,
      errors: [
        {
          id: 'none',
          line: 5,
          column: 3,
          endColumn: 11,
          severity: 'warning',
          message: 'no pod in namespace shop has the labels tier=back in the 2 objects read',
        },
      ],
    },
  ],
});
