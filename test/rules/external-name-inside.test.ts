import { externalNameInside } from '../../rules/security/external-name-inside.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(externalNameInside, {
  valid: [
    {
      name: 'a host outside',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: api
        spec:
          type: ExternalName
          externalName: api.example.com
      `,
    },
    {
      name: 'another namespace',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: api
        spec:
          type: ExternalName
          externalName: api.shop.svc.cluster.local
      `,
    },
  ],
  invalid: [
    {
      name: 'behind an Ingress',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: api
        spec:
          type: ExternalName
          externalName: kubernetes.default.svc.cluster.local
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec:
          ingressClassName: nginx
          rules:
            - host: shop.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: { service: { name: api, port: { number: 443 } } }
      `,
      errors: [
        {
          id: 'routed',
          line: 7,
          column: 17,
          endColumn: 53,
          message:
            'kubernetes.default.svc.cluster.local is the API server, and Ingress default/web opens it to whoever reaches the controller',
          related: ['21:41 leads to it'],
        },
      ],
    },
    {
      name: 'for pods',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: api
        spec:
          type: ExternalName
          externalName: kubernetes.default.svc.cluster.local
      `,
      errors: [
        {
          id: 'alias',
          line: 7,
          column: 17,
          endColumn: 53,
          severity: 'info',
          message: 'kubernetes.default.svc.cluster.local is the API server',
        },
      ],
    },
    {
      name: 'of the system',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: api
        spec:
          type: ExternalName
          externalName: metrics-server.kube-system.svc
      `,
      errors: [
        {
          id: 'alias',
          line: 7,
          column: 17,
          endColumn: 47,
          severity: 'info',
          message: 'metrics-server.kube-system.svc is a Service of namespace kube-system',
        },
      ],
    },
    {
      name: 'metadata',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: api
        spec:
          type: ExternalName
          externalName: metadata.google.internal
      `,
      errors: [
        {
          id: 'alias',
          line: 7,
          column: 17,
          endColumn: 41,
          severity: 'info',
          message: 'metadata.google.internal is for the machine or the pod itself',
        },
      ],
    },
  ],
});
