import type { Cluster } from '../../src/cluster/cluster.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { serviceOfHost } from '../../src/kubernetes/references.ts';
import { fixTo } from '../../src/lint/fixes/change-to.ts';
import { follow, missingMessages, namespaceOf } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';

const messages = {
  ...missingMessages,
  ports: ({ port, target, known }: { port: number; target: string; known: string }) =>
    `clients who dial port ${port} end at ${target}, which has ${known} only: an alias ` +
    'changes no ports',
  short: ({ host, full }: { host: string; full: string }) =>
    `"${host}" is looked up as it stands: no search list is added to the target of an ` +
    `alias, and "${full}" is the name of the Service`,
  loop: ({ target }: { target: string }) => `${target} is an alias of this one`,
};

export const externalNameUnresolved = defineRule({
  meta: {
    id: 'external-name-unresolved',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Service'],
    title: 'is an alias that leads nowhere',
    summary: 'An ExternalName Service is an alias of a Service of the cluster that does not exist',
    why:
      'cluster DNS answers for an ExternalName Service with a CNAME record; the name in it ' +
      'is looked up by the client, and for a Service that does not exist there is no answer',
    fixable: true,
  },
  messages,
  check(context) {
    for (const service of context.cluster.services)
      if (service.spec.type === 'ExternalName') checkAlias(service, context);
  },
});

type Context = RuleContext<typeof messages>;

function checkAlias(service: ServicePicture, context: Context): void {
  const { object } = service;
  const { cluster, report } = context;
  const at = ['spec', 'externalName'];
  const host = hostOf(service);
  // A shorter name may be one of the outside world.
  const short = shortName(host, object, cluster);
  if (short !== undefined)
    return report({
      object,
      at,
      id: 'short',
      data: { host, full: short },
      severity: 'warning',
      help: `write ${short}`,
      fixes: fixTo(short, 'unsafe'),
    });
  const named = serviceOfHost(host, undefined);
  if (!/\.svc(\.cluster\.local)?$/.test(host) || named?.namespace === undefined) return;
  const { name, namespace } = named;
  const place = { object, at, within: { text: name, occurrence: 0 } };
  const found = follow(
    context,
    place,
    { group: '', kind: 'Service', namespace, name },
    {
      reach: (other) => `write ${name}.${other}.svc.cluster.local`,
    },
  );
  const target = cluster.servicesByName.get(`${namespace}/${name}`);
  if (found === undefined || target === undefined) return;
  if (target.spec.type !== 'ExternalName') return checkPorts(service, target, context);
  const back = serviceOfHost(hostOf(target), undefined);
  if (back?.name === object.name && back.namespace === namespaceOf(object, cluster))
    report({
      ...place,
      id: 'loop',
      data: { target: describeObject(found) },
      help: 'let one of them name what answers',
    });
}

function hostOf({ spec }: ServicePicture): string {
  return spec.externalName?.replace(/\.$/, '') ?? '';
}

/** What an alias offers has to be what its target has. */
function checkPorts(
  { object, ports }: ServicePicture,
  target: ServicePicture,
  { report }: Context,
): void {
  const known = target.ports.map(({ port }) => port);
  if (target.headless || known.length === 0) return;
  const name = describeObject(target.object);
  const at = ['spec', 'ports'];
  for (const [index, { port }] of ports.entries())
    if (!known.includes(port))
      report({
        object,
        at: ['spec', 'ports', index, 'port'],
        id: 'ports',
        data: { port, target: name, known: known.join(', ') },
        severity: 'warning',
        help: `let clients dial ${known.join(' or ')}, or give ${name} the port ${port}`,
        related: [{ object: target.object, at, part: 'key', message: 'its ports' }],
      });
}

/** `api`, `api.shop`: what a container could say for a Service that was read, in full. */
function shortName(host: string, object: ClusterObject, cluster: Cluster): string | undefined {
  const [name = '', namespace = namespaceOf(object, cluster), ...rest] = host.split('.');
  const isService =
    rest.length === 0 && name !== object.name && cluster.servicesByName.has(`${namespace}/${name}`);
  return isService ? `${name}.${namespace}.svc.cluster.local` : undefined;
}
