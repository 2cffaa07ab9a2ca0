import { probePortNameUnresolved } from '../../rules/probe/probe-port-name-unresolved.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload, yaml } from '../support/yaml.ts';

const http = '{ name: http, containerPort: 8080 }';
const probe = (kind: string, port: string): string =>
  workload('web', { ports: http, container: `${kind}: { httpGet: { port: ${port} } }` });

/** A Pod whose probe port stands on line 10 from column 17 on. */
const pod = (kind: string, port: string, ports: string, more = ''): string => yaml`
  apiVersion: v1
  kind: Pod
  metadata: { name: web }
  spec:
    containers:
      - name: main
        image: store
        ports: [${ports}]
        ${kind}:
          tcpSocket: { port: ${port} }
  ${more}
`;
/** A Pod whose hook stands on line 10. */
const hook = (kind: string, port: string): string => yaml`
  apiVersion: v1
  kind: Pod
  metadata: { name: web }
  spec:
    containers:
      - name: main
        image: store
        ports: [${http}]
        lifecycle:
          ${kind}: { httpGet: { port: ${port} } }
`;
const sidecar = (port: string): string =>
  `spec: { initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, ports: [{ name: admin, containerPort: 9901 }], startupProbe: { httpGet: { port: ${port} } } }], containers: [{ name: main, image: store }] }`;

testRule(probePortNameUnresolved, {
  valid: [
    { name: 'readiness by name', yaml: probe('readinessProbe', 'http') },
    { name: 'a number needs no declaration', yaml: probe('readinessProbe', '9999') },
    {
      name: 'the protocol plays no part',
      yaml: workload('web', {
        ports: '{ name: http, containerPort: 8080, protocol: UDP }',
        container: 'livenessProbe: { tcpSocket: { port: http } }',
      }),
    },
    {
      name: 'gRPC and exec have no named port',
      yaml: workload('web', {
        container:
          'livenessProbe: { grpc: { port: 9000 } }, readinessProbe: { exec: { command: [test] } }',
      }),
    },
    {
      name: 'a hook at a declared port',
      yaml: workload('web', {
        ports: http,
        container: 'lifecycle: { preStop: { httpGet: { path: /drain, port: http } } }',
      }),
    },
    {
      name: 'a hook that is a command',
      yaml: workload('web', {
        ports: http,
        container: 'lifecycle: { postStart: { exec: { command: [warm-up] } } }',
      }),
    },
    { name: 'no probe', yaml: workload('web', { ports: http }) },
    { name: 'a port that is filled in later', yaml: probe('readinessProbe', "'${PORT}'") },
    {
      name: 'a declared name that is filled in later',
      yaml: workload('web', {
        ports: "{ name: '${PORT}', containerPort: 80 }",
        container: 'readinessProbe: { httpGet: { port: http } }',
      }),
    },
    {
      name: 'a sidecar probes its own port',
      yaml: `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n${sidecar('admin')}\n`,
    },
  ],
  invalid: [
    {
      name: 'a hook after the start',
      yaml: hook('postStart', 'htpp'),
      errors: [
        {
          id: 'missing',
          line: 10,
          column: 39,
          endColumn: 43,
          title: 'Pod default/web calls a hook at an undeclared port name',
          message:
            'postStart names port "htpp", which container "main" does not declare; it declares "http" (8080)',
          why: 'the kubelet looks the name up in the same container only; it is not there, so the hook fails and the container is killed, each time it starts',
          safety: 'safe',
        },
      ],
      output: hook('postStart', 'http'),
    },
    {
      name: 'a hook before the stop',
      yaml: hook('preStop', 'htpp'),
      errors: [
        {
          id: 'missing',
          line: 10,
          column: 37,
          endColumn: 41,
          why: 'the kubelet looks the name up in the same container only; it is not there, so the hook fails and the container is stopped without it',
        },
      ],
      output: hook('preStop', 'http'),
    },
    {
      name: 'readiness, misspelt',
      yaml: pod('readinessProbe', 'htpp', http),
      errors: [
        {
          id: 'missing',
          line: 10,
          column: 28,
          endColumn: 32,
          title: 'Pod default/web probes an undeclared port name',
          message:
            'readinessProbe names port "htpp", which container "main" does not declare; it declares "http" (8080)',
          why: 'the kubelet looks the name up in the same container only; it is not there, so every probe ends in an error, the pod never becomes Ready and its endpoints never take traffic',
          help: 'change it to http',
          safety: 'safe',
        },
      ],
      output: pod('readinessProbe', 'http', http),
    },
    {
      name: 'liveness is dead',
      yaml: pod('livenessProbe', 'htpp', http),
      errors: [
        {
          id: 'missing',
          line: 10,
          column: 28,
          endColumn: 32,
          why: 'the kubelet looks the name up in the same container only; it is not there, so the probe never gives a result and never restarts anything',
        },
      ],
      output: pod('livenessProbe', 'http', http),
    },
    {
      name: 'startup never ends',
      yaml: pod('startupProbe', 'htpp', http),
      errors: [
        {
          id: 'missing',
          line: 10,
          column: 28,
          endColumn: 32,
          why: 'the kubelet looks the name up in the same container only; it is not there, so the container never counts as started and the pod never becomes Ready',
        },
      ],
      output: pod('startupProbe', 'http', http),
    },
    {
      name: 'the only port has no name',
      yaml: pod('readinessProbe', 'health', '{ containerPort: 8080 }'),
      errors: [
        {
          id: 'missing',
          line: 10,
          column: 28,
          endColumn: 34,
          message:
            'readinessProbe names port "health", which container "main" does not declare; it declares 8080 (unnamed)',
          safety: 'unsafe',
        },
      ],
      output: pod('readinessProbe', '8080', '{ containerPort: 8080 }'),
    },
    {
      name: 'no port is declared',
      yaml: pod('readinessProbe', 'health', ''),
      errors: [
        {
          id: 'missing',
          line: 10,
          column: 28,
          endColumn: 34,
          message:
            'readinessProbe names port "health", which container "main" does not declare; it declares none',
          help: 'declare a port named "health" in the container, or probe by number',
        },
      ],
    },
    {
      name: 'two ports, neither of them near',
      yaml: pod('readinessProbe', 'health', `${http}, { name: grpc, containerPort: 9000 }`),
      errors: [{ id: 'missing', line: 10, column: 28, endColumn: 34 }],
    },
    {
      name: 'a port of another container',
      yaml: pod(
        'readinessProbe',
        'admin',
        http,
        '    - { name: proxy, image: envoy, ports: [{ name: admin, containerPort: 9901 }] }',
      ),
      errors: [
        {
          id: 'elsewhere',
          line: 10,
          column: 28,
          endColumn: 33,
          message:
            'readinessProbe names port "admin", which is a port of container "proxy", not of "main"',
          help: 'containers of a pod share its address: write the number 9901, or move the probe to "proxy"',
        },
      ],
    },
    {
      name: 'a native sidecar',
      yaml: `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n${sidecar('health')}\n`,
      errors: [{ id: 'missing', line: 4, column: 158, endColumn: 164, safety: 'unsafe' }],
      output: `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n${sidecar('admin')}\n`,
    },
    {
      name: 'all three probes of a DaemonSet',
      yaml: workload('web', {
        kind: 'DaemonSet',
        container:
          'livenessProbe: { httpGet: { port: a } }, readinessProbe: { httpGet: { port: b } }, startupProbe: { httpGet: { port: c } }',
      }),
      errors: [
        { id: 'missing', line: 5, column: 181, endColumn: 182 },
        { id: 'missing', line: 5, column: 223, endColumn: 224 },
        { id: 'missing', line: 5, column: 263, endColumn: 264 },
      ],
    },
    {
      name: 'a CronJob',
      yaml: "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: report }\nspec:\n  schedule: '@daily'\n  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: report, readinessProbe: { httpGet: { port: http } } }] } } } }\n",
      errors: [{ id: 'missing', line: 6, column: 145, endColumn: 149 }],
    },
    {
      name: 'a Service does not matter, nor do replicas',
      yaml: workload('web', {
        spec: 'replicas: 0',
        container: 'readinessProbe: { httpGet: { port: http } }',
      }),
      errors: [{ id: 'missing', line: 5, column: 195, endColumn: 199 }],
    },
  ],
});
