/** `get pods`: by workload, for the pods of one are all alike. */
import type { Cluster } from '../../cluster/cluster.ts';
import { type PodSet, workloadText } from '../../cluster/pods.ts';
import { declaredPorts } from '../../cluster/ports.ts';
import { countText } from '../members.ts';
import { namedPort } from '../text.ts';
import { none, type View } from './row.ts';

export function podsView(cluster: Cluster, wide: boolean): View {
  const rows = cluster.pods.all.map((set) => ({
    namespace: set.namespace,
    name: workloadText(set),
    cells: [
      countText(set, set.count),
      isReady(set) ? 'yes' : 'no',
      portsText(set),
      ...(wide ? [labelsText(set)] : []),
      reasonText(set),
    ],
  }));
  return { columns: ['PODS', 'READY', 'PORTS', ...(wide ? ['LABELS'] : []), 'REASON'], rows };
}

function isReady({ count, notReady, hasAddress }: PodSet): boolean {
  return count > 0 && hasAddress && notReady.length === 0;
}

function portsText({ spec }: PodSet): string {
  return (
    declaredPorts(spec)
      .map(({ port: { name, containerPort, protocol = 'TCP' } }) =>
        namedPort(name, containerPort, protocol === 'TCP' ? undefined : protocol),
      )
      .join(',') || none
  );
}

/** `key=*`: there for certain, but only the cluster knows its value. */
function labelsText({ labels, labelsOpen }: PodSet): string {
  const pairs = [...labels].map(([key, value]) => `${key}=${value ?? '*'}`);
  return [...pairs, ...(labelsOpen ? ['<unknown>'] : [])].join(',') || none;
}

function reasonText({
  count,
  countReason,
  notReady,
  hasAddress,
  unscheduled,
  assumed,
  hook,
  workload,
}: PodSet): string {
  const reasons = [
    ...(countReason !== undefined ? [countReason] : count === 0 ? ['it makes no pods'] : []),
    ...(count > 0 && !hasAddress
      ? [unscheduled?.message ?? 'a scheduling gate holds it back']
      : []),
    ...(count > 0 ? notReady.map(({ message }) => message) : []),
    ...(hook === undefined ? [] : [`runs only for ${hook}`]),
    ...(assumed ? [`taken from the pod template of a ${workload.kind}`] : []),
  ];
  return reasons.join('; ');
}
