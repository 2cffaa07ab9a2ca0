import { allContainers } from '../../src/cluster/containers.ts';
import { inPodSpec } from '../../src/cluster/pods.ts';
import { imageName, lastStep } from '../../src/kubernetes/image-name.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { takenVariable } from '../../src/lint/references/taken-variables.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

export const serviceVariableTaken = defineRule({
  meta: {
    id: 'service-variable-taken',
    category: 'reference',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds,
    title: "takes a Service's variable for its own",
    summary: 'A program reads a setting from a variable that Kubernetes sets for a Service',
    why:
      'pods are given variables for every Service of their namespace: NAME_PORT of a Service ' +
      '"name" is tcp://ADDRESS:PORT, which is no port',
    fixable: false,
  },
  messages: {
    taken: ({ name, service, program }: Record<'name' | 'service' | 'program', string>) =>
      `"${name}" is set to tcp://… for ${service}, and ${program} does not start with it`,
  },
  check({ cluster, report }) {
    for (const set of cluster.pods.all)
      for (const { container, path } of allContainers(set.spec)) {
        const taken = takenVariable(container, set, cluster);
        if (taken === undefined) continue;
        const { name, isRefused } = taken;
        const { object: service } = taken.service;
        report({
          object: set.workload,
          at: inPodSpec(set, ...path, 'image'),
          id: 'taken',
          data: {
            name,
            service: describeObject(service),
            program: lastStep(imageName(container.image ?? '')),
          },
          help:
            'write enableServiceLinks: false into the spec of the pods' +
            (isRefused ? ', or give the Service another name' : `, or set ${name}`),
          related: [{ object: service, at: ['metadata', 'name'], message: 'the Service' }],
        });
      }
  },
});
