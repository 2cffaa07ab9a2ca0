import { rootNotAllowed } from '../../rules/manifest/root-not-allowed.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment } from '../support/shop.ts';

testRule(rootNotAllowed, {
  valid: [
    {
      name: 'another user',
      yaml: app('front')`securityContext: { runAsNonRoot: true, runAsUser: 1000 }`,
    },
    {
      name: 'an image that runs as somebody',
      yaml: deployment('front')`
        containers:
          - name: front
            image: nginxinc/nginx-unprivileged:1.27
            ports: [{ name: http, containerPort: 8080 }]
        securityContext: { runAsNonRoot: true }
      `,
    },
    {
      name: 'root where nobody forbids it',
      yaml: deployment('front')`
        containers:
          - name: front
            image: nginx:1.27
            ports: [{ name: http, containerPort: 8080 }]
            securityContext: { runAsUser: 0 }
      `,
    },
    {
      name: 'one container may',
      yaml: deployment('front')`
        containers:
          - name: front
            image: nginx:1.27
            ports: [{ name: http, containerPort: 8080 }]
            securityContext: { runAsNonRoot: false }
        securityContext: { runAsNonRoot: true }
      `,
    },
    {
      name: 'the user of the pod',
      yaml: deployment('front')`
        containers:
          - name: front
            image: nginx:1.27
            ports: [{ name: http, containerPort: 8080 }]
        securityContext: { runAsNonRoot: true, runAsUser: 101 }
      `,
    },
  ],
  invalid: [
    {
      name: 'user 0',
      yaml: app('front')`securityContext: { runAsNonRoot: true, runAsUser: 0 }`,
      errors: [
        {
          id: 'user',
          line: 16,
          column: 61,
          endColumn: 62,
          message: 'runAsUser 0 is root, and runAsNonRoot forbids it',
        },
      ],
    },
    {
      name: 'user 0 of the pod',
      yaml: deployment('front')`
        containers:
          - name: front
            image: shop/front:1.4
            ports: [{ name: http, containerPort: 8080 }]
            securityContext: { runAsNonRoot: true }
        securityContext: { runAsUser: 0 }
      `,
      errors: [
        {
          id: 'user',
          line: 17,
          column: 37,
          endColumn: 38,
          message: 'runAsUser 0 is root, and runAsNonRoot forbids it',
        },
      ],
    },
    {
      name: 'an image that runs as root',
      yaml: deployment('front')`
        containers:
          - name: front
            image: nginx:1.27
            ports: [{ name: http, containerPort: 8080 }]
        securityContext: { runAsNonRoot: true }
      `,
      errors: [
        {
          id: 'image',
          line: 14,
          column: 18,
          endColumn: 28,
          severity: 'warning',
          message:
            'nginx:1.27 runs as root unless runAsUser says otherwise, and runAsNonRoot forbids it',
        },
      ],
    },
  ],
});
