import { readinessFlaps } from '../../rules/resilience/readiness-flaps.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webService } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

testRule(readinessFlaps, {
  valid: [
    {
      name: 'the default threshold',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
            periodSeconds: 2
        `,
        webService,
      ),
    },
    {
      name: 'asked seldom',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
            failureThreshold: 1
            periodSeconds: 10
        `,
        webService,
      ),
    },
    {
      name: 'no Service in front',
      yaml: app('web')`
        readinessProbe:
          httpGet: { path: /ready, port: http }
          failureThreshold: 1
          periodSeconds: 1
      `,
    },
  ],
  invalid: [
    {
      name: 'every second',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
            periodSeconds: 1
            failureThreshold: 1
        `,
        webService,
      ),
      errors: [
        {
          id: 'once',
          line: 19,
          column: 31,
          endColumn: 32,
          message:
            'one answer that takes longer than 1 s removes the pod from the endpoints; it is asked every 1 s',
          related: ['26:3 Service default/web selects these pods'],
        },
      ],
    },
    {
      name: 'with a longer timeout',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 1
        `,
        webService,
      ),
      errors: [
        {
          id: 'once',
          line: 20,
          column: 31,
          endColumn: 32,
          message:
            'one answer that takes longer than 3 s removes the pod from the endpoints; it is asked every 5 s',
          related: ['27:3 Service default/web selects these pods'],
        },
      ],
    },
  ],
});
