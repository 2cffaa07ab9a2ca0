import { allContainers } from '../../src/cluster/containers.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const variableRepeated = defineRule({
  meta: {
    id: 'variable-repeated',
    category: 'manifest',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: workloadKinds,
    title: 'sets a variable twice',
    summary: 'A container sets one variable twice, to different values',
    why:
      'the last value wins, and the API server only warns ("hides previous definition"); ' +
      'with kubectl apply the list is merged by name, so that a later change may keep either ' +
      'of them',
    fixable: false,
  },
  messages: {
    twice: ({ name, last }: { name: string; last: string }) =>
      `"${name}" is set again further down, and ${last} is what counts`,
  },
  check({ cluster, report }) {
    for (const { workload: object, spec, templatePath } of cluster.pods.all)
      for (const { container, path } of allContainers(spec)) {
        const { env = [] } = container;
        const last = new Map(env.map((variable, index) => [variable.name, { variable, index }]));
        if (last.size === env.length) continue;
        const at = (index: number) => [...templatePath, 'spec', ...path, 'env', index, 'name'];
        for (const [index, variable] of env.entries()) {
          const other = last.get(variable.name);
          if (other === undefined || other.index === index) continue;
          const [here, there] = [variable, other.variable].map(({ value, valueFrom }) =>
            JSON.stringify([value, valueFrom]),
          );
          // A value that the next one takes up is not lost: PATH=$(PATH):/more.
          if (here === there || other.variable.value?.includes(`$(${variable.name})`)) continue;
          const { value } = other.variable;
          report({
            object,
            at: at(index),
            id: 'twice',
            data: {
              name: variable.name,
              last: value === undefined ? 'that one' : JSON.stringify(value.slice(0, 60)),
            },
            help: 'take one of the two out',
            related: [{ object, at: at(other.index), message: 'this one counts' }],
          });
        }
      }
  },
});
