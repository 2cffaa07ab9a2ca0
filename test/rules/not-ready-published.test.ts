import { notReadyPublished } from '../../rules/name/not-ready-published.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(notReadyPublished, {
  valid: [
    {
      name: 'headless',
      yaml: documents(
        app('web')`
          readinessProbe:
            httpGet: { path: /ready, port: http }
        `,
        serviceFor('web')`
          publishNotReadyAddresses: true
          clusterIP: None
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'no probe',
      yaml: documents(
        webDeployment,
        serviceFor('web')`
          publishNotReadyAddresses: true
          ports:
            - port: 80
              targetPort: http
        `,
      ),
    },
    {
      name: 'not set',
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
      name: 'a cluster IP',
      yaml: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels: { app: web }
          template:
            metadata:
              labels: { app: web }
            spec:
              containers:
                - name: web
                  image: shop/web:1.4
                  ports: [{ name: http, containerPort: 8080 }]
                  readinessProbe:
                    httpGet: { path: /ready, port: http }
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
        spec:
          publishNotReadyAddresses: true
          selector: { app: web }
          ports:
            - port: 80
              targetPort: http
      `,
      errors: [
        {
          id: 'published',
          line: 24,
          column: 3,
          endColumn: 27,
          message:
            'the readiness probes of Deployment default/web have no say: pods that start, or that fail, get requests',
          related: ['4:9 its pods'],
        },
      ],
    },
  ],
});
