import type { Cluster } from '../../src/cluster/cluster.ts';
import { asText, fieldAt, type Json } from '../../src/kubernetes/json.ts';
import { followNearMiss, nearMissMessages } from '../../src/lint/references/named-objects.ts';
import { type Naming, namingsOf, wantedBy } from '../../src/lint/references/namings.ts';
import { listServicePorts } from '../../src/lint/references/service-port.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { getOwn } from '../../src/own.ts';

/** Kinds of policies that take effect on what they name → what these may be. */
const policies: Readonly<Record<string, readonly (readonly [group: string, kind: string])[]>> = {
  BackendTLSPolicy: [
    ['', 'Service'],
    ['', 'ConfigMap'],
  ],
  ServerAuthorization: [['policy.linkerd.io', 'Server']],
  AuthorizationPolicy: [
    ['policy.linkerd.io', 'Server'],
    ['policy.linkerd.io', 'HTTPRoute'],
    ['policy.linkerd.io', 'MeshTLSAuthentication'],
    ['policy.linkerd.io', 'NetworkAuthentication'],
  ],
  HTTPRoute: [['policy.linkerd.io', 'Server']],
};

export const policyTargetMissing = defineRule({
  meta: {
    id: 'policy-target-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: Object.keys(policies),
    title: 'is a policy for nothing',
    summary:
      'A policy about TLS or authorization names a Service, Server or ConfigMap that does ' +
      'not exist',
    why:
      'a policy that is attached to an object takes effect on that object only: where it is not ' +
      'there the traffic that was meant goes unencrypted, or is denied, as if nobody had ' +
      'written it',
    fixable: true,
  },
  messages: {
    ...nearMissMessages,
    section: ({ section, service, known }: Record<'section' | 'service' | 'known', string>) =>
      `${service} has no port "${section}"; known ports: ${known}`,
  },
  check(context) {
    const targets = new Map(
      Object.values(policies)
        .flat()
        .map((target) => [target.join('/'), target]),
    );
    for (const [group, kind] of targets.values())
      for (const naming of namingsOf(context.cluster, group, kind))
        if (isAttached(naming)) {
          followNearMiss(context, naming, { also: 'only' });
          const section = strangeSection(naming, context.cluster);
          if (section !== undefined) context.report({ ...section, id: 'section' });
        }
  },
});

/** A `sectionName` of a Service is the name of one of its ports. */
function strangeSection(naming: Naming, cluster: Cluster) {
  const { object, reference } = naming;
  const { namespace = '', name } = wantedBy(naming, cluster);
  const service = cluster.servicesByName.get(`${namespace}/${name}`);
  const at = [...reference.path.slice(0, -1), 'sectionName'];
  const section = asText(fieldAt(object.value as Json, ...at));
  if (reference.kind !== 'Service' || service === undefined || section === undefined)
    return undefined;
  const isKnown = service.ports.some((port) => port.name === section || isPlaceholder(port.name));
  if (isKnown || isPlaceholder(section)) return undefined;
  const message = 'the ports of the Service';
  return {
    object,
    at,
    data: {
      section,
      service: describeObject(service.object),
      known: listServicePorts(service.ports),
    },
    help: 'write the name of a port of the Service, or take sectionName out',
    related: [{ object: service.object, at: ['spec', 'ports'], part: 'key' as const, message }],
  };
}

/** What routes and others name for another purpose has rules of its own. */
function isAttached({ object, reference: { group, kind } }: Naming): boolean {
  return (getOwn(policies, object.kind) ?? []).some(
    (target) => target[0] === group && target[1] === kind,
  );
}
