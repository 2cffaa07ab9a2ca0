import { livenessBeforeReadiness } from '../../rules/resilience/liveness-before-readiness.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webService } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

testRule(livenessBeforeReadiness, {
  valid: [
    {
      name: 'later',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
            initialDelaySeconds: 30
          livenessProbe:
            httpGet: { path: /live, port: http }
            initialDelaySeconds: 30
        `,
        webService,
      ),
    },
    {
      name: 'a startup probe',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
            initialDelaySeconds: 120
          livenessProbe:
            httpGet: { path: /live, port: http }
            initialDelaySeconds: 0
          startupProbe:
            httpGet: { path: /live, port: http }
            failureThreshold: 30
        `,
        webService,
      ),
    },
    {
      name: 'no Service',
      yaml: app('web')`
        readinessProbe:
          httpGet: { path: /ready, port: http }
          initialDelaySeconds: 120
        livenessProbe:
          httpGet: { path: /live, port: http }
          initialDelaySeconds: 0
      `,
    },
  ],
  invalid: [
    {
      name: 'earlier',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
            initialDelaySeconds: 120
          livenessProbe:
            httpGet: { path: /live, port: http }
            initialDelaySeconds: 5
        `,
        webService,
      ),
      errors: [
        {
          id: 'early',
          line: 19,
          column: 11,
          endColumn: 24,
          message:
            'livenessProbe may kill the container 25 s after its start, and readinessProbe first asks after 120 s',
          related: ['18:34 how long it is expected to take'],
        },
      ],
    },
  ],
});
