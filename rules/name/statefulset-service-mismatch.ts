import {
  followGoverning,
  governing,
  governingFinding,
  governingMessages,
  headlessServices,
} from '../../src/lint/references/governing-service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule } from '../../src/lint/rule.ts';

export const statefulsetServiceMismatch = defineRule({
  meta: {
    id: 'statefulset-service-mismatch',
    category: 'name',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: ['StatefulSet', 'Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'],
    title: 'has pods without DNS names',
    summary: "A StatefulSet's serviceName names no Service that has its pods",
    why:
      'the pods of a StatefulSet are found as <pod>.<serviceName>: cluster DNS has these ' +
      'names only for pods that are endpoints of a Service of that very name; nothing checks ' +
      'it',
    fixable: true,
  },
  messages: {
    ...missingMessages,
    ...governingMessages,
    another: ({ service, headless }: { service: string; headless: string }) =>
      `the Service "${service}" has a cluster IP; the headless Service of these pods is ` +
      `"${headless}", under which they have no names`,
    clusterIP: ({ service }: { service: string }) =>
      `the Service "${service}" has a cluster IP: the names of the pods are only promised ` +
      'under a headless one',
    absent: ({ headless }: { headless: string }) =>
      `serviceName is left out, so the pods have no names under the headless Service "${headless}"`,
  },
  check(context) {
    const { cluster, report } = context;
    const sets = new Map(cluster.pods.all.map((set) => [set.workload, set]));
    for (const object of cluster.objects.of('StatefulSet')) {
      const set = sets.get(object);
      if (set === undefined || object.incomplete.length > 0) continue;
      const name = object.value.spec?.serviceName ?? '';
      const place = { object, at: ['spec', 'serviceName'] };
      if (name === '') {
        const [headless] = headlessServices(cluster, set);
        if (headless === undefined) continue;
        const related = [
          { object: headless.object, at: ['metadata', 'name'], message: 'it has these pods' },
        ];
        const finding = {
          data: { headless: headless.object.name },
          help: `add serviceName: ${headless.object.name}`,
          related,
        };
        report({ object, at: ['spec'], part: 'key', id: 'absent', severity: 'info', ...finding });
        continue;
      }
      const service = followGoverning(context, place, name);
      if (service === undefined) continue;
      const finding = governingFinding(service, set, object, cluster);
      if (finding !== undefined) report({ ...finding, at: place.at });
      else if (governing(service, set, cluster) === 'open')
        context.unknown({ ...place, reason: `which pods Service "${name}" has is not known` });
      else if (!service.headless && governing(service, set, cluster) === 'takes') {
        const [headless] = headlessServices(cluster, set);
        const related = [
          {
            object: (headless ?? service).object,
            at: ['metadata', 'name'],
            message: headless === undefined ? 'not headless' : 'headless',
          },
        ];
        if (headless === undefined)
          report({
            ...place,
            id: 'clusterIP',
            title: 'needs its Service to be headless',
            data: { service: name },
            severity: 'info',
            why:
              'the specification gives names to the endpoints of headless Services only; ' +
              'CoreDNS answers for others too, which is not a promise',
            help: 'add clusterIP: None to the Service, or a headless one beside it',
            related,
          });
        else
          report({
            ...place,
            id: 'another',
            data: { service: name, headless: headless.object.name },
            severity: 'warning',
            help:
              `change it to ${headless.object.name}; a StatefulSet that exists has to be ` +
              'made anew for it',
            related,
            fixes: [
              {
                title: `change it to ${headless.object.name}`,
                safety: 'unsafe',
                replace: headless.object.name,
              },
            ],
          });
      }
    }
    for (const { object, made } of cluster.operators.all) {
      const set = sets.get(object);
      const at = made.pods?.find(({ subdomainAt }) => subdomainAt !== undefined)?.subdomainAt;
      if (set?.subdomain === undefined || at === undefined) continue;
      const why =
        `where a ${object.kind} names a Service its operator makes none, and makes nothing ` +
        'else either until there is one of that name that takes the pods';
      const service = followGoverning(context, { object, at }, set.subdomain, {
        why,
        severity: 'error',
      });
      if (service === undefined) continue;
      const finding = governingFinding(service, set, object, cluster);
      if (finding !== undefined)
        report({ ...finding, at, why, title: 'is not made for want of its Service' });
    }
  },
});
