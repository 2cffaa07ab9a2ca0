/** What the custom resources of a cluster turn into, as far as their operators are known. */
import type { JsonObject } from '../../manifest/node.ts';
import { type ClusterObject, groupOf, isDecoded, type ObjectIndex } from '../objects.ts';
import type { ClusterOptions } from '../options.ts';
import { customPods, findCustomWorkload } from './custom-workloads.ts';
import { type Made, mayBeSelected, type Operator } from './made.ts';
import { operatorOf } from './table.ts';

export interface Operated {
  readonly object: ClusterObject;
  readonly namespace: string;
  readonly made: Made;
}

export class Operators {
  /** Custom resources that make pods or Services, in the order read. */
  readonly all: readonly Operated[];
  /** Custom resources of which nobody knows what comes of them. */
  readonly unknown: readonly ClusterObject[];
  /** Kinds known by their operator, not by the look of their pod template. */
  readonly #known = new Set<ClusterObject>();

  constructor(objects: ObjectIndex, options: ClusterOptions) {
    const all: Operated[] = [];
    const unknown: ClusterObject[] = [];
    for (const object of objects.all) {
      if (isDecoded(object) || object.refusals.length > 0) continue;
      const operator =
        taught(groupOf(object.apiVersion), object.kind, options) ??
        operatorOf(groupOf(object.apiVersion), object.kind);
      if (operator === 'inert') continue;
      if (operator === undefined) {
        unknown.push(object);
        continue;
      }
      this.#known.add(object);
      const namespace = object.namespace ?? options.namespace;
      const made = operator(
        { kind: object.kind, name: object.name, namespace, value: object.value as JsonObject },
        objects,
      );
      if (made.pods !== undefined || made.services !== undefined || made.anything !== undefined)
        all.push({ object, namespace, made });
    }
    this.all = all;
    this.unknown = unknown;
  }

  isKnown(object: ClusterObject): boolean {
    return this.#known.has(object);
  }

  /** A custom resource of which pods may come that the selector takes; those that are known in full are in the picture already. */
  mayBeSelected(
    selector: Readonly<Record<string, string>>,
    namespace: string,
  ): ClusterObject | undefined {
    const known = this.all.find(
      ({ namespace: own, made: { pods = [], anything } }) =>
        (anything !== undefined && (anything.namespace ?? namespace) === namespace) ||
        (own === namespace && pods.some((set) => mayBeSelected(selector, set))),
    );
    return known?.object ?? this.unknown[0];
  }

  /** The custom resource whose operator makes a Service of this name. */
  makerOfService(namespace: string, name: string): ClusterObject | undefined {
    return this.all.find(
      (operated) =>
        operated.namespace === namespace && operated.made.services?.includes(name) === true,
    )?.object;
  }

  /** A custom resource whose operator may make an object of this name: operators name what they make after the resource. */
  mayMake(namespace: string, name: string): ClusterObject | undefined {
    const known = this.all.find(
      ({ object, namespace: own, made: { anything, nothingElse } }) =>
        (anything !== undefined && (anything.namespace ?? namespace) === namespace) ||
        (own === namespace && nothingElse !== true && name.includes(object.name)),
    );
    return known?.object ?? this.unknown[0];
  }

  /** Any custom resource of which something may come. */
  get any(): ClusterObject | undefined {
    return this.all[0]?.object ?? this.unknown[0];
  }
}

/** What the user says of a kind is stronger than what we know. */
function taught(group: string, kind: string, { workloads }: ClusterOptions): Operator | undefined {
  const workload = workloads.length === 0 ? undefined : findCustomWorkload(workloads, group, kind);
  return workload && ((resource) => customPods(workload, resource));
}
