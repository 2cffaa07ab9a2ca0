import { serviceMissesWorkload } from '../../rules/selector/service-misses-workload.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

/** A Service whose pairs stand from line 6 on. */
const service = (...pairs: string[]): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector:\n${pairs.map((pair) => `    ${pair}\n`).join('')}  ports: [{ port: 80 }]\n`;
const blue = workload('blue', { labels: 'tier: backend' });

testRule(serviceMissesWorkload, {
  valid: [
    {
      name: 'the selector takes both',
      yaml: service('tier: backend') + blue + workload('green', { labels: 'tier: backend' }),
    },
    {
      name: 'quite another value',
      yaml: service('tier: backend') + blue + workload('green', { labels: 'tier: worker' }),
    },
    {
      name: 'another number is another thing',
      yaml:
        service('app: web-1') +
        workload('a', { labels: 'app: web-1' }) +
        workload('b', { labels: 'app: web-2' }),
    },
    {
      name: 'a name of its own',
      yaml:
        service('tier: backend') +
        blue +
        workload('backend2', { labels: 'tier: backends' }).replaceAll('backend2', 'backends'),
    },
    {
      name: 'two pairs off',
      yaml:
        service('app: shop', 'tier: backend') +
        workload('blue', { labels: 'app: shop, tier: backend' }) +
        workload('green', { labels: 'app: shpo, tier: bakcend' }),
    },
    {
      name: 'the label is not there',
      yaml:
        service('app: shop', 'tier: backend') +
        workload('blue', { labels: 'app: shop, tier: backend' }) +
        workload('green', { labels: 'app: shop' }),
    },
    {
      name: 'another namespace',
      yaml:
        service('tier: backend') +
        blue +
        workload('green', { labels: 'tier: bakcend', namespace: 'shop' }),
    },
    {
      name: 'nothing runs',
      yaml:
        service('tier: backend') +
        blue +
        workload('green', { labels: 'tier: bakcend', spec: 'replicas: 0' }),
    },
    {
      name: 'no sibling: another rule speaks',
      yaml: service('tier: backend') + workload('green', { labels: 'tier: bakcend' }),
    },
    {
      name: 'another Service takes it by this label',
      yaml: `${service('tier: backend')}${blue}${workload('green', { labels: 'tier: bakcend' })}---\n${service('tier: bakcend').replace('name: web', 'name: other')}`,
    },
    {
      name: 'a label that is filled in later',
      yaml: service('tier: backend') + blue + workload('green', { labels: "tier: '${TIER}'" }),
    },
  ],
  invalid: [
    {
      name: 'letters swapped',
      yaml: service('tier: backend') + blue + workload('green', { labels: 'tier: bakcend' }),
      errors: [
        {
          id: 'value',
          line: 6,
          column: 11,
          endColumn: 18,
          message:
            'the pods of Deployment default/green have tier=bakcend, which is nearly tier=backend; the selector takes those of Deployment default/blue only',
          help: 'change the label of the pods to tier: backend, in the selector of the workload too',
          related: ['17:95 the label of the pods that are missed'],
        },
      ],
    },
    {
      name: 'one of several members, which has a Service of its own beside',
      yaml:
        service('unit: cluster') +
        workload('blue', { labels: 'unit: cluster, node: blue' }) +
        workload('green', { labels: 'unit: clutser, node: green' }) +
        `---\n${service('node: green').replace('name: web', 'name: green')}`,
      errors: [
        {
          id: 'value',
          line: 6,
          column: 11,
          endColumn: 18,
          related: ['17:108 the label of the pods that are missed'],
        },
      ],
    },
    {
      name: 'the second pair, joined otherwise',
      yaml:
        service('app: shop', 'tier: front-end') +
        workload('blue', { labels: 'app: shop, tier: front-end' }) +
        workload('green', { labels: 'app: shop, tier: frontend' }),
      errors: [
        {
          id: 'value',
          line: 7,
          column: 11,
          endColumn: 20,
          related: ['18:118 the label of the pods that are missed'],
        },
      ],
    },
  ],
});
