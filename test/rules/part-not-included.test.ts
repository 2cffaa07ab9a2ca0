import { partNotIncluded } from '../../rules/routing/part-not-included.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(partNotIncluded, {
  valid: [
    {
      name: 'a part that is included, and one that stands alone',
      yaml: yaml`
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: root
          namespace: shop
        spec:
          virtualhost:
            fqdn: shop.example.com
          includes:
            - name: cart
              conditions:
                - prefix: /cart
        ---
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: cart
          namespace: shop
        spec:
          routes:
            - services:
                - name: cart
                  port: 80
        ---
        apiVersion: k8s.nginx.org/v1
        kind: VirtualServerRoute
        metadata:
          name: cart
          namespace: shop
        spec:
          host: shop.example.com
      `,
    },
  ],
  invalid: [
    {
      name: 'an HTTPProxy',
      yaml: yaml`
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: root
          namespace: shop
        spec:
          virtualhost:
            fqdn: shop.example.com
        ---
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: cart
          namespace: shop
        spec:
          routes:
            - conditions:
                - prefix: /cart
      `,
      errors: [
        {
          id: 'orphan',
          line: 13,
          column: 9,
          endColumn: 13,
          message: 'no includes name it; HTTPProxy shop/root could',
          related: ['6:1 has includes, or could have'],
        },
      ],
    },
  ],
});
