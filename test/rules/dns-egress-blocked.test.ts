import { dnsEgressBlocked } from '../../rules/policy/dns-egress-blocked.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, apiService, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const catalogDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: catalog
  spec:
    selector:
      matchLabels: { app: catalog }
    template:
      metadata:
        labels: { app: catalog }
      spec:
        containers:
          - name: catalog
            image: shop/catalog:1.4
            ports: [{ name: http, containerPort: 8080 }]
`;
const catalogService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: catalog
  spec:
    selector: { app: catalog }
    ports:
      - port: 80
        targetPort: http
`;

testRule(dnsEgressBlocked, {
  valid: [
    {
      name: 'allowed',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API
                        value: http://catalog
        `,
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
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API
                        value: http://catalog
        `,
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
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API
                        value: http://catalog
        `,
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
      name: 'no name is looked up',
      yaml: documents(
        webDeployment,
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
        `,
      ),
    },
    {
      name: 'a port by name',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API
                        value: http://catalog
        `,
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
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
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
  ],
  invalid: [
    {
      name: 'the Service, but not its name',
      yaml: documents(
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
                    env:
                      - name: API
                        value: http://catalog
        `,
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
        `,
      ),
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
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
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
        yaml`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                containers:
                  - name: web
                    image: shop/web:1.4
                    ports: [{ name: http, containerPort: 8080 }]
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
  ],
});
