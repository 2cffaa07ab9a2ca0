import { asText, fieldAt } from '../../src/kubernetes/json.ts';
import { follow, missingMessages } from '../../src/lint/references/reference.ts';
import { destinations, IstioHosts, istioObjects } from '../../src/lint/routes/istio.ts';
import { defineRule, type Place } from '../../src/lint/rule.ts';

export const istioHostMissing = defineRule({
  meta: {
    id: 'istio-host-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['VirtualService', 'DestinationRule'],
    title: 'names a host that does not exist',
    summary: 'An Istio VirtualService or DestinationRule names a Service that does not exist',
    why:
      'a host without a dot is completed with the namespace of the object that names it, and ' +
      'a Service must have exactly that name; where there is none the proxies answer 503, ' +
      'and a DestinationRule applies to nothing',
    fixable: true,
  },
  messages: {
    ...missingMessages,
    partial: ({ host, full }: { host: string; full: string }) =>
      `"${host}" is not completed, for it has a dot, and no Service is called that; did ` +
      `you mean "${full}"?`,
  },
  check(context) {
    const hosts = new IstioHosts(context.cluster);
    const places: { place: Place; host: string }[] = [
      ...istioObjects(context.cluster, 'VirtualService')
        .flatMap(destinations)
        .map(({ object, path, host }) => ({ place: { object, at: [...path, 'host'] }, host })),
      ...istioObjects(context.cluster, 'DestinationRule').flatMap((object) => {
        const host = asText(fieldAt(object.value, 'spec', 'host'));
        return host === undefined ? [] : [{ place: { object, at: ['spec', 'host'] }, host }];
      }),
    ];
    for (const { place, host } of places) {
      const service = hosts.resolve(host, place.object);
      if (service === undefined) continue;
      const { name, namespace, partial } = service;
      if (partial) {
        const full = `${name}.${namespace}.svc.cluster.local`;
        const fixes = [{ title: `change it to ${full}`, safety: 'safe' as const, replace: full }];
        context.report({
          ...place,
          id: 'partial',
          data: { host, full },
          help: `change it to ${full}`,
          fixes,
        });
      } else {
        const reach = (other: string): string =>
          `write its full name: ${name}.${other}.svc.cluster.local`;
        follow(
          context,
          { ...place, within: { text: name, occurrence: 0 } },
          { group: '', kind: 'Service', namespace, name },
          { reach },
        );
      }
    }
  },
});
