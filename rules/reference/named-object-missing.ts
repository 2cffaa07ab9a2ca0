import { workloadKinds } from '../../src/kubernetes/kinds.ts';
import { keyMessages, reportMissingKeys } from '../../src/lint/references/missing-keys.ts';
import { followNearMiss, nearMissMessages } from '../../src/lint/references/named-objects.ts';
import { allNamings, type Naming } from '../../src/lint/references/namings.ts';
import { defineRule } from '../../src/lint/rule.ts';

/** Kinds that are named, and that no other rule asks for. */
const wanted: ReadonlySet<string> = new Set([
  'argoproj.io/AnalysisTemplate',
  'cloud.google.com/BackendConfig',
  'flagger.app/MetricTemplate',
  'argoproj.io/ClusterAnalysisTemplate',
  'eventing.knative.dev/Broker',
  'external-secrets.io/ClusterSecretStore',
  'external-secrets.io/SecretStore',
  'helm.toolkit.fluxcd.io/HelmRelease',
  'keda.sh/ClusterTriggerAuthentication',
  'keda.sh/TriggerAuthentication',
  'kustomize.toolkit.fluxcd.io/Kustomization',
  'networking.istio.io/VirtualService',
  'projectcontour.io/HTTPProxy',
  'resource.k8s.io/ResourceClaimTemplate',
  'snapshot.storage.k8s.io/VolumeSnapshotClass',
  'source.toolkit.fluxcd.io/GitRepository',
  'source.toolkit.fluxcd.io/HelmRepository',
  'source.toolkit.fluxcd.io/OCIRepository',
  'storage.k8s.io/StorageClass',
  'traefik.containo.us/Middleware',
  'traefik.containo.us/TLSOption',
  'traefik.io/Middleware',
  'traefik.io/MiddlewareTCP',
  'traefik.io/TLSOption',
]);

/**
 * What is made for those who name it: one that nobody names was meant by a name that is not there.
 */
const helpers: ReadonlySet<string> = new Set([
  'BackendConfig',
  'Middleware',
  'MiddlewareTCP',
  'TLSOption',
  'TriggerAuthentication',
]);

/** Whose Secrets, ConfigMaps and claims are asked for here; those of pods are not. */
const readers: readonly string[] = [
  'Alertmanager',
  'HelmRelease',
  'Ingress',
  'Middleware',
  'PersistentVolume',
  'PodMonitor',
  'Probe',
  'Prometheus',
  'ServersTransport',
  'ServiceMonitor',
  'TLSOption',
  'TriggerAuthentication',
  'VolumeSnapshot',
];

export const namedObjectMissing = defineRule({
  meta: {
    id: 'named-object-missing',
    category: 'reference',
    severity: 'error',
    since: '0.1.0',
    scope: 'unit',
    kinds: [
      ...new Set([
        ...workloadKinds,
        ...readers,
        'Canary',
        'ExternalSecret',
        'HTTPProxy',
        'IngressRoute',
        'IngressRouteTCP',
        'Kustomization',
        'PersistentVolumeClaim',
        'Rollout',
        'ScaledJob',
        'ScaledObject',
        'Service',
        'Trigger',
        'VirtualService',
      ]),
    ],
    title: 'names what does not exist',
    summary:
      'A route, scaler, claim, monitor or certificate names a helper object that does not exist',
    why:
      'a controller that does not find what an object names does nothing for that object, or ' +
      'leaves out what it was to add',
    fixable: true,
  },
  messages: { ...nearMissMessages, ...keyMessages },
  check(context) {
    for (const naming of allNamings(context.cluster)) {
      if (!isAsked(naming)) continue;
      const { group, kind } = naming.reference;
      const isOwn = group === '' || helpers.has(kind);
      const found = followNearMiss(context, naming, {
        ...(isOwn && { orphan: true }),
        ...(naming.object.kind === 'Canary' && { also: 'only' }),
      });
      if (found !== undefined && naming.reference.key !== undefined)
        reportMissingKeys(found, naming, context);
    }
  },
});

function isAsked({ object: { kind: reader }, reference: { group, kind, path } }: Naming): boolean {
  if (wanted.has(`${group}/${kind}`) || reader === 'Canary') return true;
  // What reloads a workload when these change.
  if (path[0] === 'metadata' && (workloadKinds as readonly string[]).includes(reader)) return true;
  if (!readers.includes(reader) || group !== '') return false;
  const isCertificate = reader === 'Ingress' && path.includes('tls');
  return ['Secret', 'ConfigMap', 'PersistentVolumeClaim'].includes(kind) && !isCertificate;
}
