import type { Cluster } from '../../src/cluster/cluster.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { runsToCompletion } from '../../src/kubernetes/kinds.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { groupsOf } from '../../src/lint/selectors/services-of.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { addTo } from '../../src/multimap.ts';
import { isSlip } from '../../src/text/slip.ts';

/** More Services than this under one label are not compared. */
const limit = 200;

export const serviceMissesWorkload = defineRule({
  meta: {
    id: 'service-misses-workload',
    category: 'selector',
    severity: 'warning',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'misses pods by a typo',
    summary: 'A Service selects some pods and misses those of a workload with a misspelt label',
    why:
      'a selector takes pods whose labels equal it to the letter; those that miss it by one ' +
      'get no traffic, and nothing tells, for the other pods still answer',
    fixable: false,
  },
  messages: {
    value: ({ wanted, actual, workload, others }: Difference) =>
      `the pods of ${workload} have ${actual}, which is nearly ${wanted}; the selector ` +
      `takes those of ${others} only`,
  },
  check({ cluster, report }) {
    const services = servicesByKey(cluster);
    for (const set of cluster.pods.all) {
      if (isApart(set)) continue;
      const used = new Set(
        groupsOf(cluster, set).flatMap(({ services: [one] }) => Object.keys(one?.selector ?? {})),
      );
      for (const key of set.labels.keys()) {
        if (used.has(key)) continue;
        for (const service of (services.get(`${set.namespace}\n${key}`) ?? []).slice(0, limit)) {
          const misspelt = misspeltPair(service.selector ?? {}, key, set);
          if (misspelt === undefined) continue;
          const { wanted, actual } = misspelt;
          report({
            object: service.object,
            at: ['spec', 'selector', key],
            id: 'value',
            data: {
              wanted: `${key}=${wanted}`,
              actual: `${key}=${actual}`,
              workload: describeObject(set.workload),
              others: describeObject(service.backends[0]!.members.set.workload),
            },
            help:
              `change the label of the pods to ${key}: ${wanted}, in the selector of the ` +
              'workload too',
            related: [
              {
                object: set.workload,
                at: [...set.templatePath, 'metadata', 'labels', key],
                message: 'the label of the pods that are missed',
              },
            ],
            dependsOn: [set.workload],
          });
        }
      }
    }
  },
});

interface Difference {
  readonly wanted: string;
  readonly actual: string;
  readonly workload: string;
  readonly others: string;
}

/** Pods of which nobody expects a Service, or of whose labels too little is known. */
function isApart({ workload, assumed, hook, labelsOpen, count, countKnown }: PodSet): boolean {
  return (
    runsToCompletion(workload.kind) ||
    assumed ||
    hook !== undefined ||
    labelsOpen ||
    workload.incomplete.length > 0 ||
    (countKnown && count === 0)
  );
}

/** Services that select some pods, by namespace and key of their selector. */
function servicesByKey({ services }: Cluster): Map<string, ServicePicture[]> {
  const found = new Map<string, ServicePicture[]>();
  for (const service of services) {
    if (service.backends.length === 0) continue;
    for (const key of Object.keys(service.selector ?? {}))
      addTo(found, `${service.object.namespace ?? ''}\n${key}`, service);
  }
  return found;
}

/**
 * The only pair that does not match, if it is a slip. What a workload is called is spelt as it is
 * meant to be.
 */
function misspeltPair(
  selector: Readonly<Record<string, string>>,
  key: string,
  { labels, workload }: PodSet,
) {
  const wrong = Object.entries(selector).filter(([own, value]) => labels.get(own) !== value);
  const [pair] = wrong;
  const actual = labels.get(key);
  if (pair === undefined || wrong.length > 1 || pair[0] !== key || typeof actual !== 'string')
    return undefined;
  const isMisspelt = isSlip(pair[1], actual) && !workload.name.includes(actual);
  return isMisspelt ? { wanted: pair[1], actual } : undefined;
}
