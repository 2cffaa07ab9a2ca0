/** Why a Service takes no pod: the one answer that findings, counts and listings share. */
import type { Cluster } from '../../cluster/cluster.ts';
import { type EndpointState, endpointState } from '../../cluster/endpoint-state.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { remembered } from '../../memo.ts';
import { entryOf } from '../../multimap.ts';
import { directoryOf } from '../../units/paths.ts';
import { expectedPods } from '../unseen/expected.ts';
import type { Unseen } from '../unseen/unseen.ts';
import { type Dangling, danglingSelector, runtimeReason } from './dangling.ts';
import type { Pairs } from './nearest.ts';
import { labelsText } from './nearest-workload.ts';
import { redirectOf } from './redirected.ts';
import { runtimeKey } from './runtime-labels.ts';

const known = new WeakMap<ServicePicture, Dangling>();

/** Of a Service with a selector that takes nothing for certain. */
export function whyNoBackends(service: ServicePicture, cluster: Cluster, unseen: Unseen): Dangling {
  let answer = known.get(service);
  if (answer === undefined) known.set(service, (answer = ask(service, cluster, unseen)));
  return answer;
}

function ask(service: ServicePicture, cluster: Cluster, unseen: Unseen): Dangling {
  const { object, selector = {}, possible, passing } = service;
  const unknown = (reason: string): Dangling => ({ state: 'unknown', reason });
  const namespace = object.namespace ?? cluster.options.namespace;
  const runtime = runtimeKey({ matchLabels: selector }, namespace, cluster);
  if (runtime !== undefined) return unknown(runtimeReason(runtime));
  const redirect = redirectOf(object, namespace, cluster);
  if (redirect !== undefined)
    return unknown(`${describeObject(redirect)} redirects what is sent to it`);
  if (possible.length > 0)
    return unknown('whether it selects pods depends on values that are filled in later');
  const [set] = passing;
  if (set !== undefined)
    return unknown(
      `only ${describeObject(set.workload)} has these labels, which runs only for ${set.hook}`,
    );
  const own = takesNone(service, namespace, cluster, unseen);
  const there = own.state === 'unknown' ? namespaceBeside(object, namespace, cluster) : undefined;
  const applied = there === undefined ? own : takesNone(service, there, cluster, unseen);
  const isNear =
    applied.state === 'near' &&
    !(applied.nearest.difference === 'unclaimed' && mayBeClaimed(applied.nearest.object, cluster));
  return isNear && applied !== own ? { ...applied, sure: false } : own;
}

/** Whether Services that are to be applied there as well would take the pods of a workload. */
function mayBeClaimed(workload: ClusterObject, cluster: Cluster): boolean {
  return claimedIfApplied(cluster).has(workload);
}

const claimedIfApplied = remembered((cluster: Cluster): ReadonlySet<ClusterObject> => {
  const found = new Set<ClusterObject>();
  const asked = new Set<string>();
  for (const { object, selector = {} } of cluster.services) {
    const there = namespaceBeside(object, cluster.options.namespace, cluster);
    const key = selectorKey(there ?? '', selector);
    if (there === undefined || asked.has(key)) continue;
    asked.add(key);
    for (const { members } of cluster.pods.select(selector, there)) found.add(members.set.workload);
  }
  return found;
});

/** The same with one namespace in mind. */
function takesNone(
  service: ServicePicture,
  namespace: string,
  cluster: Cluster,
  unseen: Unseen,
): Dangling {
  const { object, selector = {} } = service;
  const found = danglingSelector({ matchLabels: selector }, object, cluster, unseen, namespace);
  if (found.state !== 'none') return found;
  const expected = expectedPods(service, namespace, cluster);
  if (expected === undefined)
    return unseen.isGuess ? { state: 'unknown', reason: madeElsewhere, open: true } : found;
  return {
    state: 'near',
    pairs: selector,
    sure: false,
    nearest: {
      object: expected.workload,
      bearer: 'pods',
      difference: 'unclaimed',
      labels: labelsText(expected),
      at: [...expected.templatePath, 'metadata', 'labels'],
      certain: false,
    },
  };
}

/**
 * Where all workloads beside an object are that has no namespace of its own, and none is in the one
 * that is assumed: it is applied there, if it is to be of any use.
 */
function namespaceBeside(
  { namespaceAssumed, source }: ClusterObject,
  namespace: string,
  cluster: Cluster,
): string | undefined {
  if (!namespaceAssumed || cluster.pods.inNamespace(namespace).length > 0) return undefined;
  const found = namespacesBeside(cluster).get(directoryOf(source.document.file.path)) ?? [];
  const [only, ...others] = found;
  return others.length === 0 ? only : undefined;
}

const namespacesBeside = remembered((cluster: Cluster) => {
  const found = new Map<string, Set<string>>();
  for (const { workload, namespace } of cluster.pods.all)
    entryOf(found, directoryOf(workload.source.document.file.path), () => new Set()).add(namespace);
  return found;
});

/** The answer for a Service that asks for the very same pods and has none. */
export function whyServiceTakesNone(
  selector: Pairs,
  namespace: string,
  cluster: Cluster,
  unseen: Unseen,
): Dangling | undefined {
  const service = servicesWithoutPods(cluster).get(selectorKey(namespace, selector));
  return service && whyNoBackends(service, cluster, unseen);
}

const servicesWithoutPods = remembered(
  ({ services, options }: Cluster) =>
    new Map(
      services
        .filter(({ automatic, backends }) => automatic && backends.length === 0)
        .map((service) => [
          selectorKey(service.object.namespace ?? options.namespace, service.selector ?? {}),
          service,
        ]),
    ),
);

/** Equal for those that ask for the very same pods. */
export function selectorKey(namespace: string, selector: Pairs): string {
  return JSON.stringify([namespace, ...Object.entries(selector).sort()]);
}

const madeElsewhere =
  'no pod that was read has these labels, and they may well be made elsewhere: every ' +
  'workload here has a Service of its own, or is nothing like it';

/** `endpointState`, where what is not known about the unit counts as well. */
export function judgedState(
  service: ServicePicture,
  cluster: Cluster,
  unseen: Unseen,
): EndpointState {
  const state = endpointState(service);
  return state === 'unknown' && service.automatic && service.backends.length === 0
    ? whyNoBackends(service, cluster, unseen).state === 'unknown'
      ? 'unknown'
      : 'none'
    : state;
}
