import type { ClusterObject } from '../../src/cluster/objects.ts';
import { leaderAnnotation } from '../../src/cluster/controllers/mirroring.ts';
import { nearestName } from '../../src/text/nearest-name.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { describeObject } from '../../src/manifest/object-reference.ts';
import { defineRule } from '../../src/lint/rule.ts';

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
  messages: {
    near: ({ name, service }: { name: string; service: string }) =>
      `no Service is named "${name}"; ${service} has no selector and no endpoints`,
    namespace: ({ name, service }: { name: string; service: string }) =>
      `no Service is named "${name}" in this namespace; there is ${service}`,
    none: ({ name, objects }: { name: string; objects: number }) =>
      `no Service is named "${name}" in the ${objects} objects read`,
  },
  check({ cluster, world, report, unknown }) {
    for (const object of cluster.unattachedEndpoints) {
      if (
        object.value.metadata?.annotations?.[leaderAnnotation] !== undefined ||
        isApiServersOwn(object)
      )
        continue;
      const place = { object, at: ['metadata', 'name'] };
      const near = selectorlessService(object, cluster);
      if (near !== undefined) {
        const message =
          'this Service has no selector, and no Endpoints or EndpointSlices of its name';
        report({
          ...place,
          id: near.namespace === object.namespace ? 'near' : 'namespace',
          data: { name: object.name, service: describeObject(near) },
          help:
            near.namespace === object.namespace
              ? `rename one of the two: the names must be equal to the letter`
              : `put both into one namespace`,
          related: [{ object: near, at: ['metadata', 'name'], message }],
          ...(near.namespace === object.namespace && {
            fixes: [
              {
                title: `rename the Endpoints to ${near.name}`,
                safety: 'unsafe',
                replace: near.name,
              },
            ],
          }),
        });
        continue;
      }
      if (isVolumeSource(object, cluster)) continue;
      const unseen =
        world.unseen('Service', {
          namespace: object.namespace ?? cluster.options.namespace,
          name: object.name,
        }) ??
        (cluster.services.length === 0 ? 'no Service was read together with them' : undefined);
      if (unseen !== undefined)
        unknown({
          ...place,
          reason: `no Service of this name was read, but ${unseen}`.replace(
            'but no Service',
            'as no Service',
          ),
        });
      else
        report({
          ...place,
          id: 'none',
          data: { name: object.name, objects: cluster.objects.all.length },
          severity: 'warning',
          help: `write a Service named ${object.name} without selector, or rename the Endpoints`,
        });
    }
  },
});

/** The API server writes `default/kubernetes` by itself. */
function isApiServersOwn({ namespace, name }: ClusterObject): boolean {
  return namespace === 'default' && name === 'kubernetes';
}

/** GlusterFS volumes take their servers from Endpoints by name, without any Service. */
function isVolumeSource({ namespace, name }: ClusterObject, { pods }: Cluster): boolean {
  return pods
    .inNamespace(namespace ?? '')
    .some(({ spec }) =>
      (spec.volumes ?? []).some(({ glusterfs }) => glusterfs?.endpoints === name),
    );
}

/** A Service that waits for hand-written endpoints: of a similar name, of the same name elsewhere, or the only one there is. */
function selectorlessService(
  endpoints: ClusterObject,
  cluster: Cluster,
): ClusterObject | undefined {
  const waiting = cluster.services
    .filter(
      ({ selector, spec, manualEndpoints, manualSlices }) =>
        selector === undefined &&
        spec.type !== 'ExternalName' &&
        manualEndpoints === undefined &&
        manualSlices.length === 0,
    )
    .map(({ object }) => object);
  const elsewhere = waiting.find(
    ({ name, namespace }) => name === endpoints.name && namespace !== endpoints.namespace,
  );
  if (elsewhere !== undefined) return elsewhere;
  const here = waiting.filter(({ namespace }) => namespace === endpoints.namespace);
  const near = nearestName(
    endpoints.name,
    here.map(({ name }) => name),
  );
  const related = here.filter(
    ({ name }) => name.includes(endpoints.name) || endpoints.name.includes(name),
  );
  return here.find(({ name }) => name === near) ?? (related.length === 1 ? related[0] : undefined);
}
