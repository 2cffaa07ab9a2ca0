import type { EndpointSlice } from 'kubernetes-types/discovery/v1';
import type { ClusterObject } from '../../src/cluster/objects.ts';
import { serviceNameLabel } from '../../src/kubernetes/labels.ts';
import {
  describeWanted,
  follow,
  missingMessages,
  namespaceOf,
  wantedObject,
} from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext } from '../../src/lint/rule.ts';

const messages = {
  ...missingMessages,
  label: ({ label }: { label: string }) =>
    `the label ${label} is missing, so no proxy and no DNS server looks at this slice`,
};

export const sliceWithoutService = defineRule({
  meta: {
    id: 'slice-without-service',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['EndpointSlice'],
    title: 'belongs to no Service',
    summary: 'A hand-written EndpointSlice names no Service that exists',
    why:
      `a slice belongs to the Service that its label ${serviceNameLabel} names, whatever the ` +
      'slice itself is called; without the label nothing uses it',
    fixable: true,
  },
  messages,
  check(context) {
    const { cluster } = context;
    for (const object of cluster.unattachedSlices) {
      const name = object.value.metadata?.labels?.[serviceNameLabel];
      if (name === undefined) {
        reportUnlabelled(object, context);
        continue;
      }
      const place = { object, at: ['metadata', 'labels', serviceNameLabel] };
      const wanted = wantedObject('v1', 'Service', namespaceOf(object, cluster), name);
      const what = describeWanted(wanted);
      const reason = `${what} was not found, but no Service was read together with it`;
      if (cluster.services.length === 0) context.unknown({ ...place, reason });
      else follow(context, place, wanted, { handWritten: true });
    }
  },
});

function reportUnlabelled(
  object: ClusterObject<EndpointSlice>,
  { cluster, report }: RuleContext<typeof messages>,
): void {
  const meant = namesake(
    object,
    cluster.services.map((service) => service.object),
  );
  const add = { to: ['metadata', 'labels'], key: serviceNameLabel, value: meant ?? '' };
  report({
    object,
    at: ['metadata', 'name'],
    id: 'label',
    data: { label: serviceNameLabel },
    title: 'names no Service',
    help: `add the label ${serviceNameLabel}: ${meant ?? '<name of the Service>'}`,
    ...(meant !== undefined && {
      fixes: [{ title: `add the label ${serviceNameLabel}: ${meant}`, safety: 'safe', add }],
    }),
  });
}

/** The only Service that the slice is named after: `db` of `db-1`. */
function namesake(slice: ClusterObject, services: readonly ClusterObject[]): string | undefined {
  const alike = services.filter(
    ({ name, namespace }) =>
      namespace === slice.namespace && (slice.name === name || slice.name.startsWith(`${name}-`)),
  );
  return alike.length === 1 ? alike[0]?.name : undefined;
}
