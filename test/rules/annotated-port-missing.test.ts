import { annotatedPortMissing } from '../../rules/port/annotated-port-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(annotatedPortMissing, {
  valid: [
    {
      name: 'by number',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            projectcontour.io/upstream-protocol.tls: "443"
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
      `,
    },
    {
      name: 'by name',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            cloud.google.com/app-protocols: '{"https":"HTTPS"}'
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
      `,
    },
    {
      name: 'every port',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            service.beta.kubernetes.io/aws-load-balancer-ssl-ports: "*"
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
      `,
    },
    {
      name: 'a range',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            config.linkerd.io/opaque-ports: 25-30
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
      `,
    },
    {
      name: 'no JSON',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            cloud.google.com/app-protocols: https
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
      `,
    },
  ],
  invalid: [
    {
      name: 'the number in the pods of another Service',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            projectcontour.io/upstream-protocol.tls: "443,8443"
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
      `,
      errors: [
        {
          id: 'none',
          line: 6,
          column: 51,
          endColumn: 55,
          message: 'the Service has no port "8443"; known ports: 443 ("https")',
          related: ['9:3 its ports'],
        },
      ],
    },
    {
      name: 'a name',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            cloud.google.com/app-protocols: '{"api-https":"HTTPS"}'
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
      `,
      errors: [
        {
          id: 'none',
          line: 6,
          column: 40,
          endColumn: 49,
          message: 'the Service has no port "api-https"; known ports: 443 ("https")',
          related: ['9:3 its ports'],
        },
      ],
    },
    {
      name: 'ports of a backend',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            cloud.google.com/backend-config: '{"ports": {"80":"web"}}'
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
      `,
      errors: [
        {
          id: 'none',
          line: 6,
          column: 51,
          endColumn: 53,
          message: 'the Service has no port "80"; known ports: 443 ("https")',
          related: ['9:3 its ports'],
        },
      ],
    },
    {
      name: 'TLS of a load balancer',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            service.beta.kubernetes.io/aws-load-balancer-ssl-ports: tls
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
      `,
      errors: [
        {
          id: 'none',
          line: 6,
          column: 61,
          endColumn: 64,
          message: 'the Service has no port "tls"; known ports: 443 ("https")',
          related: ['9:3 its ports'],
        },
      ],
    },
    {
      name: 'a port of a database',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          annotations:
            config.linkerd.io/opaque-ports: "5433"
        spec:
          selector: { app: web }
          ports:
            - name: https
              port: 443
              targetPort: http
            - name: pg
              port: 5432
      `,
      errors: [
        {
          id: 'none',
          line: 6,
          column: 38,
          endColumn: 42,
          message: 'the Service has no port "5433"; known ports: 443 ("https"), 5432 ("pg")',
          related: ['9:3 its ports'],
        },
      ],
    },
  ],
});
