import { hostPortConflict } from '../../rules/port/host-port-conflict.ts';
import { testRule } from '../support/rule-tester.ts';

/** The ports stand on line 11. */
const set = (name: string, ports: string, pod = '', kind = 'DaemonSet', spec = ''): string =>
  `---\napiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n  selector: { matchLabels: { app: ${name} } }\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec:\n      containers:\n        - { name: main, image: store, ports: [${ports}] }\n${pod}${spec}`;
const port = '{ containerPort: 80, hostPort: 8080 }';
const host = '      hostNetwork: true\n';

testRule(hostPortConflict, {
  valid: [
    {
      name: 'other ports',
      yaml: set('a', port) + set('b', '{ containerPort: 80, hostPort: 8081 }'),
    },
    {
      name: 'other protocols',
      yaml: set('a', port) + set('b', '{ containerPort: 80, hostPort: 8080, protocol: UDP }'),
    },
    {
      name: 'other addresses of the node',
      yaml:
        set('a', '{ containerPort: 80, hostPort: 8080, hostIP: 10.0.0.1 }') +
        set('b', '{ containerPort: 80, hostPort: 8080, hostIP: 10.0.0.2 }'),
    },
    {
      name: 'container ports without the network of the host',
      yaml: set('a', '{ containerPort: 8080 }') + set('b', '{ containerPort: 8080 }'),
    },
    {
      name: 'other nodes',
      yaml:
        set('a', port, '      nodeSelector: { disk: ssd }\n') +
        set('b', port, '      nodeSelector: { disk: hdd }\n'),
    },
    {
      name: 'nodes that the first does not tolerate',
      yaml:
        set('a', port) +
        set(
          'b',
          port,
          '      tolerations: [{ key: node-role.kubernetes.io/control-plane, operator: Exists }]\n',
        ),
    },
    {
      name: 'replicas find a node each',
      yaml: set('a', port, '', 'Deployment', '  replicas: 2\n'),
    },
    {
      name: 'two Deployments find nodes of their own',
      yaml: set('a', port, '', 'Deployment') + set('b', port, '', 'Deployment'),
    },
    {
      name: 'one replica bound to a node',
      yaml: set('a', port, '      nodeName: node-1\n', 'Deployment'),
    },
    {
      name: 'a workload that is switched off',
      yaml: set('a', port) + set('b', port, '', 'Deployment', '  replicas: 0\n'),
    },
    {
      name: 'a number that is filled in later',
      yaml: set('a', port) + set('b', "{ containerPort: 80, hostPort: '${PORT}' }"),
    },
    {
      name: 'two containers on the network of the host with ports of their own',
      yaml: set(
        'a',
        '{ containerPort: 8080 }',
        '        - { name: other, image: store, ports: [{ containerPort: 8081 }] }\n' + host,
      ),
    },
    {
      name: 'in two directories: only one may be applied',
      files: { 'a/set.yaml': set('a', port), 'b/set.yaml': set('b', port) },
    },
  ],
  invalid: [
    {
      name: 'in two files of a directory',
      files: { 'blue.yaml': set('a', port), 'red.yaml': set('b', port) },
      errors: [
        {
          id: 'everywhere',
          file: 'red.yaml',
          line: 11,
          column: 78,
          endColumn: 82,
          severity: 'warning',
        },
      ],
    },
    {
      name: 'two DaemonSets',
      yaml: set('a', port) + set('b', port),
      errors: [
        {
          id: 'everywhere',
          line: 22,
          column: 78,
          endColumn: 82,
          message:
            'port 8080 is taken by DaemonSet default/a on every node that these pods can run on',
          help: 'choose another port for one of them, or keep them apart with a nodeSelector',
          related: ['11:78 taken here'],
        },
      ],
    },
    {
      name: 'one of all addresses, one of one',
      yaml: set('a', port) + set('b', '{ containerPort: 80, hostPort: 8080, hostIP: 10.0.0.2 }'),
      errors: [{ id: 'everywhere', line: 22, column: 78, endColumn: 82 }],
    },
    {
      name: 'a Deployment that finds no node',
      yaml: set('a', '{ containerPort: 8080 }', host) + set('b', port, '', 'Deployment'),
      errors: [{ id: 'everywhere', line: 23, column: 78, endColumn: 82 }],
    },
    {
      name: 'a Deployment in front of the DaemonSet',
      yaml: set('b', port, '', 'Deployment') + set('a', port),
      errors: [{ id: 'everywhere', line: 11, column: 78, endColumn: 82 }],
    },
    {
      name: 'the same nodes',
      yaml:
        set('a', port, '      nodeSelector: { disk: ssd }\n') +
        set('b', port, '      nodeSelector: { disk: ssd }\n'),
      errors: [{ id: 'everywhere', line: 23, column: 78, endColumn: 82 }],
    },
    {
      name: 'the first tolerates everything',
      yaml:
        set('a', port, '      tolerations: [{ operator: Exists }]\n') +
        set('b', port, '      tolerations: [{ key: gpu, operator: Exists }]\n'),
      errors: [{ id: 'everywhere', line: 23, column: 78, endColumn: 82 }],
    },
    {
      name: 'two containers on the network of the host',
      yaml: set(
        'a',
        '{ containerPort: 8080 }',
        '        - { name: other, image: store, ports: [{ containerPort: 8080 }] }\n' + host,
        'Deployment',
      ),
      errors: [
        {
          id: 'pod',
          line: 12,
          column: 65,
          endColumn: 69,
          title: 'Deployment default/a makes pods that cannot be created',
          message: 'with hostNetwork containers "main" and "other" both take port 8080 of the node',
          help: 'let one of them listen on another port, or take hostNetwork out',
          related: ['11:64 of container "main"'],
        },
      ],
    },
    {
      name: 'pods that cannot be created take no port',
      yaml:
        set(
          'a',
          '{ containerPort: 8080 }',
          '        - { name: other, image: store, ports: [{ containerPort: 8080 }] }\n' + host,
        ) + set('b', port),
      errors: [{ id: 'pod', line: 12, column: 65, endColumn: 69 }],
    },
    {
      name: 'replicas bound to a node',
      yaml: set(
        'a',
        port,
        '      nodeSelector: { kubernetes.io/hostname: node-1 }\n',
        'Deployment',
        '  replicas: 2\n',
      ),
      errors: [
        {
          id: 'pinned',
          line: 11,
          column: 78,
          endColumn: 82,
          message: '2 pods are bound to one node, and only one of them can have its port 8080',
          help: 'use a Service instead of a port of the node, or one replica',
        },
      ],
    },
  ],
});
