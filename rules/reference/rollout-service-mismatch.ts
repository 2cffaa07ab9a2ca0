import type { ClusterObject } from '../../src/cluster/objects.ts';
import { followService } from '../../src/lint/references/reached-service.ts';
import { follow, missingMessages, namespaceOf } from '../../src/lint/references/reference.ts';
import { leadsTo } from '../../src/lint/routes/ingress-backends.ts';
import {
  equalServices,
  type ManagedFault,
  managedFault,
  namedServices,
} from '../../src/lint/routes/rollout-faults.ts';
import { managedBy, trafficIngresses } from '../../src/lint/routes/rollout-services.ts';
import { defineRule, type Place, type RuleContext, type Words } from '../../src/lint/rule.ts';

const messages = {
  ...missingMessages,
  label: ({ service, pair, actual }: { service: string; pair: string; actual: string }) =>
    `the selector of Service "${service}" has ${pair}, and the pods of the Rollout have ${actual}`,
  managed: ({ service, owner }: { service: string; owner: string }) =>
    `another Rollout, "${owner}", manages Service "${service}"`,
  same: ({ other, service }: { other: string; service: string }) =>
    `"${service}" is the ${other} already; two Services are needed`,
  ingress: ({ ingress, service }: { ingress: string; service: string }) =>
    `no rule of Ingress "${ingress}" leads to Service "${service}"`,
};

export const rolloutServiceMismatch = defineRule({
  meta: {
    id: 'rollout-service-mismatch',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Rollout'],
    title: 'cannot use its Services',
    summary: 'An Argo Rollout refers to a Service that does not exist or does not select its pods',
    why:
      'the controller checks the Services of a Rollout before it does anything; where one is ' +
      'missing, or selects a label that the pod template lacks, the Rollout is degraded ' +
      '(InvalidSpec) and makes no pods',
    fixable: true,
  },
  messages,
  check(context) {
    for (const rollout of context.cluster.objects.ofKind('argoproj.io', 'Rollout')) {
      const [set] = context.cluster.pods.ofWorkload(rollout);
      for (const { at, name, managed } of namedServices(rollout, context.cluster)) {
        const place = { object: rollout, at };
        const service = followService(context, place, { name })?.picture;
        if (service === undefined || !managed) continue;
        const fault = managedFault(service, rollout, set);
        if (fault !== undefined) say(fault, service.object, place, context);
      }
      for (const { at, other, service } of equalServices(rollout))
        context.report({
          object: rollout,
          at,
          id: 'same',
          data: { service, other: String(other.at(-1)) },
          help: 'add a second Service with the same selector',
          related: [{ object: rollout, at: other, message: 'the same name' }],
        });
      checkIngresses(rollout, context);
    }
  },
});

type Context = RuleContext<typeof messages>;

function say(
  fault: ManagedFault,
  object: ClusterObject,
  place: Place,
  { report, unknown }: Context,
): void {
  if (fault.state === 'unknown')
    unknown({
      ...place,
      reason:
        `whether its pods have the label ${fault.key}=${fault.value} of Service ${object.name} ` +
        'is not known',
    });
  else report({ ...place, ...wordsFor(fault, object) });
}

function wordsFor(
  fault: Exclude<ManagedFault, { state: 'unknown' }>,
  object: ClusterObject,
): Words<typeof messages> {
  if (fault.state === 'owned') {
    const at = ['metadata', 'annotations', managedBy];
    return {
      id: 'managed',
      data: { service: object.name, owner: fault.owner },
      help: 'give each Rollout Services of its own',
      related: [{ object, at, message: 'the annotation that says so' }],
    };
  }
  const { key, value, actual, workload } = fault;
  const has = actual === undefined ? `no label ${key}` : `${key}=${actual ?? ''}`;
  const at = ['spec', 'selector', key];
  return {
    id: 'label',
    data: { service: object.name, pair: `${key}=${value}`, actual: has },
    help:
      `take the pair out of the selector, or add ${key}: ${value} to the labels of the pod ` +
      'template',
    related: [{ object, at, part: 'key', message: 'this pair of its selector' }],
    dependsOn: [workload],
  };
}

function checkIngresses(rollout: ClusterObject, context: Context): void {
  for (const { at, name, service } of trafficIngresses(rollout)) {
    const namespace = namespaceOf(rollout, context.cluster);
    const wanted = { group: 'networking.k8s.io', kind: 'Ingress', namespace, name };
    const ingress = follow(context, { object: rollout, at }, wanted);
    if (ingress === undefined || service === undefined || leadsTo(ingress, service)) continue;
    context.report({
      object: rollout,
      at,
      id: 'ingress',
      data: { ingress: name, service },
      help: `let a path of the Ingress lead to ${service}`,
      related: [{ object: ingress, at: ['spec', 'rules'], part: 'key', message: 'its rules' }],
    });
  }
}
