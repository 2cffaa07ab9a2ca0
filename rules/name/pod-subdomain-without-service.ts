import type { PodSet } from '../../src/cluster/pods.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import {
  followGoverning,
  governing,
  governingFinding,
  governingMessages,
  notHeadless,
} from '../../src/lint/references/governing-service.ts';
import { missingMessages } from '../../src/lint/references/reference.ts';
import { defineRule, type RuleContext, type Words } from '../../src/lint/rule.ts';
import { isPlaceholder } from '../../src/manifest/placeholder.ts';

const messages = {
  ...missingMessages,
  ...governingMessages,
  hostname: ({ subdomain }: { subdomain: string }) =>
    `hostname is left out: "${subdomain}" leads to the pods, but none of them has a name ` +
    'of its own under it',
  clusterIP: ({ subdomain }: { subdomain: string }) =>
    `the Service "${subdomain}" has a cluster IP: the names of pods are only promised ` +
    'under a headless one',
};

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
  messages,
  check(context) {
    for (const set of context.cluster.pods.all) {
      const subdomain = set.spec.subdomain ?? '';
      // A StatefulSet overwrites it with its serviceName.
      const isOwn = subdomain !== '' && set.ordinals === undefined && !set.assumed;
      if (isOwn && !isPlaceholder(subdomain)) checkSubdomain(subdomain, set, context);
    }
  },
});

function checkSubdomain(
  subdomain: string,
  set: PodSet,
  context: RuleContext<typeof messages>,
): void {
  const { cluster, report, unknown } = context;
  const { workload: object, templatePath } = set;
  const place = { object, at: [...templatePath, 'spec', 'subdomain'] };
  const service = followGoverning(context, place, subdomain);
  if (service === undefined) return;
  const finding = governingFinding(service, set, object, cluster);
  const state = governing(service, set, cluster);
  const words = state === 'takes' ? wordsFor(subdomain, set, service) : undefined;
  if (finding !== undefined) report({ ...finding, at: place.at });
  else if (state === 'open')
    unknown({ ...place, reason: `which pods Service "${subdomain}" has is not known` });
  else if (words !== undefined)
    report({
      ...place,
      ...words,
      related: [
        { object: service.object, at: ['metadata', 'name'], message: 'the Service of this name' },
      ],
    });
}

/** Of pods that the Service takes; undefined where they have names under it. */
function wordsFor(
  subdomain: string,
  { spec, indexed }: PodSet,
  { headless }: ServicePicture,
): Words<typeof messages> | undefined {
  if ((spec.hostname ?? '') === '' && indexed === undefined)
    return {
      id: 'hostname',
      title: 'has a subdomain but no hostname',
      data: { subdomain },
      severity: 'warning',
      why:
        'the endpoints of a pod without hostname have none either, and DNS names are ' +
        'made of it; the name of the pod does not stand in',
      help:
        'add a hostname, or use a StatefulSet, which gives each pod one; if the Service ' +
        'is enough, take the subdomain out',
    };
  if (headless) return undefined;
  return {
    id: 'clusterIP',
    ...notHeadless,
    data: { subdomain },
    help: 'add clusterIP: None to the Service',
  };
}
