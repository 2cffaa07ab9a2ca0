/** Numbers in the files that pods are given: a program that reads them may listen there. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';
import { asJsonObject, asText, fieldAt } from '../../kubernetes/json.ts';
import { remembered } from '../../memo.ts';
import { addTo } from '../../multimap.ts';
import { mostSettings } from '../../text/limits.ts';
import { namingsOf, wantedBy } from '../references/namings.ts';
import { mentionedNumbers } from './mentioned.ts';

/** Whether a ConfigMap that a workload names holds the number, and not as the port of a host. */
export function isConfigured(port: number, workload: ClusterObject, cluster: Cluster): boolean {
  return (mapsOf(cluster).get(workload) ?? []).some((map) => numbersOf(map).has(String(port)));
}

const mapsOf = remembered((cluster: Cluster): ReadonlyMap<ClusterObject, ClusterObject[]> => {
  const maps = new Map<ClusterObject, ClusterObject[]>();
  for (const naming of namingsOf(cluster, '', 'ConfigMap')) {
    const { kind, namespace, name } = wantedBy(naming, cluster);
    const map = cluster.objects.findOfKind('', kind, namespace, name);
    if (map !== undefined) addTo(maps, naming.object, map);
  }
  return maps;
});

const numbersOf = remembered(({ value, source }: ClusterObject): ReadonlySet<string> => {
  const [start, end] = source.range;
  if (end - start >= mostSettings) return new Set();
  const texts = Object.values(asJsonObject(fieldAt(value, 'data')) ?? {});
  return mentionedNumbers(texts.flatMap((text) => asText(text) ?? []).join('\n'));
});
