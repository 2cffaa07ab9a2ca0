import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import {
  followGoverning,
  governing,
  governingFinding,
  governingMessages,
} from '../../src/lint/references/governing-service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

export const podSubdomainWithoutService = defineRule({
  meta: {
    id: 'pod-subdomain-without-service',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: workloadKinds.filter((kind) => kind !== 'StatefulSet'),
    title: 'has a subdomain unknown to DNS',
    summary: "A pod's subdomain is not a headless Service that has the pod",
    why:
      'a pod is found as <hostname>.<subdomain> only if it has both, and is an endpoint of a ' +
      'Service of the name of its subdomain; nothing checks it',
    fixable: true,
  },
  messages: {
    ...missingMessages,
    ...governingMessages,
    hostname: ({ subdomain }: { subdomain: string }) =>
      `hostname is left out: "${subdomain}" leads to the pods, but none of them has a name ` +
      'of its own under it',
    clusterIP: ({ subdomain }: { subdomain: string }) =>
      `the Service "${subdomain}" has a cluster IP: the names of pods are only promised ` +
      'under a headless one',
  },
  check(context) {
    const { cluster, report } = context;
    for (const set of cluster.pods.all) {
      const { workload: object, spec, templatePath } = set;
      const subdomain = spec.subdomain ?? '';
      // A StatefulSet overwrites it with its serviceName.
      if (subdomain === '' || set.ordinals !== undefined || set.assumed || isPlaceholder(subdomain))
        continue;
      const place = { object, at: [...templatePath, 'spec', 'subdomain'] };
      const service = followGoverning(context, place, subdomain);
      if (service === undefined) continue;
      const finding = governingFinding(service, set, object, cluster);
      const related = [
        { object: service.object, at: ['metadata', 'name'], message: 'the Service of this name' },
      ];
      const state = governing(service, set, cluster);
      if (finding !== undefined) report({ ...finding, at: place.at });
      else if (state === 'open')
        context.unknown({ ...place, reason: `which pods Service "${subdomain}" has is not known` });
      else if (state !== 'takes') continue;
      else if ((spec.hostname ?? '') === '' && set.indexed === undefined) {
        const why =
          'the endpoints of a pod without hostname have none either, and DNS names are ' +
          'made of it; the name of the pod does not stand in';
        const help =
          'add a hostname, or use a StatefulSet, which gives each pod one; if the Service ' +
          'is enough, take the subdomain out';
        report({
          ...place,
          id: 'hostname',
          title: 'has a subdomain but no hostname',
          data: { subdomain },
          severity: 'warning',
          why,
          help,
          related,
        });
      } else if (!service.headless) {
        const why =
          'the specification gives names to the endpoints of headless Services only; ' +
          'CoreDNS answers for others too, which is not a promise';
        report({
          ...place,
          id: 'clusterIP',
          title: 'needs its Service to be headless',
          data: { subdomain },
          severity: 'info',
          why,
          help: 'add clusterIP: None to the Service',
          related,
        });
      }
    }
  },
});
