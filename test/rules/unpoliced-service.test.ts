import { unpolicedService } from '../../rules/security/unpoliced-service.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(unpolicedService, {
  valid: [
    {
      name: 'a policy selects the pods',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: policy
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Ingress]
            ingress: [{ ports: [{ port: 8080 }] }]
        `,
      ),
    },
    {
      name: 'a policy for the whole namespace',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: policy
          spec:
            podSelector: {}
            policyTypes: [Ingress]
            ingress: [{ ports: [{ port: 8080 }] }]
        `,
      ),
    },
    {
      name: 'a Service without pods',
      yaml: documents(app('other')``, webService),
    },
  ],
  invalid: [
    {
      name: 'the policy is for others',
      yaml: documents(
        webDeployment,
        webService,
        app('db')``,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: policy
          spec:
            podSelector: { matchLabels: { app: db } }
            policyTypes: [Ingress]
            ingress: [{ ports: [{ port: 8080 }] }]
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 22,
          column: 3,
          endColumn: 11,
          message: 'no NetworkPolicy that was read selects the pods of Deployment default/web',
          related: ['4:9 nothing isolates its pods'],
        },
      ],
    },
    {
      name: 'for egress only',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: policy
          spec:
            podSelector: {}
            policyTypes: [Egress]
            egress: [{}]
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 22,
          column: 3,
          endColumn: 11,
          message: 'no NetworkPolicy that was read selects the pods of Deployment default/web',
          related: ['4:9 nothing isolates its pods'],
        },
      ],
    },
    {
      name: 'none at all',
      yaml: documents(webDeployment, webService),
      errors: [
        {
          id: 'none',
          line: 22,
          column: 3,
          endColumn: 11,
          severity: 'info',
          message: 'no NetworkPolicy that was read selects the pods of Deployment default/web',
          related: ['4:9 nothing isolates its pods'],
        },
      ],
    },
  ],
});
