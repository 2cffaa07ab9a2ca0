import { schemeMismatch } from '../../rules/port/scheme-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, app, deployment, labelledApiService, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webDeployment = app('web')`
  env:
    - name: API_URL
      value: http://api:443
`;

testRule(schemeMismatch, {
  valid: [
    {
      name: 'plain to plain',
      yaml: documents(
        webDeployment.replace('value: http://api:443', 'value: http://api:80/v1'),
        apiDeployment,
        labelledApiService,
      ),
    },
    {
      name: 'TLS to TLS',
      yaml: documents(
        webDeployment.replace('value: http://api:443', 'value: https://api:443'),
        apiDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        serviceFor('api')`
          ports:
            - name: https
              port: 443
              targetPort: https
        `,
      ),
    },
    {
      name: 'names that contradict each other',
      yaml: documents(
        webDeployment.replace('value: http://api:443', 'value: https://api:443'),
        apiDeployment,
        serviceFor('api')`
          ports:
            - name: https
              port: 443
              targetPort: http
        `,
      ),
    },
    {
      name: 'another port says nothing',
      yaml: documents(
        webDeployment.replace('value: http://api:443', 'value: https://api:8080'),
        apiDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: web, containerPort: 8080 }]',
        ),
        serviceFor('api')`
          ports:
            - port: 8080
        `,
      ),
    },
    {
      name: 'a mesh begins TLS',
      yaml: documents(
        webDeployment,
        apiDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        serviceFor('api')`
            ports:
              - name: https
                port: 443
                targetPort: https
          `,
        yaml`
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata:
              name: api
            spec:
              host: api
              trafficPolicy: { tls: { mode: SIMPLE } }
          `,
      ),
    },
    {
      name: 'a probe that speaks TLS',
      yaml: deployment('web')`
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: https, containerPort: 8443 }]
            readinessProbe:
              httpGet:
                path: /ready
                port: https
                scheme: HTTPS
      `,
    },
    {
      name: 'a monitor that relabels',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: ServiceMonitor
          metadata:
            name: api
          spec:
            selector: { matchLabels: { app: api } }
            endpoints:
              - port: http
                scheme: https
                relabelings: [{ targetLabel: __scheme__, replacement: http }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'TLS to port 80',
      yaml: documents(
        webDeployment.replace('value: http://api:443', 'value: https://api:80/v1'),
        apiDeployment,
        labelledApiService,
      ),
      errors: [
        {
          id: 'encrypted',
          line: 18,
          column: 30,
          endColumn: 33,
          message: 'it speaks TLS to port http of Service api, which is for plain HTTP',
          related: ['44:7 the port'],
        },
      ],
    },
    {
      name: 'plain to port 443',
      yaml: documents(
        webDeployment,
        apiDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        yaml`
            apiVersion: v1
            kind: Service
            metadata:
              name: api
            spec:
              selector: { app: api }
              ports:
                - name: https
                  port: 443
                  targetPort: https
          `,
      ),
      errors: [
        {
          id: 'plain',
          line: 18,
          column: 29,
          endColumn: 32,
          message: 'it speaks plain HTTP to port https of Service api, which is for TLS',
          related: ['43:7 the port'],
        },
      ],
    },
    {
      name: 'by the number alone',
      yaml: documents(
        webDeployment,
        apiDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: web, containerPort: 8443 }]',
        ),
        yaml`
            apiVersion: v1
            kind: Service
            metadata:
              name: api
            spec:
              selector: { app: api }
              ports:
                - port: 443
                  targetPort: 8443
          `,
      ),
      errors: [
        {
          id: 'plain',
          line: 18,
          column: 29,
          endColumn: 32,
          message: 'it speaks plain HTTP to port 443 of Service api, which is for TLS',
          related: ['43:7 the port'],
        },
      ],
    },
    {
      name: 'a probe',
      yaml: deployment('web')`
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: https, containerPort: 8443 }]
            readinessProbe:
              httpGet:
                path: /ready
                port: https
                scheme: HTTP
      `,
      errors: [
        {
          id: 'plain',
          line: 20,
          column: 23,
          endColumn: 27,
          message: 'it speaks plain HTTP to port https of container web, which is for TLS',
          related: ['15:11 the port'],
        },
      ],
    },
    {
      name: 'a probe without a scheme',
      yaml: deployment('web')`
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: https, containerPort: 8443 }]
            readinessProbe:
              httpGet:
                path: /ready
                port: 8443
      `,
      errors: [
        {
          id: 'plain',
          line: 19,
          column: 21,
          endColumn: 25,
          severity: 'info',
          message: 'it speaks plain HTTP to port https of container web, which is for TLS',
          related: ['15:11 the port'],
        },
      ],
    },
    {
      name: 'a probe of a plain port',
      yaml: deployment('web')`
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
            readinessProbe:
              httpGet:
                path: /ready
                port: http
                scheme: HTTPS
      `,
      errors: [
        {
          id: 'encrypted',
          line: 20,
          column: 23,
          endColumn: 28,
          severity: 'info',
          message: 'it speaks TLS to port http of container web, which is for plain HTTP',
          related: ['15:11 the port'],
        },
      ],
    },
    {
      name: 'a monitor',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        yaml`
          apiVersion: monitoring.coreos.com/v1
          kind: ServiceMonitor
          metadata:
            name: api
          spec:
            selector: { matchLabels: { app: api } }
            endpoints:
              - port: http
                scheme: https
        `,
      ),
      errors: [
        {
          id: 'encrypted',
          line: 37,
          column: 15,
          endColumn: 20,
          message: 'it speaks TLS to port http of Service api, which is for plain HTTP',
          related: ['25:7 the port'],
        },
      ],
    },
    {
      name: 'a monitor of a TLS port',
      yaml: documents(
        apiDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: api
            labels: { app: api }
          spec:
            selector: { app: api }
            ports:
              - name: https
                port: 443
                targetPort: https
          ---
          apiVersion: monitoring.coreos.com/v1
          kind: ServiceMonitor
          metadata:
            name: api
          spec:
            selector: { matchLabels: { app: api } }
            endpoints:
              - port: https
        `,
      ),
      errors: [
        {
          id: 'plain',
          line: 36,
          column: 13,
          endColumn: 18,
          message: 'it speaks plain HTTP to port https of Service api, which is for TLS',
          related: ['25:7 the port'],
        },
      ],
    },
  ],
});
