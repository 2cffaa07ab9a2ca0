import type { ServicePicture } from '../../src/cluster/service.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { getOwn } from '../../src/own.ts';

export const fieldWithoutEffect = defineRule({
  meta: {
    id: 'field-without-effect',
    category: 'port',
    severity: 'warning',
    since: '0.1.0',
    scope: 'object',
    kinds: ['Service'],
    title: 'asks for what nobody does',
    summary: 'A field of a Service has no effect on a Service of its type',
    why:
      'session affinity, traffic policies and the choice of near endpoints are the work of ' +
      'kube-proxy, which does nothing for a Service without a cluster IP: its clients choose ' +
      'an address from DNS by themselves',
    fixable: false,
  },
  messages: {
    headless: ({ field }: { field: string }) =>
      `${field} has no effect: the Service is headless, and no proxy stands between`,
    external: ({ field }: { field: string }) =>
      `${field} has no effect: an ExternalName Service is an alias in DNS and nothing else`,
    removed: ({ field }: { field: string }) =>
      `${field} has no effect since Kubernetes 1.24: pods that are not ready are left out`,
    mode: ({ mode }: { mode: string }) =>
      `"${mode}" is taken for nothing: only "Auto" and "auto" ask for near endpoints`,
    local: ({ field }: { field: string }) =>
      `${field} has no effect beside internalTrafficPolicy Local, which takes endpoints of ` +
      'the same node only',
  },
  check({ cluster, report }) {
    for (const service of cluster.services) {
      const { object, spec } = service;
      const id =
        spec.type === 'ExternalName' ? 'external' : service.headless ? 'headless' : 'local';
      for (const { at, field, severity } of idleFields(service))
        report({
          object,
          at,
          part: 'key',
          id,
          data: { field },
          severity,
          help: 'take it out, so that nobody relies on it',
        });
      const { annotations } = object.value.metadata ?? {};
      const mode = getOwn(annotations, topology[0]);
      // A value with a domain is for another implementation.
      if (mode !== undefined && !/^(auto|disabled)$|[/.${]/i.test(mode))
        report({
          object,
          at: ['metadata', 'annotations', topology[0]],
          id: 'mode',
          data: { mode },
          why: 'the EndpointSlice controller compares the whole value; any other asks for nothing',
          help: 'write Auto',
        });
      if (getOwn(annotations, tolerate) === 'true' && spec.publishNotReadyAddresses !== true)
        report({
          object,
          at: ['metadata', 'annotations', tolerate],
          part: 'key',
          id: 'removed',
          data: { field: tolerate },
          why:
            'the annotation was the alpha of publishNotReadyAddresses, and the controllers ' +
            'stopped reading it with Kubernetes 1.24',
          help: 'write publishNotReadyAddresses: true where pods are wanted that are not ready',
        });
    }
  },
});

/** Read by the controllers up to 1.23 (kubernetes#108020). */
const tolerate = 'service.alpha.kubernetes.io/tolerate-unready-endpoints';

interface IdleField {
  readonly at: Path;
  readonly field: string;
  readonly severity: 'warning' | 'info';
}

/** Annotations that ask for near endpoints, old and new. */
const topology = [
  'service.kubernetes.io/topology-mode',
  'service.kubernetes.io/topology-aware-hints',
] as const;

function idleFields({ object, spec, headless }: ServicePicture): IdleField[] {
  const found: IdleField[] = [];
  const add = (at: Path, severity: IdleField['severity'] = 'warning'): void =>
    void found.push({ at, field: String(at.at(-1)), severity });
  const near = topology.filter((key) =>
    /^auto$/i.test(getOwn(object.value.metadata?.annotations, key) ?? ''),
  );
  const addNear = (): void => {
    for (const key of near) add(['metadata', 'annotations', key], 'info');
    if (spec.trafficDistribution !== undefined) add(['spec', 'trafficDistribution'], 'info');
  };
  if (spec.type === 'ExternalName') {
    if (Object.keys(spec.selector ?? {}).length > 0) add(['spec', 'selector']);
    if (spec.sessionAffinity === 'ClientIP') add(['spec', 'sessionAffinity']);
    for (const [index, { port, targetPort }] of (spec.ports ?? []).entries())
      if (targetPort !== undefined && targetPort !== port)
        add(['spec', 'ports', index, 'targetPort'], 'info');
  } else if (headless) {
    if (spec.sessionAffinity === 'ClientIP') add(['spec', 'sessionAffinity']);
    if (spec.internalTrafficPolicy === 'Local') add(['spec', 'internalTrafficPolicy'], 'info');
    addNear();
  } else if (spec.internalTrafficPolicy === 'Local') addNear();
  return found;
}
