/**
 * Whether Istio puts its proxy beside the containers of a pod, and what contradicts that.
 *
 * @source istio/istio pkg/config/analysis/analyzers/injection/injection.go `Analyze` @018148e1
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { allContainers } from '../../cluster/containers.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { inPodSpec, type PodSet } from '../../cluster/pods.ts';
import { fieldAt, type Path, textPairs } from '../../kubernetes/json.ts';
import { getOwn } from '../../own.ts';

const injectLabel = 'sidecar.istio.io/inject';
const revisionLabel = 'istio.io/rev';
const namespaceLabel = 'istio-injection';

export type InjectionFault =
  | { readonly id: 'both'; readonly object: ClusterObject; readonly at: Path }
  | {
      readonly id: 'misplaced';
      readonly object: ClusterObject;
      readonly at: Path;
      readonly part: 'key';
    }
  | {
      readonly id: 'auto' | 'user';
      readonly object: ClusterObject;
      readonly at: Path;
      readonly set: PodSet;
    };

export function* injectionFaults(cluster: Cluster): Iterable<InjectionFault> {
  for (const object of cluster.objects.ofKind('', 'Namespace')) {
    const labels = pairsAt(object, ['metadata', 'labels']);
    if (getOwn(labels, namespaceLabel) === 'enabled' && isWritten(labels, revisionLabel))
      yield { id: 'both', object, at: ['metadata', 'labels', revisionLabel] };
  }
  for (const object of cluster.objects.ofKind('', 'Service')) yield* misplaced(object, []);
  for (const set of cluster.pods.all) {
    if (set.templatePath.length > 0) yield* misplaced(set.workload, set.templatePath);
    const injected = isInjected(set, cluster);
    if (injected === false) yield* autoImages(set);
    if (injected === true) yield* proxyUsers(set);
  }
}

/** It is read from the pods alone. */
function* misplaced(object: ClusterObject, template: Path): Iterable<InjectionFault> {
  const written = (metadata: Path): string[] =>
    ['annotations', 'labels'].filter((field) =>
      isWritten(pairsAt(object, [...metadata, field]), injectLabel),
    );
  if (template.length > 0 && written([...template, 'metadata']).length > 0) return;
  for (const field of written(['metadata']))
    yield { id: 'misplaced', object, at: ['metadata', field, injectLabel], part: 'key' };
}

/** Undefined where the Namespace was not read, and the pod does not say. */
function isInjected(set: PodSet, { objects }: Cluster): boolean | undefined {
  const metadata = [...set.templatePath, 'metadata'];
  const own = {
    ...pairsAt(set.workload, [...metadata, 'annotations']),
    ...pairsAt(set.workload, [...metadata, 'labels']),
  };
  const said = getOwn(own, injectLabel);
  if (said !== undefined) return said !== 'false';
  if (isWritten(own, revisionLabel)) return true;
  if (set.spec.hostNetwork === true) return undefined;
  const namespace = objects.findOfKind('', 'Namespace', undefined, set.namespace);
  if (namespace === undefined) return undefined;
  const labels = pairsAt(namespace, ['metadata', 'labels']);
  if (isWritten(labels, namespaceLabel)) return getOwn(labels, namespaceLabel) === 'enabled';
  return isWritten(labels, revisionLabel);
}

/** The image that the webhook of Istio fills in. */
function* autoImages(set: PodSet): Iterable<InjectionFault> {
  for (const { container, path } of allContainers(set.spec))
    if (container.image === 'auto')
      yield {
        id: 'auto',
        object: set.workload,
        at: inPodSpec(set, ...path, 'image'),
        set,
      };
}

/** The user whose connections are not led through the proxy, because they are its own. */
const proxyUser = 1337;

function* proxyUsers(set: PodSet): Iterable<InjectionFault> {
  const at = inPodSpec(set);
  const places = [
    at,
    ...allContainers(set.spec)
      .filter(({ container }) => container.name !== 'istio-proxy')
      .map(({ path }) => [...at, ...path]),
  ].map((place) => [...place, 'securityContext', 'runAsUser']);
  for (const place of places)
    if (Number(fieldAt(set.workload.value, ...place)) === proxyUser)
      yield { id: 'user', object: set.workload, at: place, set };
}

type Pairs = Readonly<Record<string, string>>;

const pairsAt = ({ value }: ClusterObject, path: Path): Pairs => textPairs(fieldAt(value, ...path));
const isWritten = (pairs: Pairs, key: string): boolean => getOwn(pairs, key) !== undefined;
