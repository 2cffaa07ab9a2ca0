import type { PodSet } from '../../src/cluster/pods.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { areAlternatives } from '../../src/lint/objects/applied-together.ts';
import { defineRule, type Words } from '../../src/lint/rule.ts';
import { type ForeignBackend, foreignBackends } from '../../src/lint/selectors/foreign-backends.ts';
import {
  type PartialBackends,
  partialBackends,
} from '../../src/lint/selectors/partial-backends.ts';
import { perBackends } from '../../src/lint/selectors/services-of.ts';
import { dedupe } from '../../src/lists.ts';
import { describeObject, listObjects } from '../../src/manifest/object-reference.ts';

type Sides = Readonly<Record<'without' | 'with', string>>;

const messages = {
  foreign: ({ foreign, theirs }: Record<'foreign' | 'theirs', string>) =>
    `the selector takes the pods of ${foreign} as well, which ${theirs} is for`,
  lacks: ({ target, without, with: having }: { target: string } & Sides) =>
    `the pods of ${without} have no port "${target}"; those of ${having} have it, and ` +
    'the selector takes both',
  undeclared: ({ target, without, with: having }: { target: number } & Sides) =>
    `the pods of ${without} do not declare port ${target}; those of ${having} do, and ` +
    'the selector takes both',
};

export const serviceSelectsPartialBackends = defineRule({
  meta: {
    id: 'service-selects-partial-backends',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'selects pods that lack its port',
    summary: 'A Service selects some pods that do not declare its port, or are of another Service',
    why:
      'a named target port is looked up in each pod; a pod without it still joins the ' +
      'EndpointSlices, in a slice of its own that lacks the port, and takes no traffic for it',
    fixable: false,
  },
  messages,
  check({ cluster, unit, report, unknown }) {
    const told = new Set<ServicePicture>();
    for (const partial of partialBackends(cluster)) {
      const { service, index, first, having, workloads } = partial;
      told.add(service);
      const place = { object: service.object, at: ['spec', 'ports', index, 'targetPort'] };
      const form = having.find(({ workload }) => areAlternatives(workload, first.workload, unit));
      if (form !== undefined) {
        const other = describeObject(first.workload);
        unknown({
          ...place,
          reason: `perhaps ${other} is applied instead of ${describeObject(form.workload)}`,
        });
        continue;
      }
      report({
        ...place,
        ...wordsFor(partial),
        dependsOn: workloads(),
        related: [
          {
            object: first.workload,
            at: [...first.templatePath, 'metadata', 'labels'],
            part: 'key',
            message: 'these pods match the selector',
          },
        ],
      });
    }
    for (const found of foreignBackends(cluster, told)) report(foreignFinding(found));
  },
});

function foreignFinding({ service, own, foreign, theirs, key }: ForeignBackend) {
  const value = own.labels.get(key);
  const owner = describeObject(own.workload);
  const place = { at: ['spec', 'selector'], part: 'key' as const };
  return {
    object: service.object,
    ...place,
    id: 'foreign' as const,
    data: { foreign: describeObject(foreign.workload), theirs: describeObject(theirs.object) },
    title: 'selects pods of another app',
    why: 'a Service deals connections out to all pods that it selects, whatever runs in them',
    help:
      typeof value === 'string'
        ? `ask for ${key}: ${value} as well`
        : `give the pods of ${owner} a label ${key}, and ask for it`,
    dependsOn: [own.workload, foreign.workload],
    related: [{ object: theirs.object, ...place, message: 'their Service' }],
  };
}

const namesOf = perBackends<Sides>();

function wordsFor({
  service,
  index,
  target,
  having,
  lacking,
}: PartialBackends): Words<typeof messages> {
  const sides = namesOf(service, `${index} ${service.headless}`, () => ({
    without: names(lacking),
    with: names(having),
  }));
  const narrow = `add a label to the selector that only the pods of ${sides.with} have`;
  if (typeof target === 'string')
    return {
      id: 'lacks',
      data: { target, ...sides },
      help: `${narrow}, or declare the port "${target}" there too`,
    };
  return {
    id: 'undeclared',
    data: { target, ...sides },
    why:
      'a numeric target port is dialled in every pod that the selector takes; one ' +
      'where nobody listens refuses its share of the connections',
    help: `${narrow}, or declare port ${target} there too if they do listen on it`,
  };
}

function names(sets: readonly PodSet[]): string {
  const workloads = sets.map(({ workload }) => workload);
  return listObjects(dedupe(workloads, describeObject));
}
