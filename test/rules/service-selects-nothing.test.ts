import { serviceSelectsNothing } from '../../rules/selector/service-selects-nothing.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload, yaml } from '../support/yaml.ts';

/** A Service whose selector stands on line 5 and its pairs from line 6 on. */
const service = (selector: string, namespace = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web${namespace} }\nspec:\n  selector:\n${selector.replace(/^/gm, '    ')}\n  ports: [{ port: 80 }]\n`;

testRule(serviceSelectsNothing, {
  valid: [
    { name: 'all pairs match', yaml: service('app: web') + workload('web') },
    {
      name: 'a selector may name fewer pairs than the pods have',
      yaml: service('app: web') + workload('web', { labels: 'app: web, tier: front' }),
    },
    {
      name: 'pods of another workload count as well',
      yaml: service('app: web') + workload('anything', { labels: 'app: web' }),
    },
    {
      name: 'replicas 0 is not a fault of the wiring',
      yaml: service('app: web') + workload('web', { spec: 'replicas: 0' }),
    },
    {
      name: 'a bare Pod',
      yaml: `${service('app: web')}---\napiVersion: v1\nkind: Pod\nmetadata: { name: p, labels: { app: web } }\nspec: { containers: [{ name: main, image: store }] }\n`,
    },
    {
      name: 'the name that a StatefulSet gives its first pod',
      yaml:
        service('statefulset.kubernetes.io/pod-name: db-0') +
        workload('db', { kind: 'StatefulSet' }),
    },
    {
      name: 'the number that a StatefulSet gives its second pod',
      yaml:
        service("apps.kubernetes.io/pod-index: '1'") +
        workload('db', { kind: 'StatefulSet', spec: 'replicas: 2' }),
    },
    {
      name: 'the name that a Job puts on its pods',
      yaml: `${service('job-name: import')}---\napiVersion: batch/v1\nkind: Job\nmetadata: { name: import }\nspec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: store }] } } }\n`,
    },
    {
      name: 'an unset namespace is the one of the run',
      yaml: service('app: web', ', namespace: shop') + workload('web'),
      options: { namespace: 'shop' },
    },
    {
      name: 'a custom resource with a pod template',
      yaml:
        service('app: web') +
        workload('web')
          .replace('apps/v1', 'argoproj.io/v1alpha1')
          .replace('kind: Deployment', 'kind: Rollout'),
    },
    {
      name: 'a pair that the pods of its Rollout lack is told of the Rollout',
      yaml:
        service('app: web\nrole: stable') +
        workload('web', {
          spec: 'strategy: { canary: { stableService: web, canaryService: next } }',
        })
          .replace('apps/v1', 'argoproj.io/v1alpha1')
          .replace('kind: Deployment', 'kind: Rollout'),
    },
    {
      name: 'ExternalName takes no pods',
      yaml:
        'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: ExternalName, externalName: a.example, selector: { app: gone } }\n' +
        workload('web'),
    },
    {
      name: 'an empty selector selects nothing and is none',
      yaml:
        'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: {}, ports: [{ port: 80 }] }\n' +
        workload('web'),
    },
    {
      name: 'no workload at all',
      yaml: service('app: web'),
      unknown: ['no workload in namespace default was read'],
    },
    {
      name: 'a value that is filled in later',
      yaml: service('app: ${APP}') + workload('web'),
      unknown: ['filled in later'],
    },
    {
      name: 'a label that is filled in later',
      yaml: service('app: web') + workload('web', { labels: "app: '{{ .Values.app }}'" }),
      unknown: ['filled in later'],
    },
    {
      name: 'a label that only the leader has',
      yaml: service('app: pg\nrole: master') + workload('pg'),
      unknown: ['the label role is set on running pods'],
    },
    {
      name: 'a label that somebody said is set on running pods only',
      yaml: service('app: pg\nexample.com/leader: "true"') + workload('pg'),
      ruleOptions: { runtimeLabels: ['example.com/leader'] },
      unknown: ['the label example.com/leader is set on running pods'],
    },
    {
      name: 'role is an ordinary label too',
      yaml: service('app: pg\nrole: web') + workload('pg', { labels: 'app: pg, role: web' }),
    },
    {
      name: 'a fourth pod of three, for a StatefulSet may be scaled',
      yaml:
        service('statefulset.kubernetes.io/pod-name: db-3') +
        workload('db', { kind: 'StatefulSet', spec: 'replicas: 3' }),
      unknown: ['is set on running pods'],
    },
    {
      name: 'a hash that only the cluster knows',
      yaml: service('app: web\npod-template-hash: 5d9c7b8f6c') + workload('web'),
      unknown: ['pod-template-hash is set on running pods'],
    },
    {
      name: 'a zone that binding gives the pods',
      yaml: service('app: web\ntopology.kubernetes.io/zone: a') + workload('web'),
      unknown: ['filled in later'],
    },
    {
      name: 'a custom resource of which nothing is known',
      yaml:
        service('app: elastic') +
        workload('web') +
        '---\napiVersion: shop.example/v1\nkind: Shop\nmetadata: { name: any }\nspec: {}\n',
      unknown: ['Shop default/any may make pods of its own'],
    },
    {
      name: 'a custom resource that may make such pods',
      yaml:
        service('elasticsearch.k8s.elastic.co/node-data: "true"') +
        workload('web') +
        '---\napiVersion: elasticsearch.k8s.elastic.co/v1\nkind: Elasticsearch\nmetadata: { name: search }\nspec: { nodeSets: [] }\n',
      unknown: ['Elasticsearch default/search may make pods of its own'],
    },
    {
      name: 'a custom resource that makes none leaves the answer as it is',
      yaml:
        service('app: web') +
        workload('web') +
        '---\napiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: web }\nspec: {}\n',
    },
    {
      name: 'a template that was not rendered',
      yaml:
        service('app: db') +
        workload('web') +
        '---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: db\n{{- with .Values.labels }}\n{{ end }}\n',
      unread: 1,
      unknown: ['document 3 of manifest.yaml is a template'],
    },
    {
      name: 'a broken document',
      yaml:
        service('app: db') +
        workload('web') +
        '---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: db\nspec: {}\n',
      unread: 1,
      unknown: ['document 3 of manifest.yaml could not be read'],
    },
    {
      name: 'the workload that would match is refused',
      yaml: service('app: db') + workload('web') + workload('db', { spec: 'replicas: many' }),
      refused: 1,
    },
  ],
  invalid: [
    {
      name: 'one selector of two Services that have a workload of their name each',
      yaml:
        service('app: shop\npart: server') +
        '---\n' +
        service('app: shop\npart: server').replace('name: web', 'name: api') +
        workload('web', { labels: 'app: shop, part: front' }) +
        workload('api', { labels: 'app: shop, part: back' }),
      errors: [
        {
          id: 'near',
          line: 7,
          column: 11,
          endColumn: 17,
          message:
            'no pod in namespace default has app=shop,part=server; Deployment default/web has part=front',
        },
        {
          id: 'near',
          line: 16,
          column: 11,
          endColumn: 17,
          message:
            'no pod in namespace default has app=shop,part=server; Deployment default/api has part=back',
        },
      ],
      output:
        service('app: shop\npart: front') +
        '---\n' +
        service('app: shop\npart: back').replace('name: web', 'name: api') +
        workload('web', { labels: 'app: shop, part: front' }) +
        workload('api', { labels: 'app: shop, part: back' }),
    },
    {
      name: 'a role that a manifest sets itself',
      yaml:
        service('app: pgsql\nrole: master') +
        workload('pg', { labels: 'app: pgslq, role: master' }),
      errors: [{ id: 'near', line: 6, column: 10, endColumn: 15, safety: 'safe' }],
      output:
        service('app: pgslq\nrole: master') +
        workload('pg', { labels: 'app: pgslq, role: master' }),
    },
    {
      name: 'a role that a manifest sets in another namespace',
      yaml:
        service('app: pg\nrole: master', ', namespace: shop') +
        workload('web', { namespace: 'shop' }) +
        workload('pg', { labels: 'app: pg, role: master', namespace: 'back' }),
      errors: [{ id: 'near', line: 5, column: 3, endColumn: 11 }],
    },
    {
      name: 'a value misspelt, beside a document that could not be read',
      yaml:
        service('app: wbe') +
        workload('web') +
        '---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: db\nspec: {}\n',
      unread: 1,
      errors: [{ id: 'near', line: 6, column: 10, endColumn: 13, severity: 'warning' }],
    },
    {
      name: 'another namespace, where no Service takes the pods, beside a document that could not be read',
      yaml:
        service('app: api', ', namespace: shop') +
        workload('web', { namespace: 'shop' }) +
        workload('api', { namespace: 'back' }) +
        '---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: db\nspec: {}\n',
      unread: 1,
      errors: [{ id: 'near', line: 5, column: 3, endColumn: 11, severity: 'warning' }],
    },
    {
      name: 'the value under a key that nobody asked for, and another value under the key itself',
      yaml: service('component: web') + workload('web', { labels: 'component: shop, app: web' }),
      errors: [
        {
          id: 'near',
          line: 6,
          column: 5,
          endColumn: 14,
          message:
            'no pod in namespace default has component=web; Deployment default/web has app=web',
          safety: 'safe',
        },
      ],
      output: service('app: web') + workload('web', { labels: 'component: shop, app: web' }),
    },
    {
      name: 'one of several pairs is not there, beside an operator of which nothing is known',
      yaml:
        service('app: web\ntier: front') +
        workload('web') +
        '---\napiVersion: shop.example/v1\nkind: Shop\nmetadata: { name: any }\nspec: {}\n',
      errors: [{ id: 'near', line: 7, column: 11, endColumn: 16 }],
    },
    {
      name: 'a value misspelt',
      yaml: service('app: wbe') + workload('web'),
      errors: [
        {
          id: 'near',
          line: 6,
          column: 10,
          endColumn: 13,
          title: 'Service default/web selects no pod',
          message: 'no pod in namespace default has app=wbe; Deployment default/web has app=web',
          help: 'change the selector to app: web',
          safety: 'safe',
        },
      ],
      output: service('app: web') + workload('web'),
    },
    {
      name: 'a value in another case',
      yaml: service('app: Web') + workload('web'),
      errors: [{ id: 'near', line: 6, column: 10, endColumn: 13 }],
      output: service('app: web') + workload('web'),
    },
    {
      name: 'a value that needs quotes where it goes',
      yaml:
        service('app: web\nrelease: v1') + workload('web', { labels: "app: web, release: '1'" }),
      errors: [{ id: 'near', line: 7, column: 14, endColumn: 16, safety: 'unsafe' }],
      output:
        service('app: web\nrelease: "1"') + workload('web', { labels: "app: web, release: '1'" }),
    },
    {
      name: 'a quoted value keeps its quotes',
      yaml: service('app: "wbe"') + workload('web'),
      errors: [{ id: 'near', line: 6, column: 10, endColumn: 15 }],
      output: service('app: "web"') + workload('web'),
    },
    {
      name: 'a key renamed',
      yaml: service('app.kubernetes.io/name: web') + workload('web'),
      errors: [
        {
          id: 'near',
          line: 6,
          column: 5,
          endColumn: 27,
          help: "change the selector's key app.kubernetes.io/name to app",
          safety: 'safe',
        },
      ],
      output: service('app: web') + workload('web'),
    },
    {
      name: 'a label that the pods lack',
      yaml: service('app: web\ntier: web') + workload('web'),
      errors: [
        {
          id: 'near',
          line: 7,
          column: 11,
          endColumn: 14,
          message:
            'no pod in namespace default has app=web,tier=web; the pods of Deployment default/web lack the label tier',
        },
      ],
    },
    {
      name: 'pairs that no single pod has',
      yaml:
        service('app: web\ntier: front') +
        workload('web') +
        workload('cache', { labels: 'app: cache, tier: front' }),
      errors: [{ id: 'near', line: 7, column: 11, endColumn: 16 }],
    },
    {
      name: 'labels of the Deployment, not of its pods',
      yaml:
        service('tier: front') +
        workload('web').replace(
          'metadata: { name: web }',
          'metadata: { name: web, labels: { tier: front } }',
        ),
      errors: [
        {
          id: 'near',
          line: 5,
          column: 3,
          endColumn: 11,
          message:
            'no pod in namespace default has tier=front; Deployment default/web has tier=front among its own labels, not among those of its pod template',
        },
      ],
    },
    {
      name: 'pods in another namespace',
      yaml: service('app: web', ', namespace: shop') + workload('web', { namespace: 'front' }),
      errors: [
        {
          id: 'near',
          line: 5,
          column: 3,
          endColumn: 11,
          related: ['11:35 its pods have these labels'],
        },
      ],
    },
    {
      name: 'pods in another namespace, the own one only assumed',
      yaml: service('app: web') + workload('web', { namespace: 'front' }),
      errors: [{ id: 'near', line: 5, column: 3, endColumn: 11, severity: 'info' }],
    },
    {
      name: 'v1 is not a slip for v2',
      yaml: service('app: api-v1') + workload('api', { labels: 'app: api-v2' }),
      errors: [
        {
          id: 'near',
          line: 5,
          column: 3,
          endColumn: 11,
          severity: 'warning',
          message:
            'no pod in namespace default has app=api-v1; no Service takes the pods of Deployment default/api, which have app=api-v2',
        },
      ],
    },
    {
      name: 'a label that all of an application have is not the one that was meant',
      yaml:
        service('app: shop') +
        workload('billing', { labels: 'app: billing, app.kubernetes.io/part-of: shop' }),
      errors: [{ id: 'near', line: 5, column: 3, endColumn: 11, severity: 'warning' }],
    },
    {
      name: 'nothing is similar',
      yaml: service('app: elastic') + workload('billing'),
      errors: [{ id: 'near', line: 5, column: 3, endColumn: 11, severity: 'warning' }],
    },
    {
      name: 'nothing is similar, and everything there is was read',
      yaml:
        service('app: elastic') +
        service('app: billing').replace('name: web', 'name: billing') +
        workload('billing'),
      mode: 'all',
      errors: [
        {
          id: 'none',
          line: 5,
          column: 3,
          endColumn: 11,
          severity: 'warning',
          message: 'no pod in namespace default has app=elastic in the 3 objects read',
        },
      ],
    },
    {
      name: 'a StatefulSet names it, whatever its pods are called',
      yaml:
        service('app: old\nrelease: blue') +
        workload('ledger', {
          kind: 'StatefulSet',
          labels: 'part: ledger',
          spec: 'serviceName: web',
        }),
      errors: [
        {
          id: 'near',
          line: 5,
          column: 3,
          endColumn: 11,
          severity: 'error',
          message:
            'no pod in namespace default has app=old,release=blue; StatefulSet default/ledger names it as the Service of its pods, which have part=ledger',
        },
      ],
    },
    {
      name: 'the name of the workload, under a key that its pods lack',
      yaml: service('app: night') + workload('night', { labels: 'team: late' }),
      errors: [{ id: 'near', line: 6, column: 10, endColumn: 15, severity: 'error' }],
    },
    {
      name: 'equal but for a word for what it is, where nobody else takes the pods',
      yaml: service('app: shop-service') + workload('till', { labels: 'app: shop' }),
      errors: [
        { id: 'near', line: 6, column: 10, endColumn: 22, severity: 'error', safety: 'unsafe' },
      ],
      output: service('app: shop') + workload('till', { labels: 'app: shop' }),
    },
    {
      name: 'what is certain for one Service is so for another with the same selector',
      files: {
        'a.yaml': service('part: web') + workload('web'),
        'b.yaml': service('part: web').replace('name: web', 'name: public'),
      },
      errors: [
        {
          id: 'near',
          file: 'a.yaml',
          line: 6,
          column: 5,
          endColumn: 9,
          severity: 'error',
          safety: 'safe',
        },
        {
          id: 'near',
          file: 'b.yaml',
          line: 6,
          column: 5,
          endColumn: 9,
          severity: 'error',
          safety: 'safe',
        },
      ],
      output: {
        'a.yaml': service('app: web') + workload('web'),
        'b.yaml': service('app: web').replace('name: web', 'name: public'),
      },
    },
    {
      name: 'the two sides in two files of one directory',
      files: { 'service.yaml': service('app: wbe'), 'workload.yaml': workload('web').slice(4) },
      errors: [
        {
          id: 'near',
          file: 'service.yaml',
          line: 6,
          column: 10,
          endColumn: 13,
          related: ['workload.yaml:4:89 the value that its pods have'],
        },
      ],
      output: { 'service.yaml': service('app: web') },
    },
    {
      name: 'of several workloads without a Service the one with its port, which is called alike',
      files: {
        'service.yaml': service('app: site'),
        'workloads.yaml':
          workload('web-front', { ports: '{ containerPort: 80 }' }).slice(4) +
          workload('till', { ports: '{ containerPort: 3000 }' }),
      },
      errors: [
        {
          id: 'near',
          file: 'service.yaml',
          line: 5,
          column: 3,
          endColumn: 11,
          severity: 'warning',
          related: ['workloads.yaml:4:80 the labels of its pods'],
        },
      ],
    },
    {
      name: 'several without a namespace, of which one asks for the pods beside them',
      files: {
        'services.yaml': `${service('app: web')}---\n${service('app: site').replace('name: web', 'name: site')}`,
        'workload.yaml': workload('web', {
          namespace: 'shop',
          ports: '{ containerPort: 80 }',
        }).slice(4),
      },
      errors: [
        {
          id: 'near',
          file: 'services.yaml',
          line: 5,
          column: 3,
          endColumn: 11,
          severity: 'info',
          message:
            'no pod in namespace default has app=web; Deployment shop/web has these labels in its own namespace',
        },
      ],
      unknown: ['no workload in namespace default was read together with it'],
    },
    {
      name: 'several without a namespace, none of which asks for the pods beside them',
      files: {
        'services.yaml': `${service('app: web')}---\n${service('app: site').replace('name: web', 'name: site')}`,
        'workload.yaml': workload('web', {
          namespace: 'shop',
          labels: 'app: shop, part: front',
          ports: '{ containerPort: 80 }',
        }).slice(4),
      },
      errors: [
        {
          id: 'near',
          file: 'services.yaml',
          line: 6,
          column: 10,
          endColumn: 13,
          severity: 'warning',
        },
        {
          id: 'near',
          file: 'services.yaml',
          line: 13,
          column: 3,
          endColumn: 11,
          severity: 'warning',
          message:
            'no pod in namespace default has app=site; no Service takes the pods of Deployment shop/web, which have app=shop,part=front',
        },
      ],
    },
    {
      name: 'without a namespace, beside workloads that are all in one, of which none has the labels',
      files: {
        'service.yaml': service('app: site'),
        'workload.yaml': workload('web', {
          namespace: 'shop',
          ports: '{ containerPort: 80 }',
        }).slice(4),
      },
      errors: [
        {
          id: 'near',
          file: 'service.yaml',
          line: 6,
          column: 10,
          endColumn: 14,
          severity: 'warning',
          message: 'no pod in namespace default has app=site; Deployment shop/web has app=web',
          help: 'change the selector to app: web',
        },
      ],
    },
    {
      name: 'JSON',
      yaml: '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"wbe"},"ports":[{"port":80}]}}\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","labels":{"app":"web"}},"spec":{"containers":[{"name":"main","image":"nginx"}]}}\n',
      errors: [{ id: 'near', line: 1, column: 89, endColumn: 94 }],
      output:
        '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","labels":{"app":"web"}},"spec":{"containers":[{"name":"main","image":"nginx"}]}}\n',
    },
    {
      name: 'an object in a List',
      yaml: yaml`
        apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: Service
            metadata: { name: web }
            spec:
              selector:
                app: wbe
              ports: [{ port: 80 }]
        ${workload('web')}
      `,
      errors: [{ id: 'near', line: 9, column: 14, endColumn: 17 }],
      output: [['wbe', 'web']],
    },
  ],
});
