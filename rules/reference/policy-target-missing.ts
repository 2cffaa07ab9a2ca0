import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { asText, fieldAt } from '../../src/kubernetes/json.ts';
import { followNearMiss, nearMissMessages } from '../../src/lint/references/named-objects.ts';
import {
  allNamings,
  isAttachment,
  type Naming,
  wantedBy,
} from '../../src/lint/references/namings.ts';
import { listServicePorts } from '../../src/lint/references/service-port.ts';
import { listenersOf } from '../../src/lint/routes/listeners.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';
import { getOwn } from '../../src/own.ts';

/** What the older policies of a mesh are about, wherever they name it. */
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

type SectionData = Readonly<Record<'section' | 'target' | 'what' | 'known', string>>;

export const policyTargetMissing = defineRule({
  meta: {
    id: 'policy-target-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [],
    title: 'is a policy for nothing',
    summary: 'A policy names a Service, route, Gateway, Server or ConfigMap that does not exist',
    why:
      'a policy that is attached to an object takes effect on that object only: where it is not ' +
      'there the traffic that was meant goes unencrypted, or is denied, as if nobody had ' +
      'written it',
    fixable: true,
  },
  messages: {
    ...nearMissMessages,
    section: ({ section, target, what, known }: SectionData) =>
      `${target} has no ${what} "${section}"; known ${what}s: ${known}`,
  },
  check(context) {
    for (const naming of allNamings(context.cluster))
      if (isAttached(naming)) {
        followNearMiss(context, naming, { also: 'only', beside: true });
        const section = strangeSection(naming, context.cluster);
        if (section !== undefined) context.report({ ...section, id: 'section' });
      }
  },
});

/** A `sectionName` is the name of a port of a Service, or of a listener of a Gateway. */
function strangeSection(naming: Naming, cluster: Cluster) {
  const { object, reference } = naming;
  const at = [...reference.path.slice(0, -1), 'sectionName'];
  const section = asText(fieldAt(object.value, ...at));
  const target = section === undefined ? undefined : sectionsOf(naming, cluster);
  if (section === undefined || target === undefined || isPlaceholder(section)) return undefined;
  if (target.names.some((name) => name === section || isPlaceholder(name))) return undefined;
  const { whole, what, known } = target;
  return {
    object,
    at,
    data: { section, target: describeObject(whole), what, known },
    help: `write the name of a ${what}, or take sectionName out`,
    related: [
      {
        object: whole,
        at: ['spec', `${what}s`],
        part: 'key' as const,
        message: `the ${what}s of the ${whole.kind}`,
      },
    ],
  };
}

interface Sections {
  readonly whole: ClusterObject;
  readonly what: 'port' | 'listener';
  readonly names: readonly (string | undefined)[];
  readonly known: string;
}

function sectionsOf(naming: Naming, cluster: Cluster): Sections | undefined {
  const { objects, servicesByName } = cluster;
  const { group, kind, namespace = '', name } = wantedBy(naming, cluster);
  if (kind === 'Gateway') {
    const whole = objects.findOfKind(group, kind, namespace, name);
    const names = whole === undefined ? [] : listenersOf(whole).map((one) => one.name);
    return whole && { whole, what: 'listener', names, known: names.join(', ') };
  }
  const service = kind === 'Service' ? servicesByName.get(`${namespace}/${name}`) : undefined;
  return (
    service && {
      whole: service.object,
      what: 'port',
      names: service.ports.map((port) => port.name),
      known: listServicePorts(service.ports),
    }
  );
}

/** What routes and others name for another purpose has rules of its own. */
function isAttached({ object, reference }: Naming): boolean {
  const { group, kind } = reference;
  if (reference.common === true) return isAttachment(reference);
  return (getOwn(policies, object.kind) ?? []).some(
    (target) => target[0] === group && target[1] === kind,
  );
}
