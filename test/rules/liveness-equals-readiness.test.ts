import { livenessEqualsReadiness } from '../../rules/resilience/liveness-equals-readiness.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, webService } from '../support/shop.ts';
import { documents } from '../support/yaml.ts';

testRule(livenessEqualsReadiness, {
  valid: [
    {
      name: 'the liveness probe is more patient',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
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
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
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
      yaml: deployment('web')`
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
            readinessProbe:
              httpGet: { path: /healthz, port: http }
            livenessProbe:
              httpGet: { path: /healthz, port: http }
      `,
    },
    {
      name: 'one of the two',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
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
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
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
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
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
