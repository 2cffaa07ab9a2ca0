import { unknownField } from '../../rules/manifest/unknown-field.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload, yaml } from '../support/yaml.ts';

/** The spec stands on line 4. */
const service = (spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ${spec} }\n`;
/** The pod spec stands on line 5. */
const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec: { ${spec} }\n`;
/** The spec stands on line 4. */
const deployment = (spec: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { ${spec} }\n`;

testRule(unknownField, {
  valid: [
    {
      name: 'a Service and a Deployment',
      yaml: service('selector: { app: web }, ports: [{ port: 80 }]') + workload('web'),
    },
    {
      name: 'a custom resource may have any field',
      yaml: 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: web }\nspec: { wheels: 4 }\n',
    },
    { name: 'null is absent', yaml: service('clusterIP: None, wheels: null') },
    { name: 'a key that is filled in later', yaml: service("clusterIP: None, '${FIELD}': 1") },
    {
      name: 'annotations hold any key',
      yaml: workload('web').replace('name: web }', 'name: web, annotations: { wheels: "4" } }'),
    },
    {
      name: 'a field that the release knows',
      yaml: pod('hostnameOverride: web, containers: [{ name: main, image: store }]'),
    },
    {
      name: 'a directive of strategic merge in a file called patch',
      files: {
        'web-patch.yaml':
          'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { $patch: replace, clusterIP: None }\n',
      },
      refused: 1,
      unknown: ['look like a patch'],
    },
  ],
  invalid: [
    {
      name: 'labels of a selector that are not below matchLabels',
      yaml: 'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: web }\nspec: { selector: { app: web, part: front }, endpoints: [{ port: http }] }\n',
      errors: [
        {
          id: 'unknown',
          line: 4,
          column: 21,
          endColumn: 24,
          message: 'unknown field "spec.selector.app"',
          help: 'labels stand below matchLabels; a selector that is left empty takes everything',
        },
      ],
    },
    {
      name: 'another case',
      yaml: service('ports: [{ port: 80, targetport: 80 }]'),
      errors: [
        {
          id: 'unknown',
          line: 4,
          column: 29,
          endColumn: 39,
          title: 'Service default/web has a field that the API server does not know',
          message: 'unknown field "spec.ports[0].targetport"',
          help: 'did you mean targetPort?',
          safety: 'safe',
        },
      ],
      output: service('ports: [{ port: 80, targetPort: 80 }]'),
    },
    {
      name: 'letters swapped',
      yaml: service('clusterIP: None, sessoinAffinity: None'),
      errors: [
        {
          id: 'unknown',
          line: 4,
          column: 26,
          endColumn: 41,
          help: 'did you mean sessionAffinity?',
        },
      ],
      output: service('clusterIP: None, sessionAffinity: None'),
    },
    {
      name: 'what was meant is there already',
      yaml: service('ports: [{ port: 80, targetport: 80, targetPort: 8080 }]'),
      errors: [
        {
          id: 'unknown',
          line: 4,
          column: 29,
          endColumn: 39,
          help: 'did you mean targetPort? It is there already: take this one out',
        },
      ],
    },
    {
      name: 'a name that is near, but of another type, is not renamed',
      yaml: pod('containers: [{ name: main, image: store, commands: [run], arg: run }]'),
      errors: [
        { id: 'unknown', line: 5, column: 50, endColumn: 58, help: 'did you mean command?' },
        { id: 'unknown', line: 5, column: 67, endColumn: 70, help: 'did you mean args?' },
      ],
      output: pod('containers: [{ name: main, image: store, command: [run], arg: run }]'),
    },
    {
      name: 'a field of the containers in the pod spec',
      yaml: pod('containers: [{ name: main, image: store }], ports: [{ containerPort: 80 }]'),
      errors: [
        {
          id: 'unknown',
          line: 5,
          column: 53,
          endColumn: 58,
          help: 'it belongs in an item of spec.containers',
        },
      ],
    },
    {
      name: 'a field of the pod spec in a container',
      yaml: pod('containers: [{ name: main, image: store, nodeSelector: { disk: ssd } }]'),
      errors: [
        {
          id: 'unknown',
          line: 5,
          column: 50,
          endColumn: 62,
          help: 'it belongs one level up, under spec',
        },
      ],
    },
    {
      name: 'a field of a probe beside one that is left empty',
      yaml: pod('containers: [{ name: main, image: store, livenessProbe: , periodSeconds: 5 }]'),
      errors: [
        {
          id: 'unknown',
          line: 5,
          column: 67,
          endColumn: 80,
          help: 'it belongs under spec.containers[0].livenessProbe',
        },
      ],
    },
    {
      name: 'a field of a reference beside the one that is left empty, two levels down',
      yaml: pod(
        'containers: [{ name: main, image: store, env: [{ name: A, secretKeyRef: , key: a }] }]',
      ),
      errors: [
        {
          id: 'unknown',
          line: 5,
          column: 83,
          endColumn: 86,
          help: 'it belongs under spec.containers[0].env[0].valueFrom.secretKeyRef',
        },
      ],
    },
    {
      name: 'a field of the pod spec in the spec of a Deployment',
      yaml: deployment(
        'restartPolicy: Always, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main, image: store }] } }',
      ),
      errors: [
        {
          id: 'unknown',
          line: 4,
          column: 9,
          endColumn: 22,
          help: 'it belongs under spec.template.spec',
        },
      ],
    },
    {
      name: 'a field of the Deployment in its template',
      yaml: deployment(
        'selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { replicas: 3, containers: [{ name: main, image: store }] } }',
      ),
      errors: [
        {
          id: 'unknown',
          line: 4,
          column: 106,
          endColumn: 114,
          help: 'it belongs 2 levels up, under spec',
        },
      ],
    },
    {
      name: 'a field of the spec at the top',
      yaml: 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nselector: { app: web }\nspec: { clusterIP: None }\n',
      errors: [{ id: 'unknown', line: 4, column: 1, endColumn: 9, help: 'it belongs under spec' }],
    },
    {
      name: 'a field of Services in a container port',
      yaml: pod(
        'containers: [{ name: main, image: store, ports: [{ containerPort: 80, targetPort: 80 }] }]',
      ),
      errors: [
        {
          id: 'unknown',
          line: 5,
          column: 79,
          endColumn: 89,
          help: 'write containerPort; targetPort is a field of a Service port',
        },
      ],
    },
    {
      name: 'a field of a beta version',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          backend:
            service: { name: web, port: { number: 80 } }
      `,
      errors: [{ id: 'unknown', line: 6, column: 3, endColumn: 10, help: 'write defaultBackend' }],
    },
    {
      name: 'fields of a metric of a beta version, and a target that was another thing',
      yaml: yaml`
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: { name: web }
        spec:
          scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
          maxReplicas: 3
          metrics:
            - type: Resource
              resource:
                name: cpu
                targetAverageUtilization: 80
            - type: Object
              object:
                metricName: requests
                target:
                  kind: Service
                  name: web
                targetValue: 5
      `,
      errors: [
        {
          id: 'unknown',
          line: 11,
          column: 9,
          endColumn: 33,
          help: 'write target.averageUtilization, and target.type: Utilization',
        },
        { id: 'unknown', line: 14, column: 9, endColumn: 19, help: 'write metric.name' },
        { id: 'unknown', line: 16, column: 11, endColumn: 15 },
        { id: 'unknown', line: 17, column: 11, endColumn: 15 },
        {
          id: 'unknown',
          line: 18,
          column: 9,
          endColumn: 20,
          help: 'write target.value, and target.type: Value',
        },
      ],
    },
    {
      name: 'a field of a later release',
      yaml: service('clusterIP: None, trafficDistribution: PreferClose'),
      options: { kubernetesMinor: 28 },
      errors: [
        { id: 'unknown', line: 4, column: 26, endColumn: 45, help: 'known since Kubernetes 1.30' },
      ],
    },
    {
      name: 'servicePort is no backend in a container',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
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
                      servicePort: 8080
      `,
      errors: [
        {
          id: 'unknown',
          line: 20,
          column: 15,
          endColumn: 26,
          message: 'unknown field "spec.template.spec.containers[0].ports[0].servicePort"',
        },
      ],
    },
    {
      name: 'fields of a route that are a slip away from known ones',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: web
        spec:
          parentRefs: [{ name: edge }]
          hostname: [shop.example.com]
          rules:
            - { backendRef: [{ name: web, port: 80 }] }
      `,
      errors: [
        {
          id: 'unknown',
          line: 7,
          column: 3,
          endColumn: 11,
          message: 'unknown field "spec.hostname"',
        },
        {
          id: 'unknown',
          line: 9,
          column: 9,
          endColumn: 19,
          message: 'unknown field "spec.rules[0].backendRef"',
          help: 'did you mean backendRefs?',
        },
      ],
      output: [
        ['hostname:', 'hostnames:'],
        ['backendRef:', 'backendRefs:'],
      ],
    },
  ],
});
