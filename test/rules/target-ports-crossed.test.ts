import { targetPortsCrossed } from '../../rules/port/target-ports-crossed.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const buildsPod = yaml`
  apiVersion: v1
  kind: Pod
  metadata:
    name: builds
    labels: { app: builds }
  spec:
    containers:
      - name: builds
        image: example/builds:2
        ports:
          - { name: http, containerPort: 8080 }
          - { name: agents, containerPort: 50000 }
`;

testRule(targetPortsCrossed, {
  valid: [
    {
      name: 'each to its own',
      yaml: documents(
        serviceFor('builds')`
          ports:
            - { name: http, port: 80, targetPort: http }
            - { name: agents, port: 50000, targetPort: agents }
        `,
        buildsPod,
      ),
    },
    {
      name: 'both lead to one port',
      yaml: documents(
        serviceFor('builds')`
          ports:
            - { name: http, port: 80, targetPort: agents }
            - { name: agents, port: 50000, targetPort: agents }
        `,
        buildsPod,
      ),
    },
    {
      name: 'one of two leads elsewhere',
      yaml: documents(
        serviceFor('builds')`
          ports:
            - { name: http, port: 80, targetPort: 50000 }
            - { name: admin, port: 81, targetPort: http }
        `,
        buildsPod,
      ),
    },
    {
      name: 'ports without a target',
      yaml: documents(
        serviceFor('builds')`
          ports:
            - { name: http, port: 50000 }
            - { name: agents, port: 8080 }
        `,
        buildsPod,
      ),
    },
    {
      name: 'the container port of its name stays behind a proxy',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }]
            - name: proxy
              image: shop/proxy:1.4
              ports: [{ name: proxy, containerPort: 4180 }]
        `,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: proxy }]`,
      ),
    },
    {
      name: 'another port leads to the one of its name',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9102 }]
        `,
        serviceFor('web')`
          ports:
            - { name: http, port: 80, targetPort: metrics }
            - { name: web, port: 81, targetPort: http }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'two ports to one, of which the other has a port of its name',
      yaml: documents(
        serviceFor('web')`
          ports:
            - { name: web-http, port: 80, targetPort: web-http }
            - { name: web-https, port: 443, targetPort: web-http }
        `,
        deployment('web')`
          containers:
            - name: web
              image: library/web:2
              ports: [{ name: web-http, containerPort: 8080 }, { name: web-https, containerPort: 8443 }]
        `,
      ),
      errors: [
        {
          id: 'named',
          line: 9,
          column: 49,
          endColumn: 57,
          severity: 'warning',
          message:
            'port "web-https" leads to container port 8080 ("web-http"); the one that is named so is 8443',
        },
      ],
    },
    {
      name: 'names',
      yaml: documents(
        serviceFor('builds')`
          ports:
            - { name: http, port: 80, targetPort: 50000 }
            - { name: agents, port: 50000, targetPort: http }
        `,
        buildsPod,
      ),
      errors: [
        {
          id: 'names',
          line: 8,
          column: 43,
          endColumn: 48,
          message:
            'port "http" leads to container port 50000 ("agents"), and port "agents" to the one that is named "http"',
          related: ['9:48 the other of the two'],
        },
      ],
    },
    {
      name: 'numbers',
      yaml: documents(
        serviceFor('builds')`
          ports:
            - { name: web, port: 8080, targetPort: 50000 }
            - { name: jnlp, port: 50000, targetPort: 8080 }
        `,
        buildsPod,
      ),
      errors: [
        {
          id: 'numbers',
          line: 8,
          column: 44,
          endColumn: 49,
          severity: 'warning',
          message: 'port 8080 leads to 50000, and port 50000 to 8080',
          related: ['9:46 the other of the two'],
        },
      ],
    },
    {
      name: 'the port of its name is another one',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9102 }]
        `,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: metrics }]`,
      ),
      errors: [
        {
          id: 'named',
          line: 24,
          column: 47,
          endColumn: 54,
          severity: 'warning',
          message:
            'port "http" leads to container port 9102 ("metrics"); the one that is named so is 8080',
          related: ['16:21 the one of its name'],
        },
      ],
    },
    {
      name: 'the same by number',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9102 }]
        `,
        serviceFor('web')`ports: [{ name: http, port: 80, targetPort: 9102 }]`,
      ),
      errors: [
        {
          id: 'named',
          line: 24,
          column: 47,
          endColumn: 51,
          severity: 'warning',
          message:
            'port "http" leads to container port 9102 ("metrics"); the one that is named so is 8080',
          related: ['16:21 the one of its name'],
        },
      ],
    },
  ],
});
