import { injectionMismatch } from '../../rules/routing/injection-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(injectionMismatch, {
  valid: [
    {
      name: 'injected pods and those that are not',
      yaml: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            istio.io/rev: stable
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: plain
          labels:
            istio-injection: disabled
            istio.io/rev: stable
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: gateway
          namespace: plain
          labels:
            sidecar.istio.io/inject: "true"
        spec:
          selector:
            matchLabels: { app: gateway }
          template:
            metadata:
              labels: { app: gateway, sidecar.istio.io/inject: "true" }
            spec:
              containers:
                - name: istio-proxy
                  image: auto
                  securityContext: { runAsUser: 1337 }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: batch
          namespace: shop
        spec:
          selector:
            matchLabels: { app: batch }
          template:
            metadata:
              labels: { app: batch }
              annotations: { sidecar.istio.io/inject: "false" }
            spec:
              securityContext: { runAsUser: 1337 }
              containers:
                - name: batch
                  image: shop/batch:1.4
      `,
    },
    {
      name: 'nobody knows the namespace',
      yaml: deployment('gateway')`
        containers:
          - name: istio-proxy
            image: auto
      `,
    },
  ],
  invalid: [
    {
      name: 'all of it',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: Namespace
          metadata:
            name: shop
            labels:
              istio-injection: enabled
              istio.io/rev: canary
          ---
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
            namespace: shop
            annotations:
              sidecar.istio.io/inject: "false"
          spec:
            selector:
              matchLabels: { app: web }
            template:
              metadata:
                labels: { app: web }
              spec:
                securityContext: { runAsUser: 1337 }
                containers:
                  - name: web
                    image: shop/web:1.4
          ---
          apiVersion: v1
          kind: Namespace
          metadata:
            name: edge
        `,
        deployment('gateway', { namespace: 'edge' })`
          containers:
            - name: istio-proxy
              image: auto
        `,
      ),
      errors: [
        {
          id: 'both',
          line: 7,
          column: 19,
          endColumn: 25,
          message: 'the Namespace has istio-injection as well, so this revision is ignored',
        },
        {
          id: 'misplaced',
          line: 15,
          column: 5,
          endColumn: 28,
          message: 'only pods are asked for it: here it does nothing',
        },
        {
          id: 'user',
          line: 23,
          column: 37,
          endColumn: 41,
          message: "user 1337 is Istio's proxy, and these pods are injected",
        },
        {
          id: 'auto',
          line: 47,
          column: 18,
          endColumn: 22,
          message: 'nothing injects these pods, so nobody fills in the image "auto"',
        },
      ],
    },
  ],
});
