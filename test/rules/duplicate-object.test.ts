import { duplicateObject } from '../../rules/manifest/duplicate-object.ts';
import { testRule } from '../support/rule-tester.ts';

/** The name stands on line 3. */
const service = (spec: string, metadata = 'name: web'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec: { clusterIP: None, ${spec} }\n`;
const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\n` +
  `spec: { containers: [{ name: main, image: 'shop/main:3' }] }\n`;
const twice = (first: string, second: string): string => `${first}---\n${second}`;
const published = service('publishNotReadyAddresses: true');
const plain = service('selector: { app: web }');

testRule(duplicateObject, {
  valid: [
    {
      name: 'a file that is called as nothing else is',
      files: {
        'orders.yaml': pod('orders'),
        'spare.yaml': pod('orders'),
        'services.yaml': service('selector: { app: users }', 'name: users'),
      },
    },
    {
      name: 'a variant that is called for what it has besides',
      files: {
        'orders.yaml': pod('orders'),
        'orders-users.yaml': pod('orders'),
        'services.yaml': service('selector: { app: users }', 'name: orders-users'),
      },
    },
    { name: 'two names', yaml: twice(plain, service('selector: { app: web }', 'name: api')) },
    {
      name: 'two namespaces',
      yaml: twice(
        service('selector: {}', 'name: web, namespace: a'),
        service('selector: {}', 'name: web, namespace: b'),
      ),
    },
    {
      name: 'two kinds',
      yaml: twice(plain, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n'),
    },
    {
      name: 'names that are made',
      yaml: twice(
        service('selector: {}', 'generateName: web-'),
        service('selector: { app: web }', 'generateName: web-'),
      ),
      // kubectl creates such an object, and cannot apply it.
      refused: 2,
    },
    {
      name: 'names that are filled in',
      yaml: twice(
        service('selector: {}', "name: '${NAME}'"),
        service('selector: { app: web }', "name: '${NAME}'"),
      ),
    },
    {
      name: 'two files of a directory are alternatives',
      files: { 'plain.yaml': plain, 'published.yaml': published },
    },
    {
      name: 'files that are applied one after the other',
      files: { '1.yaml': plain, '2.yaml': published },
      mode: 'all',
    },
    {
      name: 'a hook',
      yaml: twice(
        service('selector: {}', 'name: web, annotations: { helm.sh/hook: pre-install }'),
        plain,
      ),
      // A headless Service without selector has both families from then on.
      refused: 1,
    },
    {
      name: 'a patch of a kustomization',
      files: {
        'kustomization.yaml': 'resources: [web.yaml]\npatches: [{ path: patch.yaml }]\n',
        'web.yaml': plain,
        'patch.yaml': published,
      },
    },
    {
      name: 'two bases with prefixes of their own',
      files: {
        'kustomization.yaml': 'resources: [blue, green]\n',
        'blue/kustomization.yaml': 'namePrefix: blue-\nresources: [web.yaml]\n',
        'blue/web.yaml': plain,
        'green/kustomization.yaml': 'namePrefix: green-\nresources: [web.yaml]\n',
        'green/web.yaml': published,
      },
    },
  ],
  invalid: [
    {
      name: 'a file that was copied for another application',
      files: {
        'orders.yaml': pod('orders'),
        'users.yaml': pod('orders'),
        'services.yaml': service('selector: { app: users }', 'name: users'),
      },
      errors: [
        {
          id: 'copied',
          file: 'users.yaml',
          line: 3,
          column: 19,
          endColumn: 25,
          severity: 'warning',
          message:
            'the same object stands in orders.yaml:3 already; ' +
            'only one of the two is in the cluster',
          related: ['orders.yaml:3:19 the other one'],
        },
      ],
    },
    {
      name: 'twice in a file, with different content',
      yaml: twice(plain, published),
      errors: [
        {
          id: 'replaced',
          line: 8,
          column: 19,
          endColumn: 22,
          title: 'Service default/web is given twice',
          message:
            'the same object stands on line 3 already; what it has there is lost: spec.selector, spec.publishNotReadyAddresses',
          related: ['3:19 the first one'],
        },
      ],
    },
    {
      name: 'one of them leaves its namespace open',
      yaml: twice(service('selector: { app: web }', 'name: web, namespace: default'), published),
      errors: [{ id: 'replaced', line: 8, column: 19, endColumn: 22, severity: 'warning' }],
    },
    {
      name: 'two versions of one API',
      yaml: twice(
        'apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 3 }\n',
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 3 }\n',
      ),
      errors: [
        {
          id: 'replaced',
          line: 8,
          column: 19,
          endColumn: 22,
          message:
            'the same object stands on line 3 already; what it has there is lost: apiVersion',
        },
      ],
    },
    {
      name: 'items of a List',
      yaml: `{"apiVersion":"v1","kind":"List","items":[\n{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"1"}},\n{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"2"}}]}`,
      errors: [{ id: 'replaced', line: 3, column: 58, endColumn: 61, severity: 'warning' }],
    },
    {
      name: 'twice in a file, with the same content',
      yaml: twice(plain, plain),
      errors: [
        {
          id: 'same',
          line: 8,
          column: 19,
          endColumn: 22,
          severity: 'info',
          message: 'the same object stands on line 3 already, with the same content',
        },
      ],
    },
    {
      name: 'two resources of a kustomization',
      files: {
        'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
        'a.yaml': plain,
        'b.yaml': published,
      },
      errors: [
        {
          id: 'kustomize',
          file: 'b.yaml',
          line: 3,
          column: 19,
          endColumn: 22,
          message: 'the kustomization . has this object from a.yaml:3 already',
          related: ['a.yaml:3:19 the other one'],
        },
      ],
    },
    {
      name: 'a resource of the kustomization and one of its base',
      files: {
        'base/kustomization.yaml': 'resources: [web.yaml]\n',
        'base/web.yaml': plain,
        'prod/kustomization.yaml': 'namespace: prod\nresources: [../base, web.yaml]\n',
        'prod/web.yaml': published,
      },
      errors: [{ id: 'kustomize', file: 'prod/web.yaml', line: 3, column: 19, endColumn: 22 }],
    },
  ],
});
