import type { Ingress } from 'kubernetes-types/networking/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { ingressServices } from '../../src/lint/references/ingress-backends.ts';
import { follow, missingMessages, namespaceOf } from '../../src/lint/references/reference.ts';
import {
  isAction,
  type LackingLabel,
  lackingLabel,
} from '../../src/lint/references/rollout-faults.ts';
import * as argo from '../../src/lint/references/rollout-services.ts';
import { followService } from '../../src/lint/references/service-port.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import type { Path } from '../../src/manifest/node.ts';

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
    const rollouts = context.cluster.objects.ofKind('argoproj.io', 'Rollout');
    const sets = new Map(
      rollouts.length === 0 ? [] : context.cluster.pods.all.map((set) => [set.workload, set]),
    );
    for (const rollout of rollouts) {
      for (const at of argo.managedServices) {
        const service = followAt(at, rollout, context);
        if (service !== undefined)
          checkService(service, { object: rollout, at }, sets.get(rollout), context);
      }
      if (!isAction(rollout, context.cluster)) followAt(argo.rootService, rollout, context);
      checkPairs(rollout, context);
      checkIngresses(rollout, context);
    }
  },
});

type Context = RuleContext<typeof messages>;

function followAt(at: Path, rollout: ClusterObject, context: Context): ServicePicture | undefined {
  const name = argo.nameAt(rollout, at);
  return name === undefined
    ? undefined
    : followService(context, { object: rollout, at }, { name })?.picture;
}

function checkService(
  service: ServicePicture,
  place: { object: ClusterObject; at: Path },
  set: PodSet | undefined,
  context: Context,
): void {
  const { object } = service;
  const lacking = lackingLabel(service, set);
  if (lacking?.state === 'unknown')
    return context.unknown({
      ...place,
      reason:
        `whether its pods have the label ${lacking.key}=${lacking.value} of Service ` +
        `${object.name} is not known`,
    });
  if (lacking !== undefined) return sayLacking(lacking, object, place, context);
  const owner = object.value.metadata?.annotations?.[argo.managedBy];
  if (owner === undefined || owner === place.object.name) return;
  const at = ['metadata', 'annotations', argo.managedBy];
  context.report({
    ...place,
    id: 'managed',
    data: { service: object.name, owner },
    help: 'give each Rollout Services of its own',
    related: [{ object, at, message: 'the annotation that says so' }],
  });
}

function sayLacking(
  { key, value, actual, workload }: LackingLabel,
  object: ClusterObject,
  place: { object: ClusterObject; at: Path },
  { report }: Context,
): void {
  const message = 'this pair of its selector';
  report({
    ...place,
    id: 'label',
    data: {
      service: object.name,
      pair: `${key}=${value}`,
      actual: actual === undefined ? `no label ${key}` : `${key}=${actual ?? ''}`,
    },
    help:
      `take the pair out of the selector, or add ${key}: ${value} to the labels of the pod ` +
      'template',
    related: [{ object, at: ['spec', 'selector', key], part: 'key', message }],
    dependsOn: [workload],
  });
}

/**
 * The same package's validation.go `ValidateRolloutStrategyCanary`,
 * `ValidateRolloutStrategyBlueGreen`.
 */
function checkPairs(rollout: ClusterObject, { report }: Context): void {
  for (const [first, second] of argo.servicePairs) {
    const service = argo.nameAt(rollout, second);
    if (service === undefined || argo.nameAt(rollout, first) !== service) continue;
    report({
      object: rollout,
      at: second,
      id: 'same',
      data: { service, other: String(first.at(-1)) },
      help: 'add a second Service with the same selector',
      related: [{ object: rollout, at: first, message: 'the same name' }],
    });
  }
}

function checkIngresses(rollout: ClusterObject, context: Context): void {
  for (const { at, name, service } of argo.trafficIngresses(rollout)) {
    const wanted = {
      group: 'networking.k8s.io',
      kind: 'Ingress',
      namespace: namespaceOf(rollout, context.cluster),
      name,
    };
    const ingress = follow(context, { object: rollout, at }, wanted) as
      ClusterObject<Ingress> | undefined;
    if (
      ingress === undefined ||
      service === undefined ||
      ingressServices(ingress).some((backend) => backend.name === service)
    )
      continue;
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
