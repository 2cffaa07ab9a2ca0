import { nodeSelectionContradicts } from '../../rules/selector/node-selection-contradicts.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, webDeployment } from '../support/shop.ts';

testRule(nodeSelectionContradicts, {
  valid: [
    {
      name: 'the same',
      yaml: deployment('web')`
        nodeSelector:
          kubernetes.io/os: linux
        affinity:
          nodeAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              nodeSelectorTerms:
                - matchExpressions:
                    - { key: kubernetes.io/os, operator: In, values: [linux] }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'another label',
      yaml: deployment('web')`
        nodeSelector:
          kubernetes.io/os: linux
        affinity:
          nodeAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              nodeSelectorTerms:
                - matchExpressions:
                    - { key: kubernetes.io/os, operator: In, values: [linux, windows] }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
    {
      name: 'nothing asked',
      yaml: webDeployment,
    },
    {
      name: 'one term that a node may fit',
      yaml: deployment('front')`
        containers:
          - name: front
            image: shop/front:1.4
            ports: [{ name: http, containerPort: 8080 }]
        affinity:
          nodeAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              nodeSelectorTerms:
                - matchExpressions:
                    - { key: zone, operator: In, values: [a] }
                    - { key: zone, operator: In, values: [b] }
                - matchExpressions:
                    - { key: zone, operator: In, values: [a, b] }
                    - { key: zone, operator: NotIn, values: [b] }
      `,
    },
  ],
  invalid: [
    {
      name: 'another value',
      yaml: deployment('web')`
        nodeSelector:
          kubernetes.io/os: linux
        affinity:
          nodeAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              nodeSelectorTerms:
                - matchExpressions:
                    - { key: kubernetes.io/os, operator: In, values: [windows] }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'affinity',
          line: 13,
          column: 27,
          endColumn: 32,
          message:
            'nodeSelector asks for kubernetes.io/os=linux, and no term of the required node affinity allows it',
          related: ['15:9 asks for another value'],
        },
      ],
    },
    {
      name: 'ruled out',
      yaml: deployment('web')`
        nodeSelector:
          kubernetes.io/os: linux
        affinity:
          nodeAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              nodeSelectorTerms:
                - matchExpressions:
                    - { key: kubernetes.io/os, operator: NotIn, values: [linux] }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'affinity',
          line: 13,
          column: 27,
          endColumn: 32,
          message:
            'nodeSelector asks for kubernetes.io/os=linux, and no term of the required node affinity allows it',
          related: ['15:9 asks for another value'],
        },
      ],
    },
    {
      name: 'the operating system',
      yaml: deployment('web')`
        os: { name: windows }
        nodeSelector:
          kubernetes.io/os: linux
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
      errors: [
        {
          id: 'os',
          line: 14,
          column: 27,
          endColumn: 32,
          message: 'nodeSelector asks for kubernetes.io/os=linux, and spec.os says windows',
        },
      ],
    },
    {
      name: 'values in two expressions',
      yaml: deployment('front')`
        containers:
          - name: front
            image: shop/front:1.4
            ports: [{ name: http, containerPort: 8080 }]
        affinity:
          nodeAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              nodeSelectorTerms:
                - matchExpressions:
                    - { key: zone, operator: In, values: [a] }
                    - { key: zone, operator: In, values: [b] }
      `,
      errors: [
        {
          id: 'itself',
          line: 17,
          column: 9,
          endColumn: 21,
          message: 'what the required node affinity asks of zone rules itself out in every term',
        },
      ],
    },
  ],
});
