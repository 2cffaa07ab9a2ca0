/** Fields of a Service that nobody reads, or that have nothing to choose from. */
import type { ServicePicture } from '../../cluster/service.ts';
import { fieldAt, type Path } from '../../kubernetes/json.ts';
import { isKustomizationFile } from '../../manifest/kustomization-file.ts';
import { locateAcross } from '../../manifest/node.ts';
import { getOwn } from '../../own.ts';

export interface IdleField {
  readonly at: Path;
  readonly field: string;
  readonly severity: 'warning' | 'info';
}

/** Annotations that ask for near endpoints, old and new. */
export const topology = [
  'service.kubernetes.io/topology-mode',
  'service.kubernetes.io/topology-aware-hints',
] as const;

/** Where near endpoints are asked for that are known to be too few for the zones there are. */
export function fewEndpoints({ object, spec, headless, backends, possible }: ServicePicture) {
  if (headless || possible.length > 0 || backends.length === 0) return undefined;
  if (spec.internalTrafficPolicy === 'Local') return undefined;
  if (backends.some(({ members }) => !members.set.countKnown)) return undefined;
  const count = backends.reduce((sum, { members }) => sum + members.count, 0);
  const mode = getOwn(object.value.metadata?.annotations, topology[0]);
  if (/^auto$/i.test(mode ?? '') && count > 0 && count < 3)
    return { at: ['metadata', 'annotations', topology[0]], count };
  return spec.trafficDistribution !== undefined && count === 1
    ? { at: ['spec', 'trafficDistribution'], count }
    : undefined;
}

/** Labels of a kustomization go into every selector, and nobody relies on that of an alias. */
function isOfKustomization({ source }: ServicePicture['object'], at: Path): boolean {
  return isKustomizationFile(locateAcross(source.document.file, source.node, at).file.path);
}

export function idleFields({ object, spec, headless }: ServicePicture): IdleField[] {
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
    const pairs = Object.keys(spec.selector ?? {});
    if (pairs.some((key) => !isOfKustomization(object, ['spec', 'selector', key])))
      add(['spec', 'selector']);
    if (spec.sessionAffinity === 'ClientIP') add(['spec', 'sessionAffinity']);
  } else if (headless) {
    if (spec.sessionAffinity === 'ClientIP') add(['spec', 'sessionAffinity']);
    if (spec.internalTrafficPolicy === 'Local') add(['spec', 'internalTrafficPolicy'], 'info');
    addNear();
  } else if (spec.internalTrafficPolicy === 'Local') addNear();
  else if (spec.trafficDistribution !== undefined && near.length > 0)
    add(['spec', 'trafficDistribution'], 'info');
  // Of a Service without affinity the API server drops it.
  const written = fieldAt(object.source.value, 'spec', 'sessionAffinityConfig');
  if (written !== undefined && spec.sessionAffinity !== 'ClientIP')
    add(['spec', 'sessionAffinityConfig']);
  return found;
}
