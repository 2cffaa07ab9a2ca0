import { networkPolicyRulesIgnored } from '../../rules/policy/network-policy-rules-ignored.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, serviceFor, webDeployment } from '../support/shop.ts';
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

testRule(networkPolicyRulesIgnored, {
  valid: [
    {
      name: 'both',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Ingress, Egress]
            ingress:
              - from:
                  - podSelector: { matchLabels: { app: front } }
            egress:
              - to:
                  - podSelector: { matchLabels: { app: front } }
        `,
        frontDeployment,
        frontService,
      ),
    },
    {
      name: 'not written',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            egress:
              - to:
                  - podSelector: { matchLabels: { app: front } }
        `,
        frontDeployment,
        frontService,
      ),
    },
    {
      name: 'nothing in the other direction',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Ingress]
            ingress:
              - from:
                  - podSelector: { matchLabels: { app: front } }
            egress: []
        `,
        frontDeployment,
        frontService,
      ),
    },
  ],
  invalid: [
    {
      name: 'ingress',
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
            ingress:
              - from:
                  - podSelector: { matchLabels: { app: front } }
            egress:
              - to:
                  - podSelector: { matchLabels: { app: front } }
        `,
        frontDeployment,
        frontService,
      ),
      errors: [
        {
          id: 'left',
          line: 24,
          column: 3,
          endColumn: 10,
          message:
            'policyTypes has no Ingress: the rules of ingress have no effect, and everything is allowed',
          related: ['23:3 the directions'],
        },
      ],
    },
    {
      name: 'egress',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata:
            name: web
          spec:
            podSelector: { matchLabels: { app: web } }
            policyTypes: [Ingress]
            ingress:
              - from:
                  - podSelector: { matchLabels: { app: front } }
            egress:
              - to:
                  - podSelector: { matchLabels: { app: front } }
        `,
        frontDeployment,
        frontService,
      ),
      errors: [
        {
          id: 'left',
          line: 27,
          column: 3,
          endColumn: 9,
          message:
            'policyTypes has no Egress: the rules of egress have no effect, and everything is allowed',
          related: ['23:3 the directions'],
        },
      ],
    },
    {
      name: 'a peer beside every pod',
      yaml: yaml`
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: store
        spec:
          podSelector:
            matchLabels: { app: store }
          policyTypes: [Ingress, Egress]
          ingress:
            - from:
                - namespaceSelector: {}
                - podSelector:
                    matchLabels: { app: web }
          egress:
            - to:
                - namespaceSelector: {}
                  podSelector:
                    matchLabels: { k8s-app: kube-dns }
                - podSelector:
                    matchLabels: { app: store }
      `,
      errors: [
        {
          id: 'beside',
          line: 12,
          column: 11,
          endColumn: 22,
          message:
            'the empty namespaceSelector beside it is every pod of every namespace: this peer adds nothing',
        },
      ],
    },
  ],
});
