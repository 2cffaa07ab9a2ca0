/** Containers and variables that something names, and that the pods it is about do not have. */
import type { Container } from 'kubernetes-types/core/v1';
import type { Cluster } from '../../cluster/cluster.ts';
import { allContainers } from '../../cluster/containers.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { PodSet } from '../../cluster/pods.ts';
import { type Field, fieldsAt, patternOf } from '../../kubernetes/fields.ts';
import { asJsonObject, asText, fieldAt } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { getOwn } from '../../own.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { isSlip } from '../../text/slip.ts';
import type { Place } from '../rule.ts';
import { kedaScaled } from '../scaling/scaled-workloads.ts';

export interface MissingPart {
  readonly place: Place;
  readonly set: PodSet;
  readonly what: 'container' | 'variable';
  readonly name: string;
  readonly known: readonly string[];
  /** The one that was meant. */
  readonly nearest: string | undefined;
  /** The API server takes no pods like these (`ValidateAppArmorPodAnnotations`). */
  readonly refused?: true;
}

interface Named extends Omit<MissingPart, 'known' | 'nearest'> {
  /** Told as well where it is near to no name: no webhook adds such a container. */
  readonly certain: boolean;
}

export function* missingParts(cluster: Cluster): Iterable<MissingPart> {
  for (const set of cluster.pods.all)
    if (set.sketched !== true)
      for (const named of annotated(set)) yield* ifMissing(named, containerNames(set));
  for (const { scaler: object, workload } of kedaScaled(cluster)) {
    const [set] = cluster.pods.ofWorkload(workload);
    if (set === undefined || set.sketched === true) continue;
    const path = ['spec', 'scaleTargetRef', 'envSourceContainerName'];
    const name = asText(fieldAt(object.value, ...path));
    const place = { object, at: path };
    if (name !== undefined)
      yield* ifMissing(
        { place, set, what: 'container', name, certain: false },
        containerNames(set),
      );
    yield* missingVariables(object, set);
  }
}

function* ifMissing(named: Named, known: readonly string[]): Iterable<MissingPart> {
  const { name, certain } = named;
  if (known.includes(name)) return;
  // Variables are written in capitals, as much that is filled in later.
  if (named.what === 'container' ? [name, ...known].some(isPlaceholder) : !/^\w+$/.test(name))
    return;
  const nearest = nearestName(name, known);
  const isNear = nearest !== undefined && isSlip(name, nearest);
  if (isNear || certain) yield { ...named, known, nearest: isNear ? nearest : undefined };
}

const containerNames = ({ spec }: PodSet): readonly string[] =>
  allContainers(spec).map(({ container }) => container.name);

/** Annotations whose value is a container, or a list of them. */
const byValue: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/default-container',
  'kubectl.kubernetes.io/default-logs-container',
  'instrumentation.opentelemetry.io/container-names',
  'vault.hashicorp.com/agent-inject-containers',
]);
/** Such as have a container in their key: behind the slash, up to the first dot. */
const byKey: ReadonlyMap<string, Pick<Named, 'certain' | 'refused'>> = new Map([
  ['ad.datadoghq.com', { certain: false }],
  ['container.apparmor.security.beta.kubernetes.io', { certain: true, refused: true }],
]);

function* annotated(set: PodSet): Iterable<Named> {
  const at = [...set.templatePath, 'metadata', 'annotations'];
  const object = set.workload;
  const annotations = asJsonObject(fieldAt(object.value, ...at)) ?? {};
  for (const key of Object.keys(annotations)) {
    const [domain = '', rest = ''] = key.split('/', 2);
    const [keyed = ''] = rest.split('.', 1);
    const found = byKey.get(domain);
    const place = { object, at: [...at, key] };
    // Datadog's settings of the whole pod stand under the same domain.
    if (found !== undefined && (found.certain || rest.includes('.')))
      yield { place: { ...place, part: 'key' }, set, what: 'container', name: keyed, ...found };
    if (!byValue.has(key)) continue;
    for (const name of (asText(getOwn(annotations, key)) ?? '').split(','))
      yield { place, set, what: 'container', name: name.trim(), certain: false };
  }
}

/**
 * Variables that a trigger of KEDA takes from the container of its target.
 *
 * @source kedacore/keda pkg/scaling/resolver/scale_resolvers.go `ResolveContainerEnv` @00f66342
 */
function* missingVariables(object: ClusterObject, set: PodSet): Iterable<MissingPart> {
  const chosen = asText(fieldAt(object.value, 'spec', 'scaleTargetRef', 'envSourceContainerName'));
  const containers = set.spec.containers ?? [];
  const container: Container | undefined =
    chosen === undefined ? containers[0] : containers.find(({ name }) => name === chosen);
  // What envFrom brings need not have been read.
  if (container === undefined || (container.envFrom ?? []).length > 0) return;
  const known = (container.env ?? []).map(({ name }) => name);
  for (const { path, name } of variablesOf(object)) {
    const place = { object, at: path };
    yield* ifMissing({ place, set, what: 'variable', name, certain: true }, known);
  }
}

function variablesOf(object: ClusterObject): (Pick<Field, 'path'> & { readonly name: string })[] {
  const all = fieldsAt(object.value, patternOf('spec.triggers[].metadata'));
  return all.flatMap(({ path, value }) =>
    Object.entries(asJsonObject(value) ?? {}).flatMap(([key, one]) => {
      const name = key.endsWith('FromEnv') ? asText(one) : undefined;
      return name === undefined ? [] : [{ path: [...path, key], name }];
    }),
  );
}
