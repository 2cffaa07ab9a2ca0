/** Services whose selector takes the pods of another application as well. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { Backend } from '../../cluster/controllers/endpointslice.ts';
import { hasValue, matchesPairs } from '../../cluster/labels.ts';
import type { PodSet } from '../../cluster/pods.ts';
import type { ServicePicture } from '../../cluster/service.ts';
import { imageName } from '../../kubernetes/image-name.ts';
import { runsToCompletion } from '../../kubernetes/kinds.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { groupBy, remembered } from '../../multimap.ts';
import { getOwn } from '../../own.ts';
import { coreOf } from '../../text/kind-words.ts';
import { servicesOf } from './services-of.ts';

export interface ForeignBackend {
  readonly service: ServicePicture;
  /** The pods that the Service is named after. */
  readonly own: PodSet;
  readonly foreign: PodSet;
  /** The Service of the others: its selector is this one and more. */
  readonly theirs: ServicePicture;
  /** What it asks for besides, and the own pods have another value of. */
  readonly key: string;
}

/** More workloads behind one Service, or Services before one workload, are not compared. */
const mostCompared = 20;

/**
 * Services that are named after one of the workloads whose pods they take, and take those of
 * another as well, which runs another image and has a narrower Service of its own name: the
 * selector lacks the label that tells the two apart. Replicas, shards and canaries run one image.
 *
 * @param told those of which something like it is said already
 */
export function* foreignBackends(
  cluster: Cluster,
  told: ReadonlySet<ServicePicture>,
): Iterable<ForeignBackend> {
  for (const service of cluster.services) {
    if (service.headless || service.selector === undefined || told.has(service)) continue;
    const { list, byName } = workloadsBehind(service.backends);
    const { name } = service.object;
    const namesakes = byName.get(coreOf(name)) ?? [];
    const own = namesakes.find(({ workload }) => workload.name === name) ?? namesakes[0];
    if (own === undefined || list.length < 2) continue;
    for (const foreign of list) {
      const narrower = foreign === own ? undefined : narrowerOf(service, own, foreign, cluster);
      if (narrower === undefined) continue;
      yield { service, own, foreign, ...narrower };
      break;
    }
  }
}

const workloadsBehind = remembered((backends: readonly Backend[]) => {
  const list = backends
    .map(({ members }) => members.set)
    .filter(({ workload }) => !runsToCompletion(workload.kind))
    .slice(0, mostCompared);
  return { list, byName: groupBy(list, ({ workload }) => coreOf(workload.name)) };
});

function narrowerOf(
  { selector = {} }: ServicePicture,
  own: PodSet,
  foreign: PodSet,
  cluster: Cluster,
): Pick<ForeignBackend, 'theirs' | 'key'> | undefined {
  if (!runOtherImages(own, foreign)) return undefined;
  const name = coreOf(foreign.workload.name);
  for (const theirs of servicesOf(cluster, foreign).slice(0, mostCompared)) {
    const asked = theirs.selector ?? {};
    if (coreOf(theirs.object.name) !== name || matchesPairs(asked, own.labels) !== 'no') continue;
    if (Object.entries(selector).some(([key, value]) => getOwn(asked, key) !== value)) continue;
    const pair = Object.entries(asked).find(([...one]) => hasValue(own.labels, ...one) === 'no');
    if (pair !== undefined) return { theirs, key: pair[0] };
  }
  return undefined;
}

/** The first container is what a pod is for. */
function runOtherImages(a: PodSet, b: PodSet): boolean {
  const [one = '', other = ''] = [a, b].map(({ spec }) => spec.containers[0]?.image ?? '');
  if ([one, other].some((image) => image === '' || isPlaceholder(image))) return false;
  return imageName(one) !== imageName(other);
}
