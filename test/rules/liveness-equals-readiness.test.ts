import { livenessEqualsReadiness } from '../../rules/resilience/liveness-equals-readiness.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, webService } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

testRule(livenessEqualsReadiness, {
  valid: [
    {
      name: 'the liveness probe is more patient',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /healthz, port: http }
          livenessProbe:
            httpGet: { path: /healthz, port: http }
            failureThreshold: 10
        `,
        webService,
      ),
    },
    {
      name: 'another question',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /healthz, port: http }
          livenessProbe:
            httpGet: { path: /live, port: http }
        `,
        webService,
      ),
    },
    {
      name: 'no Service in front',
      yaml: app('web')`
        readinessProbe:
          httpGet: { path: /healthz, port: http }
        livenessProbe:
          httpGet: { path: /healthz, port: http }
      `,
    },
    {
      name: 'one of the two',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
        `,
        webService,
      ),
    },
  ],
  invalid: [
    {
      name: 'the same in all',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /healthz, port: http }
          livenessProbe:
            httpGet: { path: /healthz, port: http }
        `,
        webService,
      ),
      errors: [
        {
          id: 'same',
          line: 18,
          column: 11,
          endColumn: 24,
          message:
            'livenessProbe asks the same as readinessProbe and kills the container after 30 s; it leaves the endpoints after 30 s',
          related: ['16:11 asks the same'],
        },
      ],
    },
    {
      name: 'more often',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /healthz, port: http }
          livenessProbe:
            httpGet: { path: /healthz, port: http }
            periodSeconds: 5
        `,
        webService,
      ),
      errors: [
        {
          id: 'same',
          line: 18,
          column: 11,
          endColumn: 24,
          message:
            'livenessProbe asks the same as readinessProbe and kills the container after 15 s; it leaves the endpoints after 30 s',
          related: ['16:11 asks the same'],
        },
      ],
    },
  ],
});
