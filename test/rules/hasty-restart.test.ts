import { hastyRestart } from '../../rules/resilience/hasty-restart.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webService } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

testRule(hastyRestart, {
  valid: [
    {
      name: 'the default',
      yaml: documents(
        app('web')`
          livenessProbe:
            httpGet: { path: /live, port: http }
            periodSeconds: 5
        `,
        webService,
      ),
    },
    {
      name: 'asked seldom',
      yaml: documents(
        app('web')`
          livenessProbe:
            httpGet: { path: /live, port: http }
            periodSeconds: 60
            failureThreshold: 1
        `,
        webService,
      ),
    },
    {
      name: 'no Service',
      yaml: app('web')`
        livenessProbe:
          httpGet: { path: /live, port: http }
          failureThreshold: 1
      `,
    },
    {
      name: 'time to start',
      yaml: documents(
        app('web')`
          startupProbe:
            httpGet: { path: /live, port: http }
            failureThreshold: 30
        `,
        webService,
      ),
    },
  ],
  invalid: [
    {
      name: 'once',
      yaml: documents(
        app('web')`
          livenessProbe:
            httpGet: { path: /live, port: http }
            periodSeconds: 2
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
            'one answer that takes longer than 1 s restarts the container; it is asked every 2 s',
        },
      ],
    },
    {
      name: 'no time to start',
      yaml: documents(
        app('web')`
          startupProbe:
            httpGet: { path: /live, port: http }
            periodSeconds: 1
            failureThreshold: 1
        `,
        webService,
      ),
      errors: [
        {
          id: 'start',
          line: 16,
          column: 11,
          endColumn: 23,
          message: 'a container that has not started within 1 s is killed, and begins again',
        },
      ],
    },
    {
      name: 'little time to start',
      yaml: documents(
        app('web')`
          startupProbe:
            httpGet: { path: /live, port: http }
            periodSeconds: 2
        `,
        webService,
      ),
      errors: [
        {
          id: 'start',
          line: 16,
          column: 11,
          endColumn: 23,
          severity: 'info',
          message: 'a container that has not started within 6 s is killed, and begins again',
        },
      ],
    },
  ],
});
