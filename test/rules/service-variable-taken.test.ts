import { serviceVariableTaken } from '../../rules/reference/service-variable-taken.ts';
import { testRule } from '../support/rule-tester.ts';
import { service } from '../support/wiring.ts';

/** A pod of namespace shop; its image stands in line 6, column 35. */
const pod = (image: string, more = '', spec = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: main, namespace: shop, labels: { app: main } }\nspec:\n  ${spec}\n  containers: [{ name: c, image: "${image}"${more} }]\n`;

const redisCommander = 'rediscommander/redis-commander:latest';
const config = (key: string): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: config, namespace: shop }\ndata: { ${key}: "1" }\n`;
const from = ', envFrom: [{ configMapRef: { name: config } }]';

testRule(serviceVariableTaken, {
  valid: [
    {
      name: 'it sets the variable itself',
      yaml: pod(redisCommander, ', env: [{ name: REDIS_PORT, value: "6379" }]') + service('redis'),
    },
    {
      name: 'a ConfigMap sets it',
      yaml: pod(redisCommander, from) + service('redis') + config('REDIS_PORT'),
    },
    {
      name: 'perhaps a ConfigMap sets it',
      yaml: pod(redisCommander, from) + service('redis'),
    },
    {
      name: 'no variables are asked for',
      yaml: pod(redisCommander, '', 'enableServiceLinks: false') + service('redis'),
    },
    {
      name: 'a headless Service gives none',
      yaml: pod(redisCommander) + service('redis', { spec: 'clusterIP: None, ' }),
    },
    { name: 'another Service', yaml: pod(redisCommander) + service('redis-master') },
    {
      name: 'in another namespace',
      yaml: pod(redisCommander) + service('redis').replace('namespace: shop', 'namespace: data'),
    },
    {
      name: 'another program',
      yaml: pod('shop/web:1') + pod('bitnami/neo4j:5').replace('main', 'other') + service('redis'),
    },
    {
      name: 'another command',
      yaml: pod(redisCommander, ', command: [sleep, "1"]') + service('redis'),
    },
    {
      name: 'a version that does not read it',
      yaml: pod('searxng/searxng:2025.11.7-b9b46431b') + service('searxng'),
    },
    {
      name: 'a version of which only the digest is told',
      yaml: pod('neo4j@sha256:1234') + service('neo4j'),
    },
    { name: 'an old version that takes everything', yaml: pod('neo4j:4.4') + service('neo4j') },
  ],
  invalid: [
    {
      name: 'a Service of Redis',
      yaml: pod(redisCommander, from) + service('redis') + config('OTHER'),
      errors: [
        {
          id: 'taken',
          severity: 'warning',
          line: 6,
          column: 34,
          endColumn: 73,
          message:
            '"REDIS_PORT" is set to tcp://… for Service shop/redis, and redis-commander does not start with it',
          help: 'write enableServiceLinks: false into the spec of the pods, or set REDIS_PORT',
        },
      ],
    },
    {
      name: 'any variable of a Service of Neo4j',
      yaml: pod('docker.io/library/neo4j:2025.01@sha256:1234') + service('neo4j'),
      errors: [
        {
          id: 'taken',
          line: 6,
          column: 34,
          endColumn: 79,
          help: 'write enableServiceLinks: false into the spec of the pods, or give the Service another name',
        },
      ],
    },
    {
      name: 'the second of the variables',
      yaml: pod('ghcr.io/immich-app/immich-server:v2.0.1') + service('db'),
      errors: [{ id: 'taken', line: 6, column: 34, endColumn: 75 }],
    },
  ],
});
