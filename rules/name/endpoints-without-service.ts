import type { Cluster } from '../../src/cluster/cluster.ts';
import { leaderAnnotation } from '../../src/cluster/controllers/mirroring.ts';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import {
  describeWanted,
  lookUp,
  namespaceOf,
  wantedObject,
} from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { groupBy, lazily, perList } from '../../src/multimap.ts';
import { nearestIn } from '../../src/text/name-index.ts';

const messages = {
  near: ({ name, service }: { name: string; service: string }) =>
    `no Service is named "${name}"; ${service} has no selector and no endpoints`,
  namespace: ({ name, service }: { name: string; service: string }) =>
    `no Service is named "${name}" in this namespace; there is ${service}`,
  none: ({ name, objects }: { name: string; objects: number }) =>
    `no Service is named "${name}" in the ${objects} objects read`,
};

export const endpointsWithoutService = defineRule({
  meta: {
    id: 'endpoints-without-service',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['Endpoints'],
    title: 'belong to no Service',
    summary: 'Hand-written Endpoints have no Service of exactly their name',
    why: 'Endpoints and Service find each other by name and namespace alone; without a Service of the same name nothing uses the addresses, and the controller may delete them when it starts',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster } = context;
    const services = lazily(() => waitingServices(cluster));
    for (const object of cluster.unattachedEndpoints) {
      const isLock = object.value.metadata?.annotations?.[leaderAnnotation] !== undefined;
      if (isLock || isApiServersOwn(object)) continue;
      const waiting = waitingService(object, services(), cluster);
      if (waiting !== undefined) reportWaiting(object, waiting, context);
      else if (!isVolumeSource(object, cluster)) lookForService(object, context);
    }
  },
});

/** The API server writes `default/kubernetes` by itself. */
function isApiServersOwn({ namespace, name }: ClusterObject): boolean {
  return namespace === 'default' && name === 'kubernetes';
}

/** A Service that waits for hand-written endpoints: of a similar name, of the same name elsewhere, or the only one there is. */
function waitingService(
  endpoints: ClusterObject,
  { byName, byNamespace }: Waiting,
  { work }: Cluster,
): ClusterObject | undefined {
  const elsewhere = byName
    .get(endpoints.name)
    ?.find(({ namespace }) => namespace !== endpoints.namespace);
  if (elsewhere !== undefined) return elsewhere;
  const here = byNamespace.get(endpoints.namespace) ?? [];
  const near = nearestIn(
    endpoints.name,
    names(here, '', () => here.map(({ name }) => name)),
  );
  if (near !== undefined)
    return byName.get(near)?.find(({ namespace }) => namespace === endpoints.namespace);
  work.spend(here.length);
  const related = here.filter(
    ({ name }) => name.includes(endpoints.name) || endpoints.name.includes(name),
  );
  return related.length === 1 ? related[0] : undefined;
}

/** Services that have no endpoints of any kind. */
interface Waiting {
  readonly byName: ReadonlyMap<string, readonly ClusterObject[]>;
  readonly byNamespace: ReadonlyMap<string | undefined, readonly ClusterObject[]>;
}

const names = perList<readonly string[]>();

function waitingServices({ services }: Cluster): Waiting {
  const waiting = services
    .filter(
      ({ selector, spec, manualEndpoints, manualSlices }) =>
        selector === undefined &&
        spec.type !== 'ExternalName' &&
        manualEndpoints === undefined &&
        manualSlices.length === 0,
    )
    .map(({ object }) => object);
  return {
    byName: groupBy(waiting, ({ name }) => name),
    byNamespace: groupBy(waiting, ({ namespace }) => namespace),
  };
}

function reportWaiting(
  object: ClusterObject,
  service: ClusterObject,
  { report }: RuleContext<typeof messages>,
): void {
  const isHere = service.namespace === object.namespace;
  const message = 'this Service has no selector, and no Endpoints or EndpointSlices of its name';
  report({
    object,
    at: ['metadata', 'name'],
    id: isHere ? 'near' : 'namespace',
    data: { name: object.name, service: describeObject(service) },
    help: isHere
      ? 'rename one of the two: the names must be equal to the letter'
      : 'put both into one namespace',
    related: [{ object: service, at: ['metadata', 'name'], message }],
    ...(isHere && {
      fixes: [
        {
          title: `rename the Endpoints to ${service.name}`,
          safety: 'unsafe',
          replace: service.name,
        },
      ],
    }),
  });
}

/** GlusterFS volumes take their servers from Endpoints by name, without any Service. */
function isVolumeSource({ namespace, name }: ClusterObject, { pods }: Cluster): boolean {
  return pods
    .inNamespace(namespace ?? '')
    .some(({ spec }) =>
      (spec.volumes ?? []).some(({ glusterfs }) => glusterfs?.endpoints === name),
    );
}

/** A Service that does not wait has endpoints of its own: that its name is near says nothing. */
function lookForService(object: ClusterObject, context: RuleContext<typeof messages>): void {
  const { cluster, report, unknown } = context;
  const { name } = object;
  const place = { object, at: ['metadata', 'name'] };
  const wanted = wantedObject('v1', 'Service', namespaceOf(object, cluster), name);
  const lookup = lookUp(context, object, wanted, { handWritten: true });
  const reason =
    cluster.services.length === 0
      ? 'no Service was read together with them'
      : lookup.state === 'unknown'
        ? lookup.reason
        : undefined;
  if (reason !== undefined)
    unknown({ ...place, reason: `${describeWanted(wanted)} was not found, but ${reason}` });
  else if (lookup.state === 'missing')
    report({
      ...place,
      id: 'none',
      data: { name, objects: cluster.objects.all.length },
      severity: 'warning',
      help: `write a Service named ${name} without selector, or rename the Endpoints`,
    });
}
