import { exceedsOwnLimit } from '../../rules/resilience/exceeds-own-limit.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment } from '../support/shop.ts';

testRule(exceedsOwnLimit, {
  valid: [
    {
      name: 'enough',
      yaml: app('web')`
        env: [{ name: JAVA_OPTS, value: "-Xms64m -Xmx192m" }]
        resources:
          limits: { memory: 256Mi }
      `,
    },
    {
      name: 'the last one counts',
      yaml: app('web')`
        env: [{ name: JAVA_OPTS, value: "-Xmx1g -Xmx128m" }]
        resources:
          limits: { memory: 256Mi }
      `,
    },
    {
      name: 'no limit',
      yaml: app('web')`env: [{ name: JAVA_OPTS, value: "-Xmx1g" }]`,
    },
    {
      name: 'another variable',
      yaml: app('web')`
        env: [{ name: CACHE, value: "1GiB" }]
        resources:
          limits: { memory: 256Mi }
      `,
    },
    {
      name: 'a small volume',
      yaml: deployment('web')`
        volumes:
          - name: cache
            emptyDir: { sizeLimit: 100Mi }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
            resources:
              limits: { ephemeral-storage: 1Gi }
      `,
    },
    {
      name: 'Redis within its limit',
      yaml: app('web', { replicas: 2 })`
        args: [--maxmemory, 256mb]
        resources: { limits: { memory: 512Mi } }
      `,
    },
  ],
  invalid: [
    {
      name: 'java',
      yaml: app('web')`
        env: [{ name: JAVA_OPTS, value: "-Xms64m -Xmx1g" }]
        resources:
          limits: { memory: 256Mi }
      `,
      errors: [
        {
          id: 'heap',
          line: 16,
          column: 43,
          endColumn: 59,
          message: '-Xmx1g lets the heap alone grow beyond the memory limit of 256Mi',
          related: ['18:31 the limit'],
        },
      ],
    },
    {
      name: 'node',
      yaml: app('web')`
        env: [{ name: NODE_OPTIONS, value: "--max-old-space-size=2048" }]
        resources:
          limits: { memory: 256Mi }
      `,
      errors: [
        {
          id: 'heap',
          line: 16,
          column: 46,
          endColumn: 73,
          message:
            '--max-old-space-size=2048 lets the heap alone grow beyond the memory limit of 256Mi',
          related: ['18:31 the limit'],
        },
      ],
    },
    {
      name: 'go',
      yaml: app('web')`
        env: [{ name: GOMEMLIMIT, value: "1GiB" }]
        resources:
          limits: { memory: 256Mi }
      `,
      errors: [
        {
          id: 'heap',
          line: 16,
          column: 44,
          endColumn: 50,
          message: '1GiB lets the heap alone grow beyond the memory limit of 256Mi',
          related: ['18:31 the limit'],
        },
      ],
    },
    {
      name: 'an argument',
      yaml: app('web')`
        command: [java, -Xmx512m, -jar, app.jar]
        resources:
          limits: { memory: 256Mi }
      `,
      errors: [
        {
          id: 'heap',
          line: 16,
          column: 27,
          endColumn: 35,
          message: '-Xmx512m lets the heap alone grow beyond the memory limit of 256Mi',
          related: ['18:31 the limit'],
        },
      ],
    },
    {
      name: 'a volume in memory',
      yaml: deployment('web')`
        volumes:
          - name: cache
            emptyDir: { medium: Memory, sizeLimit: 1Gi }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
            resources:
              limits: { memory: 256Mi }
      `,
      errors: [
        {
          id: 'volume',
          line: 14,
          column: 50,
          endColumn: 53,
          message: 'the volume may hold 1Gi, and the memory that it takes is limited to 256Mi',
        },
      ],
    },
    {
      name: 'a volume on disk',
      yaml: deployment('web')`
        volumes:
          - name: cache
            emptyDir: { sizeLimit: 4Gi }
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
            resources:
              limits: { ephemeral-storage: 1Gi }
      `,
      errors: [
        {
          id: 'volume',
          line: 14,
          column: 34,
          endColumn: 37,
          message: 'the volume may hold 4Gi, and the disk of the pod is limited to 1Gi',
        },
      ],
    },
    {
      name: 'Redis',
      yaml: app('web', { replicas: 2 })`
        args: [--maxmemory, 2gb]
        resources: { limits: { memory: 512Mi } }
      `,
      errors: [
        {
          id: 'heap',
          line: 17,
          column: 31,
          endColumn: 34,
          message: '--maxmemory 2gb lets the heap alone grow beyond the memory limit of 512Mi',
          related: ['18:42 the limit'],
        },
      ],
    },
  ],
});
