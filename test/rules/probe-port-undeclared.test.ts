import { probePortUndeclared } from '../../rules/probe/probe-port-undeclared.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const one = '{ name: http, containerPort: 8080 }';
/** The container stands on line 9, more of it from line 10 on. */
const web = (more: string, ports = one, pod = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n    spec:\n      containers: [{ name: main, image: shop, ports: [${ports}],\n          ${more} }]\n${pod}`;
const service = (port: string): string =>
  `---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ ${port} }] }\n`;
const readiness = (port: string): string => `readinessProbe: { httpGet: { port: ${port} } }`;

testRule(probePortUndeclared, {
  valid: [
    {
      name: 'near the digits of a port for statistics',
      yaml: web(readiness('1042'), `${one}, { name: stat, containerPort: 1024 }`),
    },
    {
      name: 'a flag for the health server, and a port that a file of the pods holds',
      yaml: documents(
        deployment('manager')`
          containers:
            - name: manager
              image: registry.acme.io/manager:1
              args: ["--health-probe-bind-address=:8081"]
              livenessProbe: { httpGet: { path: /healthz, port: 8081 } }
        `,
        deployment('b')`
          containers:
            - name: b
              image: registry.acme.io/b:1
              ports: [{ containerPort: 8080 }]
              envFrom: [{ configMapRef: { name: b } }]
              livenessProbe: { httpGet: { path: /healthz, port: 8800 } }
        `,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: b
          data:
            HEALTH_PORT: "8800"
        `,
      ),
    },
    {
      name: 'the port of a stock image, which nothing declares',
      yaml: web(readiness('80'), '').replace('image: shop', 'image: "nginx:1.27"'),
    },
    {
      name: 'a stock image that is told something',
      yaml: web(`args: ["-g"], ${readiness('8888')}`, '').replace('image: shop', 'image: nginx'),
    },
    {
      name: 'a stock image with a configuration of its own',
      yaml: web(
        `volumeMounts: [{ name: c, mountPath: /etc/nginx/conf.d }], ${readiness('8888')}`,
        '',
        '      volumes: [{ name: c, configMap: { name: c } }]\n',
      ).replace('image: shop', 'image: nginx'),
    },
    {
      name: 'an image of somebody else',
      yaml: web(readiness('8080'), '').replace('image: shop', 'image: bitnami/nginx'),
    },
    {
      name: 'one digit other, where another port is of the same hundred',
      yaml: web(
        'livenessProbe: { tcpSocket: { port: 9080 } }',
        '{ containerPort: 9180 }, { containerPort: 9090 }',
      ),
    },
    {
      name: 'probes that agree on a number',
      yaml: web(
        'readinessProbe: { httpGet: { port: 3000 } }, livenessProbe: { httpGet: { port: 3000 } }',
      ),
    },
    { name: 'declared', yaml: web(readiness('8080')) },
    {
      name: 'declared by another container',
      yaml: web(
        readiness('9090') + ' }, { name: other, image: other, ports: [{ containerPort: 9090 }]',
      ),
    },
    { name: 'quite another number', yaml: web(readiness('3000')) },
    { name: 'a neighbour', yaml: web(readiness('8081')) },
    { name: 'nothing is declared', yaml: web(readiness('8008'), '') },
    { name: 'a name is a matter of another rule', yaml: web(readiness('htpt')) },
    {
      name: 'another host',
      yaml: web('livenessProbe: { tcpSocket: { host: 192.0.2.7, port: 8008 } }'),
    },
    {
      name: 'exec has no port',
      yaml: web('livenessProbe: { exec: { command: [check, "8008"] } }'),
    },
    {
      name: 'the container is told the number',
      yaml: web(readiness('8008') + ', args: ["--health=:8008"]'),
    },
    {
      name: 'in a variable',
      yaml: web(readiness('8008') + ', env: [{ name: PORT, value: "8008" }]'),
    },
    ...[
      'http://0.0.0.0:80',
      'localhost:80',
      'http://[::]:80',
      'http://+:80',
      ':80',
      '$(POD_IP):80',
      'port:80',
      '8080:80',
      '{"port":80}',
    ].map((value) => ({
      name: `a variable with the address ${value}`,
      yaml:
        web(`${readiness('80')}, env: [{ name: LISTEN, value: '${value}' }]`) +
        service('port: 80, targetPort: 8080'),
    })),
    {
      name: 'the network of the host',
      yaml: web(readiness('8008'), one, '      hostNetwork: true\n'),
    },
    {
      name: 'a declared number that is filled in later',
      yaml: web(readiness('8008'), "{ containerPort: '${PORT}' }"),
    },
    {
      name: 'a Service that leads to the very number',
      yaml: web(readiness('80')) + service('port: 80'),
    },
    {
      name: 'a Service that leads to a port that is not declared',
      yaml: web(readiness('80')) + service('port: 80, targetPort: 3000'),
    },
    {
      name: 'a path for health at a port of its own',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 8080 }]
              readinessProbe: { httpGet: { path: /healthz, port: 8081 } }
        `,
        serviceFor('web')`
          ports:
            - port: 8080
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'the page of another port',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 8080 }]
              readinessProbe: { httpGet: { path: /, port: 8081 } }
        `,
        serviceFor('web')`
          ports:
            - port: 8080
        `,
      ),
      errors: [
        {
          id: 'only',
          line: 16,
          column: 55,
          endColumn: 59,
          message:
            'readinessProbe dials port 8081, which no container declares; the only port that is declared is 8080',
        },
      ],
    },
    {
      name: 'the port of a scaffold',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ containerPort: 9203 }]
              readinessProbe: { httpGet: { path: /, port: 80 } }
        `,
        serviceFor('web')`
          ports:
            - port: 9203
        `,
      ),
      errors: [
        {
          id: 'only',
          line: 16,
          column: 55,
          endColumn: 57,
          message:
            'readinessProbe dials port 80, which no container declares; the only port that is declared is 9203',
        },
      ],
    },
    {
      name: 'told to answer elsewhere',
      yaml: deployment('manager')`
        containers:
          - name: manager
            image: registry.acme.io/manager:1
            args: [--leader-elect, --health-probe-bind-address, ":9090"]
            ports: [{ name: health, containerPort: 8081 }]
            livenessProbe: { httpGet: { path: /healthz, port: 8081 } }
      `,
      errors: [
        {
          id: 'told',
          line: 17,
          column: 61,
          endColumn: 65,
          message:
            'livenessProbe dials port 8081, but the container is told to answer the kubelet on 9090',
        },
      ],
    },
    {
      name: 'the same path at another port',
      yaml: deployment('web')`
        containers:
          - name: web
            image: shop/web:2
            ports: [{ containerPort: 8080 }]
            readinessProbe:
              httpGet: { path: /health, port: 9081 }
            livenessProbe:
              httpGet: { path: /health, port: 8080 }
      `,
      errors: [
        {
          id: 'disagree',
          line: 17,
          column: 45,
          endColumn: 49,
          message:
            'readinessProbe dials port 9081, which no container declares, while livenessProbe dials 8080, which is declared',
        },
      ],
    },
    {
      name: 'a number that a stock image does not listen on',
      yaml: web(readiness('8888'), '').replace('image: shop', 'image: "httpd:2.4"'),
      errors: [
        {
          id: 'stock',
          line: 10,
          column: 46,
          endColumn: 50,
          severity: 'warning',
          message:
            'readinessProbe dials port 8888, but the image httpd as it comes listens on 80 only',
        },
      ],
    },
    {
      name: 'nor one whose variables were not read, since none of them chooses a port',
      yaml: web(`envFrom: [{ configMapRef: { name: web } }], ${readiness('8081')}`).replace(
        'image: shop',
        'image: "docker.io/nginxinc/nginx-unprivileged:1.27"',
      ),
      errors: [
        {
          id: 'stock',
          line: 10,
          column: 90,
          endColumn: 94,
          severity: 'warning',
          message:
            'readinessProbe dials port 8081, but the image nginxinc/nginx-unprivileged as it comes listens on 8080 only',
        },
      ],
    },
    {
      name: 'nor a database that is given its password and a volume',
      yaml: web(
        `env: [{ name: POSTGRES_PASSWORD, value: x }], volumeMounts: [{ name: d, mountPath: /var/lib/postgresql/data }], ${readiness('3306')}`,
        '{ containerPort: 5432 }',
        '      volumes: [{ name: d, emptyDir: {} }]\n',
      ).replace('image: shop', 'image: "docker.io/library/postgres:16"'),
      errors: [{ id: 'stock', line: 10, column: 158, endColumn: 162 }],
    },
    {
      name: 'one digit replaced, where every declared port has the other',
      yaml: web(
        'livenessProbe: { tcpSocket: { port: 9080 } }',
        '{ containerPort: 9443 }, { containerPort: 9180 }',
      ),
      errors: [{ id: 'slip', line: 10, column: 47, endColumn: 51 }],
    },
    {
      name: 'another first digit than that of the only port',
      yaml: web('livenessProbe: { tcpSocket: { port: 9080 } }', '{ containerPort: 8080 }'),
      errors: [{ id: 'slip', line: 10, column: 47, endColumn: 51 }],
    },
    {
      name: 'probes that disagree',
      yaml: web(
        'readinessProbe: { httpGet: { port: 9191 } }, livenessProbe: { httpGet: { port: 8080 } }',
      ),
      errors: [
        {
          id: 'disagree',
          line: 10,
          column: 46,
          endColumn: 50,
          severity: 'info',
          message:
            'readinessProbe dials port 9191, which no container declares, while livenessProbe dials 8080, which is declared',
        },
      ],
    },
    {
      name: 'any number, for who asks',
      yaml: web(readiness('3000')),
      ruleOptions: { all: true },
      errors: [{ id: 'undeclared', line: 10, column: 46, endColumn: 50, severity: 'info' }],
    },
    {
      name: 'the port of the Service',
      yaml: web(readiness('80')) + service('port: 80, targetPort: 8080'),
      errors: [
        {
          id: 'service',
          line: 10,
          column: 46,
          endColumn: 48,
          message:
            'readinessProbe dials port 80, which is the port of Service default/web; the pods listen on its target port 8080',
          help: 'write the port that the container listens on in readinessProbe, best by its name; if it does listen here, declare the port',
          related: ['15:49 the port of the Service'],
        },
      ],
    },
    {
      name: 'the port of the Service, which targets a name',
      yaml:
        web('livenessProbe: { tcpSocket: { port: 80 } }') + service('port: 80, targetPort: http'),
      errors: [{ id: 'service', line: 10, column: 47, endColumn: 49 }],
    },
    ...[
      'http://web:80',
      'api.shop.svc:80',
      'http://user:secret@web:80/path',
      '[2001:db8::7]:80',
      'http://$(NAME).svc:80',
    ].map((value) => ({
      name: `the port of the Service, which the container is told of another host: ${value}`,
      yaml:
        web(`${readiness('80')}, env: [{ name: UPSTREAM, value: '${value}' }]`) +
        service('port: 80, targetPort: 8080'),
      errors: [{ id: 'service' as const, line: 10, column: 46, endColumn: 48 }],
    })),
    {
      name: 'digits swapped',
      yaml: web(readiness('8008')),
      errors: [
        {
          id: 'slip',
          line: 10,
          column: 46,
          endColumn: 50,
          message:
            'readinessProbe dials port 8008, which no container declares, but 8080 is declared, which has nearly the same digits',
          help: 'write the port that the container listens on in readinessProbe, best by its name; if it does listen here, declare the port',
        },
      ],
    },
    {
      name: 'a digit too many, of gRPC',
      yaml: web('startupProbe: { grpc: { port: 80880 } }', '{ containerPort: 8088 }')
        .replace('80880', '50500')
        .replace('8088', '5050'),
      errors: [{ id: 'slip', line: 10, column: 41, endColumn: 46 }],
    },
    {
      name: 'a hook',
      yaml: web('lifecycle: { preStop: { httpGet: { path: /drain, port: 8008 } } }'),
      errors: [{ id: 'slip', line: 10, column: 66, endColumn: 70 }],
    },
    {
      name: 'of a sidecar',
      yaml: web(
        'readinessProbe: { httpGet: { port: 8080 } }',
        one,
        '      initContainers: [{ name: proxy, image: envoy, restartPolicy: Always, readinessProbe: { tcpSocket: { port: 8008 } } }]\n',
      ),
      errors: [{ id: 'slip', line: 11, column: 113, endColumn: 117 }],
    },
    {
      name: 'another probe dials a declared port by its name',
      yaml: web(
        'readinessProbe: { grpc: { port: 9999 } }, livenessProbe: { httpGet: { port: http } }',
        '{ name: http, containerPort: 3000 }',
      ),
      errors: [{ id: 'disagree', line: 10, column: 43, endColumn: 47, severity: 'info' }],
    },
  ],
});
