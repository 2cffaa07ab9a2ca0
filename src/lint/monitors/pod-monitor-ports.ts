/** Ports that PodMonitors ask for and that the pods they take do not declare. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asList, fieldAt, type Path } from '../../kubernetes/json.ts';
import { isPlaceholder } from '../../manifest/placeholder.ts';
import { perList, remembered } from '../../memo.ts';
import type { BackendPort } from '../ports/backend-ports.ts';
import { isPort, type MeantPort, meantPort, type TakenPodSets } from './monitor-ports.ts';
import { injectedPorts, type Monitor } from './monitors.ts';

export interface UnscrapedPodPort extends MeantPort {
  /** From the monitor to the port. */
  readonly at: Path;
  readonly field: string;
  readonly written: string | number;
  /** What the pods declare. */
  readonly known: readonly BackendPort[];
  /** What would have to stand there; undefined where nothing was meant, or it has no name. */
  readonly replacement: string | number | undefined;
}

/** What equal monitors ask of the ports of the pods that they take. */
const isFound = perList<boolean>();

export function* unscrapedPodPorts(
  { object }: Monitor,
  { ports }: TakenPodSets,
  { work }: Cluster,
): Iterable<UnscrapedPodPort> {
  const known = ports();
  const endpoints = asList(fieldAt(object.value, 'spec', 'podMetricsEndpoints'));
  for (const [index, endpoint] of endpoints.entries()) {
    const field = ['port', 'portNumber', 'targetPort'].find(
      (name) => fieldAt(endpoint, name) !== undefined,
    );
    if (field === undefined) continue;
    const written = fieldAt(endpoint, field);
    if ((typeof written !== 'string' && typeof written !== 'number') || written === '') continue;
    const isNumber = typeof written === 'number' && field !== 'port';
    if (isPlaceholder(written) || injectedPorts.has(String(written))) continue;
    const found = isFound(known, `${written} ${isNumber}`, () => {
      work.spend(known.length);
      return known.some(({ port }) => isPort(port, isNumber ? written : String(written)));
    });
    if (found) continue;
    const { meant, near } = meantPort(known, written, isNumber);
    const replacement = isNumber ? meant?.port.containerPort : meant?.port.name;
    const at = ['spec', 'podMetricsEndpoints', index, field];
    yield { at, field, written, known, meant, near, replacement };
  }
}

/** The workloads whose pods a monitor takes: what is said of its ports stands on all of them. */
export function takenWorkloads({ sets }: TakenPodSets): readonly ClusterObject[] {
  return workloadsOf(sets);
}

const workloadsOf = remembered((sets: TakenPodSets['sets']) =>
  sets.map(({ workload }) => workload),
);
