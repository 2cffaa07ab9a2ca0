import { dnsEgressBlocked } from '../../rules/policy/dns-egress-blocked.ts';
import { testRule } from '../support/rule-tester.ts';
import {
  apiDeployment,
  apiService,
  app,
  deployment,
  serviceFor,
  webDeployment,
} from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const catalogDeployment = app('catalog')``;
const catalogService = serviceFor('catalog')`
  ports:
    - port: 80
      targetPort: http
`;

const frontDeployment = app('front')`env: [{ name: API_URL, value: "http://api" }]`;
const webNetworkPolicy = yaml`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata:
    name: web
  spec:
    podSelector: { matchLabels: { app: web } }
    policyTypes: [Egress]
    egress:
      - to: [{ podSelector: { matchLabels: { app: catalog } } }]
        ports: [{ port: 8080 }]
`;
const webPod = yaml`
  apiVersion: v1
  kind: Pod
  metadata:
    name: web
    labels: { app: web }
  spec:
    containers:
      - name: web
        image: shop/web:1.4
        env: [{ name: API, value: "http://catalog" }]
`;

const callerOfCatalog = app('web')`
  env:
    - name: API
      value: http://catalog
`;

testRule(dnsEgressBlocked, {
  valid: [
    {
      name: 'pods that may be told addresses by the API server',
      yaml: documents(
        deployment('web')`
          serviceAccountName: web
          containers: [{ name: web, image: shop/web:1.4 }]
        `,
        catalogDeployment,
        catalogService,
        webNetworkPolicy,
      ),
    },
    {
      name: 'allowed',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - to: [{ podSelector: { matchLabels: { app: catalog } } }]
                ports: [{ port: 8080 }]
              - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
        `,
      ),
    },
    {
      name: 'all ports of a peer',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - to: [{ namespaceSelector: {} }]
        `,
      ),
    },
    {
      name: 'for ingress only',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            ingress:
              - from: [{ podSelector: { matchLabels: { app: api } } }]
                ports: [{ port: 8080 }]
        `,
      ),
    },
    {
      name: 'no name is looked up, and no Service has the pods',
      yaml: documents(webDeployment, catalogDeployment, webNetworkPolicy),
    },
    {
      name: 'a port by name',
      yaml: documents(
        callerOfCatalog,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - to: [{ podSelector: { matchLabels: { app: catalog } } }]
                ports: [{ port: 8080 }]
              - ports: [{ port: dns, protocol: UDP }]
        `,
      ),
    },
    {
      name: 'a namespace that may have DNS servers',
      yaml: documents(
        app('web')`
          env:
            - name: API_URL
              value: http://api
        `,
        apiDeployment,
        apiService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - to:
                  - podSelector: { matchLabels: { app: api } }
                  - namespaceSelector: { matchLabels: { role: dns } }
        `,
      ),
    },
    {
      name: 'the DNS of OpenShift',
      yaml: documents(
        frontDeployment,
        apiDeployment,
        serviceFor('api')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: front
          spec:
            podSelector: { matchLabels: { app: front } }
            policyTypes: [Egress]
            egress:
              - to: [{ podSelector: { matchLabels: { app: api } } }]
              - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: openshift-dns } } }]
                ports: [{ port: 5353, protocol: UDP }, { port: 5353 }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'let out to the pods of a Service of which no text speaks',
      yaml: documents(webDeployment, catalogDeployment, catalogService, webNetworkPolicy),
      errors: [
        {
          id: 'opened',
          line: 50,
          column: 3,
          endColumn: 9,
          severity: 'warning',
          message:
            'NetworkPolicy default/web lets Deployment default/web out to the pods of Service ' +
            'default/catalog, and allows nothing out to port 53, where its name is looked up',
          related: ['51:14 what it is to call'],
        },
      ],
    },
    {
      name: 'one finding for all that a policy isolates',
      yaml: documents(
        ...['web', 'mobile', 'batch'].map(
          (name) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels: { app: ${name} }
spec:
  containers:
    - name: ${name}
      image: shop/${name}:1.4
      env: [{ name: API, value: "http://catalog" }]
`,
        ),
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: all
          spec:
            podSelector: {}
            policyTypes: [Egress]
            egress:
              - to: [{ podSelector: {} }]
              - ports: [{ port: 443 }]
        `,
      ),
      errors: [
        {
          id: 'closed',
          line: 67,
          column: 3,
          endColumn: 9,
          message:
            'Pod default/web looks up Service default/catalog, and NetworkPolicy default/all ' +
            'allows nothing out to port 53; 2 other workloads are in the same situation',
          related: [
            '10:41 the name that it looks up',
            '21:41 the name that it looks up',
            '32:41 the name that it looks up',
          ],
        },
      ],
    },
    {
      name: 'by TCP only',
      yaml: documents(
        webPod,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - ports: [{ port: 53 }]
              - to: [{ podSelector: { matchLabels: { app: catalog } } }]
        `,
      ),
      errors: [
        {
          id: 'tcp',
          line: 45,
          column: 3,
          endColumn: 9,
          message:
            'Pod default/web looks up Service default/catalog by UDP, and NetworkPolicy default/web allows port 53 for TCP only',
          related: ['10:41 the name that it looks up'],
        },
      ],
    },
    {
      name: 'by TCP, and by UDP at a port where no DNS of kube-system listens',
      yaml: documents(
        webPod,
        catalogDeployment,
        catalogService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - to:
                  - namespaceSelector:
                      matchLabels: { kubernetes.io/metadata.name: kube-system }
                ports: [{ port: 53 }, { port: 5353, protocol: UDP }]
              - to: [{ podSelector: { matchLabels: { app: catalog } } }]
        `,
      ),
      errors: [
        {
          id: 'tcp',
          line: 45,
          column: 3,
          endColumn: 9,
          message:
            'Pod default/web looks up Service default/catalog by UDP, and NetworkPolicy default/web allows port 53 for TCP only',
          related: ['10:41 the name that it looks up'],
        },
      ],
    },
    {
      name: 'the Service, but not its name',
      yaml: documents(callerOfCatalog, catalogDeployment, catalogService, webNetworkPolicy),
      errors: [
        {
          id: 'closed',
          line: 53,
          column: 3,
          endColumn: 9,
          message:
            'Deployment default/web looks up Service default/catalog, and NetworkPolicy default/web allows nothing out to port 53',
          related: ['18:29 the name that it looks up'],
        },
      ],
    },
    {
      name: 'every port of the Service only',
      yaml: documents(
        app('web')`
          env:
            - name: API_URL
              value: http://api
        `,
        apiDeployment,
        apiService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - to:
                  - podSelector: { matchLabels: { app: api } }
        `,
      ),
      errors: [
        {
          id: 'closed',
          line: 53,
          column: 3,
          endColumn: 9,
          message:
            'Deployment default/web looks up Service default/api, and NetworkPolicy default/web allows nothing out to port 53',
          related: ['18:29 the name that it looks up'],
        },
      ],
    },
    {
      name: 'another namespace',
      yaml: documents(
        app('web')`
          env:
            - name: API_URL
              value: http://api
        `,
        apiDeployment,
        apiService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - to:
                  - podSelector: { matchLabels: { app: api } }
                  - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }
        `,
      ),
      errors: [
        {
          id: 'closed',
          line: 53,
          column: 3,
          endColumn: 9,
          message:
            'Deployment default/web looks up Service default/api, and NetworkPolicy default/web allows nothing out to port 53',
          related: ['18:29 the name that it looks up'],
        },
      ],
    },
    {
      name: 'the port of OpenShift in kube-system',
      yaml: documents(
        frontDeployment,
        apiDeployment,
        serviceFor('api')`ports: [{ name: http, port: 80, targetPort: http }]`,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: front
          spec:
            podSelector: { matchLabels: { app: front } }
            policyTypes: [Egress]
            egress:
              - to: [{ podSelector: { matchLabels: { app: api } } }]
              - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]
                ports: [{ port: 5353, protocol: UDP }, { port: 5353 }]
        `,
      ),
      errors: [
        {
          id: 'closed',
          line: 49,
          column: 3,
          endColumn: 9,
          message:
            'Deployment default/front looks up Service default/api, and NetworkPolicy default/front allows nothing out to port 53',
          related: ['16:49 the name that it looks up'],
        },
      ],
    },
  ],
});
