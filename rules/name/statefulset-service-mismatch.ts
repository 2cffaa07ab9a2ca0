import type { Cluster } from '../../src/cluster/cluster.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { changeTo } from '../../src/lint/fixes/change-to.ts';
import {
  areToldNamesOf,
  followGoverning,
  type GovernedPods,
  governing,
  governingFinding,
  governingMessages,
  headlessServices,
  notHeadless,
  operatedPods,
  statefulPods,
} from '../../src/lint/references/governing-service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext, type Words } from '../../src/lint/rule.ts';

const messages = {
  ...missingMessages,
  ...governingMessages,
  another: ({ service, headless }: { service: string; headless: string }) =>
    `the Service "${service}" has a cluster IP; the headless Service of these pods is ` +
    `"${headless}", under which they have no names`,
  clusterIP: ({ service }: { service: string }) =>
    `the Service "${service}" has a cluster IP: the names of the pods are only promised ` +
    'under a headless one',
  absent: ({ headless }: { headless: string }) =>
    `serviceName is left out, so the pods have no names under the headless Service "${headless}"`,
};

export const statefulsetServiceMismatch = defineRule({
  meta: {
    id: 'statefulset-service-mismatch',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['StatefulSet', 'Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'],
    title: 'has pods without DNS names',
    summary: "A StatefulSet's serviceName names no Service that has its pods",
    why:
      'the pods of a StatefulSet are found as <pod>.<serviceName>: cluster DNS has these ' +
      'names only for pods that are endpoints of a Service of that very name; nothing checks it',
    fixable: true,
  },
  messages,
  check(context) {
    for (const pods of statefulPods(context.cluster)) {
      if (pods.name === '') sayAbsent(pods, context);
      else checkNamed(pods, context);
    }
    for (const pods of operatedPods(context.cluster)) checkMade(pods, context);
  },
});

type Context = RuleContext<typeof messages>;

function sayAbsent({ object, set }: GovernedPods, { cluster, report }: Context): void {
  const [headless] = headlessServices(cluster, set);
  if (headless === undefined) return;
  const { name } = headless.object;
  report({
    object,
    at: ['spec'],
    part: 'key',
    id: 'absent',
    severity: 'info',
    data: { headless: name },
    help: `add serviceName: ${name}`,
    related: [{ object: headless.object, at: ['metadata', 'name'], message: 'it has these pods' }],
  });
}

function checkNamed({ object, set, at, name }: GovernedPods, context: Context): void {
  const { cluster, report, unknown } = context;
  const place = { object, at };
  const unlike = set.countKnown && set.count <= 1 ? 'info' : undefined;
  const service = followGoverning(context, place, name, { unlike });
  if (service === undefined) return;
  const finding = governingFinding(service, set, object, cluster);
  const state = governing(service, set, cluster);
  if (finding !== undefined) report({ ...finding, at });
  else if (state === 'open')
    unknown({ ...place, reason: `which pods Service "${name}" has is not known` });
  else if (!service.headless && state === 'takes')
    report({ ...place, ...wordsFor(name, service, set, cluster) });
}

function wordsFor(
  service: string,
  picture: ServicePicture,
  set: PodSet,
  cluster: Cluster,
): Words<typeof messages> {
  const [headless] = headlessServices(cluster, set);
  const { object } = headless ?? picture;
  const message = headless === undefined ? 'not headless' : 'headless';
  const related = [{ object, at: ['metadata', 'name'], message }];
  if (headless === undefined)
    return {
      id: 'clusterIP',
      ...notHeadless,
      data: { service },
      help: 'add clusterIP: None to the Service, or a headless one beside it',
      related,
    };
  const { help, fixes } = changeTo(object.name, 'unsafe');
  return {
    id: 'another',
    title: 'has no names in its headless Service',
    data: { service, headless: object.name },
    severity: areToldNamesOf(object.name, set) ? 'warning' : 'info',
    help: `${help}; a StatefulSet that exists has to be made anew for it`,
    related,
    fixes,
  };
}

/** Pods of an operator, which go without names where nothing is written. */
function checkMade({ object, set, at, name }: GovernedPods, context: Context): void {
  const why =
    `where one of kind ${object.kind} names a Service its operator makes none, and nothing else ` +
    'either until there is one of that name that takes the pods';
  const service = followGoverning(context, { object, at }, name, { why, severity: 'error' });
  const finding = service && governingFinding(service, set, object, context.cluster);
  if (finding !== undefined)
    context.report({ ...finding, at, why, title: 'is not made for want of its Service' });
}
