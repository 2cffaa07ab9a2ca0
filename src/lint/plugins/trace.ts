/**
 * Which object a rule was looking at when it failed: it is run once more on a picture that notes
 * what is taken from its lists.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterObject } from '../../cluster/objects.ts';

/**
 * The object that `judge` took last before it threw; undefined where it takes none, or does not
 * throw again.
 */
export function lastTaken(
  cluster: Cluster,
  judge: (traced: Cluster) => void,
): ClusterObject | undefined {
  let last: ClusterObject | undefined;
  const note = (object: ClusterObject): void => {
    last = object;
  };
  const objects = watched(cluster.objects, (object: ClusterObject) => note(object));
  const pods = watched(cluster.pods, ({ workload }: { workload: ClusterObject }) => note(workload));
  const services = watchedList(cluster.services, ({ object }) => note(object));
  try {
    judge({ ...cluster, objects, pods, services });
  } catch {
    return last;
  }
  return undefined;
}

/** An index whose lists tell what is taken from them; the items themselves stay what they are. */
function watched<T extends object, Item>(index: T, taken: (item: Item) => void): T {
  return new Proxy(index, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (Array.isArray(value)) return watchedList(value as Item[], taken);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, given);
        return Array.isArray(result) ? watchedList(result as Item[], taken) : result;
      };
    },
  });
}

/** Every method of arrays reads items by their index. */
function watchedList<Item>(list: readonly Item[], taken: (item: Item) => void): readonly Item[] {
  return new Proxy(list, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof name === 'string' && /^\d+$/.test(name) && value !== undefined)
        taken(value as Item);
      return value;
    },
  });
}
