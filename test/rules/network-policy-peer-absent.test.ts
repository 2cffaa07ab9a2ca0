import { networkPolicyPeerAbsent } from '../../rules/policy/network-policy-peer-absent.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, webDeployment } from '../support/shop.ts';
import { documents, workload, yaml } from '../support/yaml.ts';

const gateDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata: { name: gate, namespace: front }
  spec:
    selector: { matchLabels: { app: gate } }
    template:
      metadata: { labels: { app: gate } }
      spec:
        containers:
          - name: main
            image: example.org/gate:1
            ports: [{ containerPort: 8080 }]
`;

const webNetworkPolicy = yaml`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata:
    name: web
  spec:
    podSelector: { matchLabels: { app: web } }
    policyTypes: [Egress]
    egress:
      - to: [{ namespaceSelector: { matchLabels: { name: kube-system } } }]
        ports: [{ protocol: UDP, port: 53 }]
`;
const guardNetworkPolicy = yaml`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: { name: guard, namespace: shop }
  spec:
    podSelector: {}
    ingress:
      - from:
          - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: front } }
`;
const jobsNamespace = yaml`
  apiVersion: v1
  kind: Namespace
  metadata:
    name: jobs
    labels:
      team: logistics
`;

/** A policy with a label of its own that lets pods of any namespace be called. */
const outTo = (labels: string): string => yaml`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: { name: guard, namespace: shop, labels: { tier: live } }
  spec:
    podSelector: {}
    policyTypes: [Egress]
    egress:
      - to:
          - namespaceSelector: {}
            podSelector: { matchLabels: ${labels} }
`;

testRule(networkPolicyPeerAbsent, {
  valid: [
    {
      name: 'a label that is not one of the policy',
      yaml: outTo('{ k8s-app: kube-dns, app: coredns }'),
    },
    {
      name: 'a label that other pods do not have',
      yaml: outTo('{ k8s-app: kube-dns, tier: live }') + workload('web', { namespace: 'shop' }),
    },
    {
      name: 'a label that is named for the program',
      yaml: outTo('{ k8s-app: kube-dns, of: all-kube-dns }').replace(
        'tier: live',
        'of: all-kube-dns',
      ),
    },
    {
      name: 'pods that were read, and have the label',
      yaml: documents(
        outTo('{ k8s-app: kube-dns, tier: live }'),
        yaml`
          apiVersion: v1
          kind: Pod
          metadata: { name: dns, namespace: edge, labels: { k8s-app: kube-dns, tier: live } }
          spec: { containers: [{ name: dns, image: coredns/coredns:1.12.0 }] }
        `,
      ),
    },
    {
      name: 'the DNS of the cluster, asked for in a namespace that is not written',
      yaml: documents(yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: { name: guard }
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress:
            - to:
                - podSelector: { matchLabels: { k8s-app: kube-dns } }
      `),
    },
    {
      name: 'the namespace has the label',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector: { matchLabels: { team: front } }
          ---
          apiVersion: v1
          kind: Namespace
          metadata: { name: front, labels: { team: front } }
        `,
        gateDeployment,
      ),
    },
    {
      name: 'the name that every namespace has',
      yaml: documents(
        guardNetworkPolicy,
        yaml`
            apiVersion: v1
            kind: Namespace
            metadata: { name: front }
          `,
        gateDeployment,
      ),
    },
    {
      name: 'no Namespace was read',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector: { matchLabels: { name: front } }
        `,
        gateDeployment,
      ),
    },
    {
      name: 'a namespace that was not read',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector: { matchLabels: { name: monitoring } }
          ---
          apiVersion: v1
          kind: Namespace
          metadata: { name: front }
        `,
        gateDeployment,
      ),
    },
    {
      name: 'pods of the own namespace',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: { name: guard, namespace: shop }
        spec:
          podSelector: {}
          ingress:
            - from:
                - podSelector: { matchLabels: { app: traefik } }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: edge, namespace: shop }
        spec:
          selector: { matchLabels: { app: traefik } }
          template:
            metadata: { labels: { app: traefik } }
            spec:
              containers:
                - name: main
                  image: example.org/edge:1
                  ports: [{ containerPort: 8080 }]
      `,
    },
    {
      name: 'a controller with its namespace',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector: {}
                    podSelector: { matchLabels: { app.kubernetes.io/name: ingress-nginx } }
        `,
        deployment('web', { namespace: 'shop' })`
          containers:
            - name: main
              image: example.org/web:1
              ports: [{ containerPort: 8080 }]
        `,
      ),
    },
    {
      name: 'the policy of the controller',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: traefik }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - podSelector: { matchLabels: { app.kubernetes.io/name: traefik } }
        `,
        deployment('whoami', { namespace: 'traefik' })`
          containers:
            - name: main
              image: example.org/whoami:1
              ports: [{ containerPort: 8080 }]
        `,
      ),
    },
    {
      name: 'the name of a namespace',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Egress]
            egress:
              - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]
                ports: [{ protocol: UDP, port: 53 }]
          ---
          apiVersion: v1
          kind: Namespace
          metadata:
            name: shop
        `,
      ),
    },
    {
      name: 'a namespace that was read',
      yaml: documents(
        webDeployment,
        webNetworkPolicy,
        yaml`
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
            ---
            apiVersion: v1
            kind: Namespace
            metadata:
              name: kube-system
              labels: { name: kube-system }
          `,
      ),
    },
    {
      name: 'a label that no namespace has nearly',
      yaml: documents(
        jobsNamespace,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
            namespace: shop
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector:
                      matchLabels:
                        team: payments
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'the name under a key of its own',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector: { matchLabels: { name: front } }
          ---
          apiVersion: v1
          kind: Namespace
          metadata: { name: front }
        `,
        gateDeployment,
      ),
      errors: [
        {
          id: 'name',
          line: 8,
          column: 47,
          endColumn: 51,
          message: 'namespace front has no label name=front, and no other one that was read',
          related: ['12:19 this namespace'],
        },
      ],
    },
    {
      name: 'a name misspelt',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: fornt } }
          ---
          apiVersion: v1
          kind: Namespace
          metadata: { name: front }
        `,
        gateDeployment,
      ),
      errors: [
        {
          id: 'slip',
          line: 8,
          column: 76,
          endColumn: 81,
          message: 'no namespace that was read is named "fornt"; did you mean "front"?',
          related: ['12:19 this namespace'],
        },
      ],
      output: [['fornt', 'front']],
    },
    {
      name: 'labels of pods',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector: { matchLabels: { app: gate } }
          ---
          apiVersion: v1
          kind: Namespace
          metadata: { name: front, labels: { team: a } }
        `,
        gateDeployment,
      ),
      errors: [
        {
          id: 'pods',
          line: 8,
          column: 47,
          endColumn: 50,
          message:
            'no namespace that was read has app=gate; the pods of Deployment front/gate have, in namespace front',
          related: ['12:19 this namespace'],
        },
      ],
    },
    {
      name: 'a controller that runs elsewhere',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - podSelector: { matchLabels: { app.kubernetes.io/name: ingress-nginx } }
        `,
        deployment('web', { namespace: 'shop' })`
          containers:
            - name: main
              image: example.org/web:1
              ports: [{ containerPort: 8080 }]
        `,
      ),
      errors: [
        {
          id: 'guest',
          line: 8,
          column: 41,
          endColumn: 63,
          message:
            'no pod in namespace shop has app.kubernetes.io/name=ingress-nginx: those pods run in a namespace of their own',
        },
      ],
    },
    {
      name: 'a label that a kustomization puts on everything',
      yaml: outTo('{ k8s-app: kube-dns, tier: live }'),
      errors: [
        {
          id: 'added',
          line: 10,
          column: 60,
          endColumn: 64,
          message:
            'pods with k8s-app=kube-dns do not have tier=live, which is a label of everything here',
          related: ['10:11 the peer'],
        },
      ],
    },
    {
      name: 'the DNS of the cluster',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            policyTypes: [Egress]
            egress:
              - to:
                  - podSelector: { matchLabels: { k8s-app: kube-dns } }
        `,
        deployment('web', { namespace: 'shop' })`
          containers:
            - name: main
              image: example.org/web:1
              ports: [{ containerPort: 8080 }]
        `,
      ),
      errors: [
        {
          id: 'guest',
          line: 9,
          column: 41,
          endColumn: 48,
          message:
            'no pod in namespace shop has k8s-app=kube-dns: those pods run in a namespace of their own',
        },
      ],
    },
    {
      name: 'a controller whose namespace is let through whole beside it',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: { name: guard, namespace: shop }
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector: { matchLabels: { name: ingress-nginx } }
                  - podSelector: { matchLabels: { app: ingress-nginx } }
        `,
        deployment('web', { namespace: 'shop' })`
          containers:
            - name: main
              image: example.org/web:1
        `,
      ),
      errors: [
        {
          id: 'guest',
          severity: 'info',
          line: 9,
          column: 41,
          endColumn: 44,
          message:
            'no pod in namespace shop has app=ingress-nginx: those pods run in a namespace of their own',
        },
      ],
    },
    {
      name: 'the DNS of the cluster, whose namespace is an item of its own, where no pod was read',
      yaml: documents(yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: { name: guard, namespace: shop }
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress:
            - to:
                - podSelector: { matchLabels: { k8s-app: kube-dns } }
                - namespaceSelector: { matchLabels: { dns: "yes" } }
      `),
      errors: [
        {
          id: 'guest',
          line: 9,
          column: 41,
          endColumn: 48,
          message:
            'no pod in namespace shop has k8s-app=kube-dns: those pods run in a namespace of their own',
        },
      ],
    },
    {
      name: 'a label of kube-system',
      yaml: documents(
        webDeployment,
        webNetworkPolicy,
        yaml`
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
          `,
      ),
      errors: [
        {
          id: 'system',
          line: 25,
          column: 50,
          endColumn: 54,
          severity: 'info',
          message: 'namespace kube-system has the label name only where somebody has put it on',
        },
      ],
    },
    {
      name: 'a key that is misspelt',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: jobs
          labels:
            reach-shops: "true"
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
          namespace: shop
        spec:
          podSelector: {}
          ingress:
            - from:
                - namespaceSelector:
                    matchLabels:
                      reach-shop: "true"
      `,
      errors: [
        {
          id: 'label',
          line: 19,
          column: 15,
          endColumn: 25,
          message:
            'no namespace that was read has reach-shop=true; namespace jobs has reach-shops=true',
          related: ['4:9 this namespace'],
        },
      ],
    },
    {
      name: 'a value that is misspelt',
      yaml: documents(
        jobsNamespace,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
            namespace: shop
          spec:
            podSelector: {}
            ingress:
              - from:
                  - namespaceSelector:
                      matchLabels:
                        team: logistic
        `,
      ),
      errors: [
        {
          id: 'label',
          line: 19,
          column: 21,
          endColumn: 29,
          message:
            'no namespace that was read has team=logistic; namespace jobs has team=logistics',
          related: ['4:9 this namespace'],
        },
      ],
    },
  ],
});
