import { fieldWithoutEffect } from '../../rules/port/field-without-effect.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web
  spec:
    trafficDistribution: PreferClose
    selector: { app: web }
    ports:
      - port: 80
        targetPort: http
`;

const topologyWeb = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web
    annotations:
      service.kubernetes.io/topology-mode: Auto
  spec:
    selector: { app: web }
    ports:
      - port: 80
        targetPort: http
`;

testRule(fieldWithoutEffect, {
  valid: [
    {
      name: 'with a cluster IP',
      yaml: documents(
        webDeployment,
        webService.replace('trafficDistribution: PreferClose', 'sessionAffinity: ClientIP'),
      ),
    },
    {
      name: 'headless without it',
      yaml: documents(
        webDeployment,
        webService.replace('trafficDistribution: PreferClose', 'clusterIP: None'),
      ),
    },
    {
      name: 'near endpoints of a Service with a cluster IP',
      yaml: documents(app('web', { replicas: 9 })``, webService),
    },
    {
      name: 'the topology mode is off',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              service.kubernetes.io/topology-mode: Disabled
          spec:
            clusterIP: None
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
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
      name: 'a targetPort that is the port',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: books
        spec:
          type: ExternalName
          externalName: a.example.com
          ports: [{ port: 80, targetPort: 80 }]
      `,
    },
    {
      name: 'near endpoints',
      yaml: documents(
        app('web', { replicas: 9 })``,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              service.kubernetes.io/topology-mode: auto
          spec:
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
    },
    {
      name: 'enough endpoints',
      yaml: documents(app('web', { replicas: 9 })``, topologyWeb),
    },
    {
      name: 'no count is known',
      yaml: documents(webDeployment.replace('kind: Deployment', 'kind: DaemonSet'), webService),
    },
    {
      name: 'a targetPort of an alias, which controllers dial',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: books
        spec:
          type: ExternalName
          externalName: a.example.com
          ports: [{ port: 80, targetPort: 8080 }]
      `,
    },
  ],
  invalid: [
    {
      name: 'affinity of a headless Service',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            clusterIP: None
            sessionAffinity: ClientIP
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'headless',
          line: 23,
          column: 3,
          endColumn: 18,
          message:
            'sessionAffinity has no effect: the Service is headless, and no proxy stands between',
        },
      ],
    },
    {
      name: 'affinity of an alias',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: db
        spec:
          type: ExternalName
          externalName: db.example.com
          sessionAffinity: ClientIP
          selector: { app: db }
      `,
      errors: [
        {
          id: 'external',
          line: 8,
          column: 3,
          endColumn: 18,
          message:
            'sessionAffinity has no effect: an ExternalName Service is an alias in DNS and nothing else',
        },
        {
          id: 'external',
          line: 9,
          column: 3,
          endColumn: 11,
          message:
            'selector has no effect: an ExternalName Service is an alias in DNS and nothing else',
        },
      ],
    },
    {
      name: 'near endpoints beside Local',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
          spec:
            internalTrafficPolicy: Local
            trafficDistribution: PreferClose
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'local',
          line: 23,
          column: 3,
          endColumn: 22,
          severity: 'info',
          message:
            'trafficDistribution has no effect beside internalTrafficPolicy Local, which takes endpoints of the same node only',
        },
      ],
    },
    {
      name: 'topology mode of a headless Service',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              service.kubernetes.io/topology-mode: Auto
          spec:
            clusterIP: None
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'headless',
          line: 22,
          column: 5,
          endColumn: 40,
          severity: 'info',
          message:
            'service.kubernetes.io/topology-mode has no effect: the Service is headless, and no proxy stands between',
        },
      ],
    },
    {
      name: 'an annotation of former releases',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations: { service.alpha.kubernetes.io/tolerate-unready-endpoints: "true" }
          spec:
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'removed',
          line: 21,
          column: 18,
          endColumn: 72,
          message:
            'service.alpha.kubernetes.io/tolerate-unready-endpoints has no effect since Kubernetes 1.24: pods that are not ready are left out',
        },
      ],
    },
    {
      name: 'a mode that there is not',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              service.kubernetes.io/topology-mode: Enabled
          spec:
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'mode',
          line: 22,
          column: 42,
          endColumn: 49,
          message: '"Enabled" is taken for nothing: only "Auto" and "auto" ask for near endpoints',
        },
      ],
    },
    {
      name: 'two endpoints for all zones',
      yaml: documents(app('web', { replicas: 2 })``, topologyWeb),
      errors: [
        {
          id: 'few',
          line: 23,
          column: 5,
          endColumn: 40,
          severity: 'info',
          message:
            'service.kubernetes.io/topology-mode chooses among near endpoints, and the Service has two: every zone without one sends its requests elsewhere',
        },
      ],
    },
    {
      name: 'one endpoint',
      yaml: documents(webDeployment, webService),
      errors: [
        {
          id: 'few',
          line: 22,
          column: 3,
          endColumn: 22,
          severity: 'info',
          message:
            'trafficDistribution chooses among near endpoints, and the Service has one: every zone without one sends its requests elsewhere',
        },
      ],
    },
    {
      name: 'two ways to say it',
      yaml: documents(
        app('web', { replicas: 9 })``,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            annotations:
              service.kubernetes.io/topology-mode: Auto
          spec:
            trafficDistribution: PreferClose
            selector: { app: web }
            ports:
              - port: 80
                targetPort: http
        `,
      ),
      errors: [
        {
          id: 'overruled',
          line: 25,
          column: 3,
          endColumn: 22,
          severity: 'info',
          message:
            'trafficDistribution has no effect beside the annotation for near endpoints, which comes first',
        },
      ],
    },
    {
      name: 'a time of an affinity that is not asked for',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations: { a: b }
        spec:
          sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } }
          selector: { app: web }
          ports: [{ port: 80 }]
      `,
      errors: [
        {
          id: 'affinity',
          line: 7,
          column: 3,
          endColumn: 24,
          message:
            'sessionAffinityConfig has no effect: sessionAffinity is not ClientIP, and the API server drops it',
        },
      ],
    },
  ],
});
