import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { rulesOf } from '../../src/cluster/policy.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { backendWorkloads } from '../../src/lint/ports/backend-ports.ts';
import {
  type ClosedPort,
  closedPort,
  hasOpenPort,
  servicePortSlips,
  slippedPorts,
  unresolvedNames,
} from '../../src/lint/ports/policy-ports.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  other: ({ target, policies, allowed }: { target: string; policies: string; allowed: string }) =>
    `nothing may connect to port ${target} of its pods: ${policies} only ${allowed}`,
  all: ({ target, policies }: { target: string; policies: string }) =>
    `nothing may connect to port ${target} of its pods: ${policies}, and nothing is allowed in`,
};

export const networkPolicyBlocksService = defineRule({
  meta: {
    id: 'network-policy-blocks-service',
    category: 'policy',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'has a port closed to everybody',
    summary: 'NetworkPolicies isolate the pods of a Service and allow its port from nowhere',
    why:
      'a pod that any NetworkPolicy selects for ingress accepts only what some rule of some ' +
      'policy allows; the port of a Service is open if a rule has the port of its pods',
    fixable: false,
  },
  messages,
  check(context) {
    const { cluster } = context;
    if (cluster.policies.all.length === 0) return;
    const isSlipped = slippedPorts(servicePortSlips(cluster));
    const misnamed = new Set(unresolvedNames(cluster).map(({ policy }) => policy));
    for (const service of cluster.services) {
      if (
        service.backends.length === 0 ||
        service.possible.length > 0 ||
        service.manualSlices.length > 0
      )
        continue;
      // A port beside others that are open may be closed on purpose. Where none is, what the
      // policies allow serves nobody.
      const someOpen = hasOpenPort(service, cluster);
      for (const index of service.ports.keys()) {
        const closed = closedPort(service, index, cluster);
        // A rule that names the Service port, or a port that is none, is to blame itself, and
        // another finding.
        if (
          closed === undefined ||
          (misnamed.size > 0 && closed.policies.some((policy) => misnamed.has(policy))) ||
          isSlipped(service, index)
        )
          continue;
        report(service, index, closed, someOpen ? 'warning' : 'error', context);
      }
    }
  },
});

function report(
  service: ServicePicture,
  index: number,
  { targets, policies }: ClosedPort,
  severity: 'error' | 'warning',
  context: RuleContext<typeof messages>,
): void {
  const { unseen, unknown } = context;
  const place = { object: service.object, at: ['spec', 'ports', index, 'port'] };
  const whyUnseen = unseen.whyDocumentUnseen('NetworkPolicy');
  if (whyUnseen !== undefined)
    return unknown({ ...place, reason: `no policy that was read allows it, but ${whyUnseen}` });
  const opening = policies.filter((policy) => rulesOf(policy, 'Ingress').length > 0);
  const target = targets.join(' and ');
  const common = {
    ...place,
    related: policies.slice(0, 3).map((policy) => ({
      object: policy,
      at: ['spec', 'podSelector'],
      part: 'key' as const,
      message: 'this policy isolates the pods',
    })),
    dependsOn: [...policies, ...backendWorkloads(service)],
  };
  if (opening.length === 0) {
    context.report({
      ...common,
      id: 'all',
      data: {
        target,
        policies: `${listObjects(policies)} ${policies.length === 1 ? 'isolates' : 'isolate'} them`,
      },
      severity: 'info',
      help:
        `allow ${service.ports[index]?.protocol ?? 'TCP'} ${target} from whoever needs the ` +
        'Service, in a policy of its own',
    });
    return;
  }
  const allowed = allowedPorts(opening);
  context.report({
    ...common,
    id: 'other',
    data: {
      target,
      policies: listObjects(opening),
      allowed: `${opening.length === 1 ? 'allows' : 'allow'} ${allowed.join(', ')}`,
    },
    severity,
    help: `add port ${target} to a rule of ${describeObject(opening[0] as ClusterObject)}`,
  });
}

/** `TCP 8080`, `TCP web`, at most five. */
function allowedPorts(policies: readonly ClusterObject<NetworkPolicy>[]): string[] {
  const texts = policies.flatMap((policy) =>
    rulesOf(policy, 'Ingress').flatMap(({ ports }) =>
      ports.map(
        ({ port, protocol = 'TCP', endPort }) =>
          `${protocol} ${port ?? 'ports'}${endPort === undefined ? '' : `–${endPort}`}`,
      ),
    ),
  );
  return [...new Set(texts)].sort().slice(0, 5);
}

function listObjects(objects: readonly ClusterObject[]): string {
  const shown = objects.slice(0, 3).map((object) => describeObject(object));
  return `${shown.join(', ')}${objects.length > 3 ? ` and ${objects.length - 3} more` : ''}`;
}
