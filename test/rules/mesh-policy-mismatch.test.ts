import { meshPolicyMismatch } from '../../rules/selector/mesh-policy-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const shopNamespace = yaml`
  apiVersion: v1
  kind: Namespace
  metadata:
    name: shop
`;

testRule(meshPolicyMismatch, {
  valid: [
    {
      name: 'selected',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata:
            name: web
          spec:
            selector: { matchLabels: { app: web } }
            rules:
              - to: [{ operation: { ports: ["8080"] } }]
        `,
      ),
    },
    {
      name: 'ports of the pods',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: web
          spec:
            selector: { matchLabels: { app: web } }
            portLevelMtls: { 8080: { mode: PERMISSIVE } }
        `,
      ),
    },
    {
      name: 'a port that neither the Service nor the pods have, and whose port has no name',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports:
                - containerPort: 8080
        `,
        webService.replace('targetPort: http', 'targetPort: 8080'),
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: web
          spec:
            selector: { matchLabels: { app: web } }
            portLevelMtls: { 9999: { mode: DISABLE } }
        `,
      ),
    },
    {
      name: 'all pods',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: all
          spec:
            mtls: { mode: STRICT }
        `,
      ),
    },
    {
      name: 'a namespace that is there',
      yaml: documents(
        shopNamespace,
        app('web', { namespace: 'shop', replicas: 2 })``,
        yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata:
            name: web
            namespace: shop
          spec:
            selector: { matchLabels: { app: web } }
            rules: [{ from: [{ source: { namespaces: [shop] } }] }]
        `,
      ),
    },
    {
      name: 'a pattern',
      yaml: documents(
        shopNamespace,
        app('web', { namespace: 'shop', replicas: 2 })``,
        yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata:
            name: web
            namespace: shop
          spec:
            selector: { matchLabels: { app: web } }
            rules: [{ from: [{ source: { namespaces: ["sho*"] } }] }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'nothing is like it',
      yaml: documents(
        webDeployment,
        webService,
        app('front')``,
        serviceFor('front')`
          ports:
            - port: 80
              targetPort: http
        `,
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: strict
          spec:
            selector: { matchLabels: { app: orders } }
            mtls: { mode: STRICT }
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 58,
          column: 3,
          endColumn: 11,
          severity: 'warning',
          message: 'no pod in namespace default has app=orders in the 5 objects read',
        },
      ],
    },
    {
      name: 'no pod',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: web
          spec:
            selector: { matchLabels: { app: wbe } }
            mtls: { mode: STRICT }
        `,
      ),
      errors: [
        {
          id: 'near',
          line: 32,
          column: 35,
          endColumn: 38,
          message: 'no pod in namespace default has app=wbe; Deployment default/web has app=web',
          related: ['10:22 the value that its pods have'],
        },
      ],
      output: [['wbe', 'web']],
    },
    {
      name: 'a sidecar',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: networking.istio.io/v1
          kind: Sidecar
          metadata:
            name: web
          spec:
            workloadSelector: { labels: { app: wbe } }
        `,
      ),
      errors: [
        {
          id: 'near',
          line: 32,
          column: 38,
          endColumn: 41,
          message: 'no pod in namespace default has app=wbe; Deployment default/web has app=web',
          related: ['10:22 the value that its pods have'],
        },
      ],
      output: [['wbe', 'web']],
    },
    {
      name: 'mtls of the port of a Service',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: web
          spec:
            selector: { matchLabels: { app: web } }
            portLevelMtls: { 80: { mode: PERMISSIVE } }
        `,
      ),
      errors: [
        {
          id: 'port',
          line: 33,
          column: 20,
          endColumn: 22,
          message:
            '80 is the port of Service default/web; policies are about the port of the pods, 8080',
          related: ['23:3 leads there'],
        },
      ],
    },
    {
      name: 'port of a Service',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata:
            name: web
          spec:
            selector: { matchLabels: { app: web } }
            rules:
              - to: [{ operation: { ports: ["80"] } }]
        `,
      ),
      errors: [
        {
          id: 'port',
          line: 34,
          column: 35,
          endColumn: 39,
          message:
            '80 is the port of Service default/web; policies are about the port of the pods, 8080',
          related: ['23:3 leads there'],
        },
      ],
    },
    {
      name: 'the only admitted port is that of nobody',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata:
            name: web
          spec:
            selector: { matchLabels: { app: web } }
            rules:
              - to: [{ operation: { ports: ["5000"] } }]
        `,
      ),
      errors: [
        {
          id: 'stray',
          line: 34,
          column: 35,
          endColumn: 41,
          message: 'no container of Deployment default/web declares 5000; one declares 8080',
          related: ['4:9 its pods'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'an account',
      yaml: documents(
        deployment('web', { namespace: 'shop' })`
          serviceAccountName: front
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        serviceFor('web', { namespace: 'shop' })`
          ports:
            - port: 80
              targetPort: http
        `,
        yaml`
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: front
            namespace: shop
          ---
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata:
            name: web
            namespace: shop
          spec:
            selector: { matchLabels: { app: web } }
            rules:
              - from: [{ source: { principals: [cluster.local/ns/shop/sa/frnt] } }]
        `,
      ),
      errors: [
        {
          id: 'account',
          line: 44,
          column: 64,
          endColumn: 68,
          message:
            'there is no ServiceAccount "frnt" in namespace shop; there is ServiceAccount shop/front',
          related: ['33:9 this account'],
        },
      ],
    },
    {
      name: 'a namespace that is misspelt',
      yaml: documents(
        shopNamespace,
        app('web', { namespace: 'shop', replicas: 2 })``,
        yaml`
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata:
            name: web
            namespace: shop
          spec:
            selector: { matchLabels: { app: web } }
            rules: [{ from: [{ source: { namespaces: [shpo] } }] }]
        `,
      ),
      errors: [
        {
          id: 'account',
          line: 31,
          column: 45,
          endColumn: 49,
          message: 'there is no Namespace "shpo"; there is Namespace shop',
          related: ['4:9 this namespace'],
        },
      ],
    },
  ],
});
