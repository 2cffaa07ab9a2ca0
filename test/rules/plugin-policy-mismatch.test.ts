import { pluginPolicyMismatch } from '../../rules/policy/plugin-policy-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const frontDeployment = app('front')`
  readinessProbe:
    httpGet: { path: /ready, port: http }
`;
const frontService = serviceFor('front')`
  ports:
    - port: 80
      targetPort: http
`;

/** A policy called web, beside both. */
const policy =
  (apiVersion: string, kind: string) =>
  (spec: TemplateStringsArray): string =>
    documents(
      webDeployment,
      webService,
      frontDeployment,
      frontService,
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: web\nspec:\n` +
        yaml(spec).replace(/^(?=.)/gm, '  '),
    );
const cilium = policy('cilium.io/v2', 'CiliumNetworkPolicy');
const calico = policy('projectcalico.org/v3', 'NetworkPolicy');

testRule(pluginPolicyMismatch, {
  valid: [
    {
      name: 'Cilium',
      yaml: cilium`
        endpointSelector: { matchLabels: { app: web } }
        ingress:
          - fromEndpoints: [{ matchLabels: { "k8s:app": front } }]
            toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
      `,
    },
    {
      name: 'Calico',
      yaml: calico`
        selector: app == 'web'
        ingress:
          - action: Allow
            protocol: TCP
            source: { selector: "app == 'front'" }
            destination: { ports: [8080] }
      `,
    },
    {
      name: 'pods that are elsewhere',
      yaml: cilium`
        endpointSelector: { matchLabels: { app: web } }
        ingress:
          - fromEndpoints: [{ matchLabels: { app: billing } }]
            toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
      `,
    },
    {
      name: 'an expression',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: projectcalico.org/v3
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            selector: has(app)
            ingress:
              - action: Allow
                protocol: TCP
                source: { selector: "app in {'a', 'b'}" }
                destination: { ports: [8080] }
        `,
      ),
    },
    {
      name: 'another namespace',
      yaml: cilium`
        endpointSelector: { matchLabels: { app: web } }
        ingress:
          - fromEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": edge, app: fron } }]
            toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
      `,
    },
  ],
  invalid: [
    {
      name: 'a peer of Cilium',
      yaml: cilium`
        endpointSelector: { matchLabels: { app: web } }
        ingress:
          - fromEndpoints: [{ matchLabels: { app: frnt } }]
            toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
      `,
      errors: [
        {
          id: 'near',
          line: 62,
          column: 25,
          endColumn: 36,
          message:
            'no pod in namespace default has app=frnt; Deployment default/front has app=front',
        },
      ],
    },
    {
      name: 'a peer by another key',
      yaml: cilium`
        endpointSelector: { matchLabels: { app: web } }
        ingress:
          - fromEndpoints: [{ matchLabels: { name: front } }]
            toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
      `,
      errors: [
        {
          id: 'near',
          line: 62,
          column: 25,
          endColumn: 36,
          message:
            'no pod in namespace default has name=front; Deployment default/front has app=front',
        },
      ],
    },
    {
      name: 'nobody is selected',
      yaml: cilium`
        endpointSelector: { matchLabels: { app: wbe } }
        ingress:
          - fromEndpoints: [{ matchLabels: { app: front } }]
            toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }]
      `,
      errors: [
        {
          id: 'near',
          line: 60,
          column: 23,
          endColumn: 34,
          message: 'no pod in namespace default has app=wbe; Deployment default/web has app=web',
        },
      ],
    },
    {
      name: 'the port of a Service',
      yaml: cilium`
        endpointSelector: { matchLabels: { app: web } }
        ingress:
          - fromEndpoints: [{ matchLabels: { app: front } }]
            toPorts: [{ ports: [{ port: "80", protocol: TCP }] }]
      `,
      errors: [
        {
          id: 'port',
          line: 63,
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
          apiVersion: cilium.io/v2
          kind: CiliumNetworkPolicy
          metadata:
            name: web
          spec:
            endpointSelector: { matchLabels: { app: web } }
            ingress:
              - toPorts: [{ ports: [{ port: "5000", protocol: TCP }] }]
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
        },
      ],
    },
    {
      name: 'labels of nobody',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: cilium.io/v2
          kind: CiliumNetworkPolicy
          metadata:
            name: db
          spec:
            endpointSelector: { matchLabels: { role: database } }
        `,
      ),
      errors: [
        {
          id: 'none',
          line: 32,
          column: 23,
          endColumn: 34,
          message: 'no pod in namespace default has role=database',
        },
      ],
    },
    {
      name: 'a peer of Calico',
      yaml: calico`
        selector: app == 'web'
        ingress:
          - action: Allow
            protocol: TCP
            source: { selector: "app == 'frnt'" }
            destination: { ports: [8080] }
      `,
      errors: [
        {
          id: 'near',
          line: 64,
          column: 27,
          endColumn: 42,
          message:
            'no pod in namespace default has app=frnt; Deployment default/front has app=front',
        },
      ],
    },
  ],
});
