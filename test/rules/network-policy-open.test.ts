import { networkPolicyOpen } from '../../rules/security/network-policy-open.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(networkPolicyOpen, {
  valid: [
    {
      name: 'pods',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - podSelector: { matchLabels: { app: front } }
      `,
    },
    {
      name: 'a network',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - ipBlock: { cidr: 203.0.113.0/24 }
      `,
    },
    {
      name: 'all but some',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] }
      `,
    },
    {
      name: 'a namespace',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: edge } }
      `,
    },
    {
      name: 'pods of every namespace',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - namespaceSelector: {}
                  podSelector: { matchLabels: { app: front } }
      `,
    },
    {
      name: 'that a namespace is open',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: front
        spec:
          podSelector: {}
          policyTypes: [Ingress]
          ingress: [{}]
      `,
    },
    {
      name: 'networks outside that pods call',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: front
        spec:
          podSelector: { matchLabels: { app: front } }
          policyTypes: [Egress]
          egress:
            - to: [{ ipBlock: { cidr: 192.0.2.0/24 } }]
      `,
    },
  ],
  invalid: [
    {
      name: 'beside the callers',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - podSelector: { matchLabels: { app: front } }
                - ipBlock: { cidr: 0.0.0.0/0 }
      `,
      errors: [
        {
          id: 'beside',
          line: 10,
          column: 28,
          endColumn: 37,
          message: '0.0.0.0/0 is every address: the other peers of this rule add nothing to it',
        },
      ],
    },
    {
      name: 'for all pods',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: {}
          ingress:
            - from:
                - ipBlock: { cidr: 0.0.0.0/0 }
      `,
      errors: [
        {
          id: 'range',
          line: 9,
          column: 28,
          endColumn: 37,
          message: '0.0.0.0/0 is every address, pods of the cluster included',
        },
      ],
    },
    {
      name: 'for some',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - ipBlock: { cidr: "::/0" }
      `,
      errors: [
        {
          id: 'range',
          line: 9,
          column: 28,
          endColumn: 34,
          severity: 'info',
          message: '::/0 is every address, pods of the cluster included',
        },
      ],
    },
    {
      name: 'Services',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - ipBlock: { cidr: 10.96.0.10/32 }
      `,
      errors: [
        {
          id: 'services',
          line: 9,
          column: 28,
          endColumn: 41,
          message:
            '10.96.0.10/32 looks like the addresses of Services, which are changed to those of pods before a policy sees a packet',
        },
      ],
    },
    {
      name: 'pods by address',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - ipBlock: { cidr: 10.244.1.7/32 }
      `,
      errors: [
        {
          id: 'pods',
          line: 9,
          column: 28,
          endColumn: 41,
          severity: 'info',
          message:
            '10.244.1.7/32 looks like the range of pods in kubeadm, kind and flannel: addresses there are given out anew with every pod',
        },
      ],
    },
    {
      name: 'every namespace',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
        spec:
          podSelector: { matchLabels: { app: web } }
          ingress:
            - from:
                - namespaceSelector: {}
      `,
      errors: [
        {
          id: 'namespaces',
          line: 9,
          column: 11,
          endColumn: 28,
          severity: 'info',
          message: 'an empty namespaceSelector is every pod of every namespace',
        },
      ],
    },
    {
      name: 'a rule for everybody',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: front
        spec:
          podSelector: { matchLabels: { app: front } }
          policyTypes: [Ingress]
          ingress: [{}]
      `,
      errors: [
        {
          id: 'anything',
          line: 8,
          column: 13,
          endColumn: 15,
          severity: 'info',
          message: 'a rule without peers and ports admits everybody to every port',
        },
      ],
    },
    {
      name: 'addresses of Services that pods call',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: front
        spec:
          podSelector: { matchLabels: { app: front } }
          policyTypes: [Egress]
          egress:
            - to: [{ ipBlock: { cidr: 10.96.0.0/12 } }]
      `,
      errors: [
        {
          id: 'unseen',
          line: 9,
          column: 31,
          endColumn: 43,
          severity: 'info',
          message:
            '10.96.0.0/12 looks like the addresses of Services, which no packet has when a policy sees it: the rule lets nothing out to their pods',
        },
      ],
    },
  ],
});
