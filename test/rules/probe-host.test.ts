import { probeHost } from '../../rules/probe/probe-host.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment } from '../support/shop.ts';
import { yaml } from '../support/yaml.ts';

testRule(probeHost, {
  valid: [
    {
      name: 'without a host',
      yaml: yaml`
        apiVersion: v1
        kind: Pod
        metadata: { name: web }
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              readinessProbe:
                httpGet: { path: /ready, port: 8080 }
      `,
    },
    {
      name: 'on the network of the host',
      yaml: yaml`
        apiVersion: v1
        kind: Pod
        metadata: { name: web }
        spec:
          hostNetwork: true
          containers:
            - name: web
              image: shop/web:1.4
              readinessProbe:
                httpGet: { host: 127.0.0.1, path: /ready, port: 8080 }
      `,
    },
  ],
  invalid: [
    {
      name: 'localhost',
      yaml: yaml`
        apiVersion: v1
        kind: Pod
        metadata: { name: web }
        spec:
          containers:
            - name: web
              image: shop/web:1.4
              readinessProbe:
                httpGet: { host: localhost, path: /ready, port: 8080 }
      `,
      errors: [
        {
          id: 'node',
          line: 9,
          column: 26,
          endColumn: 35,
          message: 'readinessProbe dials localhost, which is the node that the pod runs on',
        },
      ],
    },
    {
      name: 'addresses of the loopback',
      yaml: deployment('web')`
        containers:
          - name: web
            image: shop/web:1.4
            startupProbe:
              tcpSocket: { host: "::1", port: 8080 }
            livenessProbe:
              tcpSocket: { host: 127.0.0.1, port: 8080 }
      `,
      errors: [
        {
          id: 'node',
          line: 16,
          column: 32,
          endColumn: 37,
          message: 'startupProbe dials ::1, which is the node that the pod runs on',
        },
        {
          id: 'node',
          line: 18,
          column: 32,
          endColumn: 41,
          message: 'livenessProbe dials 127.0.0.1, which is the node that the pod runs on',
        },
      ],
    },
  ],
});
