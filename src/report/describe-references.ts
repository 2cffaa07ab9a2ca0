/**
 * Who leads to a Service by its name: Ingresses, routes, webhooks, monitors, StatefulSets, URLs in
 * variables; each with its place.
 */
import type { Cluster } from '../cluster/cluster.ts';
import type { ServicePicture } from '../cluster/service.ts';
import { callersOf } from '../lint/calls/callers.ts';
import { locateIn } from '../lint/draft.ts';
import { namingsOf, wantedBy } from '../lint/references/namings.ts';
import type { Place } from '../lint/rule.ts';
import { describeObject } from '../manifest/object-reference.ts';
import { remembered } from '../memo.ts';
import { entryOf } from '../multimap.ts';

const most = 20;

/** Lines such as `Ingress shop/front (k8s/ingress.yaml:12)`. */
export function referenceLines(service: ServicePicture, cluster: Cluster): string[] {
  const lines = linesIn(cluster).get(service) ?? new Set<string>();
  const shown = [...lines].slice(0, most);
  return lines.size > most ? [...shown, `and ${lines.size - most} more`] : shown;
}

const linesIn = remembered(linesOf);

function linesOf(cluster: Cluster): ReadonlyMap<ServicePicture, Set<string>> {
  const found = new Map<ServicePicture, Set<string>>();
  const add = (service: ServicePicture, place: Place): void => {
    entryOf(found, service, () => new Set<string>()).add(lineOf(place));
  };
  for (const naming of namingsOf(cluster, '', 'Service')) {
    const { namespace = '', name } = wantedBy(naming, cluster);
    const service = cluster.servicesByName.get(`${namespace}/${name}`);
    const { object, reference } = naming;
    if (service !== undefined) add(service, { object, at: reference.path });
  }
  for (const { service, place } of callersOf(cluster)) add(service, place);
  return found;
}

function lineOf(place: Place): string {
  const { file, range } = locateIn(place);
  return `${describeObject(place.object)} (${file.path}:${file.position(range[0]).line})`;
}
