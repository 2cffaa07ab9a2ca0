import { graceTooShort } from '../../rules/resilience/grace-too-short.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, webDeployment, webService } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

testRule(graceTooShort, {
  valid: [
    {
      name: 'enough time',
      yaml: documents(
        deployment('web')`
          terminationGracePeriodSeconds: 60
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
              lifecycle:
                preStop:
                  exec: { command: [sleep, "30"] }
        `,
        webService,
      ),
    },
    {
      name: 'no hook',
      yaml: documents(webDeployment, webService),
    },
    {
      name: 'no Service',
      yaml: deployment('web')`
        terminationGracePeriodSeconds: 0
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
      `,
    },
  ],
  invalid: [
    {
      name: 'at once',
      yaml: documents(
        deployment('web')`
          terminationGracePeriodSeconds: 0
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
        `,
        webService,
      ),
      errors: [
        {
          id: 'none',
          line: 12,
          column: 38,
          endColumn: 39,
          message: 'terminationGracePeriodSeconds 0 kills it in the middle of its answers',
        },
      ],
    },
    {
      name: 'a command',
      yaml: documents(
        deployment('web')`
          terminationGracePeriodSeconds: 10
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
              lifecycle:
                preStop:
                  exec: { command: [sh, -c, "sleep 15 && nginx -s quit"] }
        `,
        webService,
      ),
      errors: [
        {
          id: 'hook',
          line: 18,
          column: 13,
          endColumn: 20,
          message: 'preStop sleeps 15 s, and the pod is killed 10 s after it is told to stop',
        },
      ],
    },
    {
      name: 'a hook that sleeps',
      yaml: documents(
        app('web')`
          lifecycle:
            preStop:
              sleep: { seconds: 30 }
        `,
        webService,
      ),
      errors: [
        {
          id: 'hook',
          line: 17,
          column: 13,
          endColumn: 20,
          message: 'preStop sleeps 30 s, and the pod is killed 30 s after it is told to stop',
        },
      ],
    },
  ],
});
