/**
 * What ResourceQuotas and LimitRanges do to pods: they refuse those that say too little or want too
 * much (plugin/pkg/admission/limitranger/admission.go `minConstraint`, `maxConstraint`,
 * pkg/quota/v1/evaluator/core/pods.go `validationSet`, `Constraints`). A workload is taken all the
 * same, and has no pods.
 */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { fieldAt, type Json } from '../../kubernetes/json.ts';
import type { Path } from '../../manifest/node.ts';
import { addTo } from '../../multimap.ts';
import { parseQuantity, printQuantity, type Quantity } from '../apiserver/quantity.ts';
import { allContainers, runningContainers } from '../containers.ts';
import type { ClusterObject, ObjectIndex } from '../objects.ts';
import type { PodSet } from '../pods.ts';

/** Why pods are refused, and where that stands in their workload. */
export interface CreateError {
  readonly message: string;
  readonly path: Path;
}

type Amounts = ReadonlyMap<string, Quantity>;

/**
 * `requests` and `limits` of one container once all defaults are in; what a placeholder decides is
 * in `open`.
 */
interface Resources {
  readonly name: string;
  readonly path: Path;
  readonly requests: Map<string, Quantity>;
  readonly limits: Map<string, Quantity>;
  readonly open: ReadonlySet<string>;
}

interface ContainerLimits {
  readonly object: ClusterObject;
  readonly min: Amounts;
  readonly max: Amounts;
  readonly default: Amounts;
  readonly defaultRequest: Amounts;
}

interface Quota {
  readonly object: ClusterObject;
  readonly hard: Amounts;
}

/**
 * Resources that every container has to state where a quota limits them (`validationSet` of
 * pods.go).
 */
const stated = new Set([
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
]);

export class PodLimits {
  readonly #limits = new Map<string, ContainerLimits[]>();
  readonly #quotas = new Map<string, Quota[]>();

  constructor(objects: ObjectIndex, defaultNamespace: string) {
    for (const object of objects.ofKind('', 'LimitRange')) {
      const items = fieldAt(object.value as Json, 'spec', 'limits');
      for (const item of Array.isArray(items) ? items : [])
        if (fieldAt(item, 'type') === 'Container')
          addTo(this.#limits, object.namespace ?? defaultNamespace, containerLimits(object, item));
    }
    for (const object of objects.ofKind('', 'ResourceQuota')) {
      const spec = fieldAt(object.value as Json, 'spec');
      // Quotas with a scope are for some pods only.
      if (fieldAt(spec, 'scopes') !== undefined || fieldAt(spec, 'scopeSelector') !== undefined)
        continue;
      const hard = amountsOf(fieldAt(spec, 'hard'));
      addTo(this.#quotas, object.namespace ?? defaultNamespace, { object, hard });
    }
  }

  /** Why none of the pods of a set can be created. */
  refusal(set: PodSet): CreateError | undefined {
    const limits = this.#limits.get(set.namespace) ?? [];
    const quotas = this.#quotas.get(set.namespace) ?? [];
    if (limits.length + quotas.length === 0 || hasPodResources(set.spec)) return undefined;
    const containers = resourcesOf(set, limits);
    for (const one of limits)
      for (const container of containers) {
        const refusal = beyondLimits(one, container);
        if (refusal !== undefined) return refusal;
      }
    for (const quota of quotas) {
      const refusal = notStated(quota, containers) ?? tooLarge(quota, set, containers);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  /** How many pods of a set there can be at most, if it had the namespace for itself. */
  most(set: PodSet): { readonly count: number; readonly message: string } | undefined {
    const quotas = this.#quotas.get(set.namespace) ?? [];
    if (quotas.length === 0 || hasPodResources(set.spec)) return undefined;
    const containers = resourcesOf(set, this.#limits.get(set.namespace) ?? []);
    let least: { count: number; message: string } | undefined;
    for (const { object, hard } of quotas)
      for (const [name, most] of hard) {
        const each = usage(name, set, containers);
        if (each === undefined || each <= 0n) continue;
        const count = Number(most.nanos / each);
        if (least === undefined || count < least.count)
          least = {
            count,
            message: `ResourceQuota ${object.name} allows ${name} ${printQuantity(most)}`,
          };
      }
    return least;
  }
}

/** Since 1.34 a pod may state resources as a whole: then its containers need not. */
function hasPodResources(spec: PodSpec): boolean {
  return (spec as { resources?: unknown }).resources !== undefined;
}

/**
 * pkg/apis/core/v1/defaults.go `SetDefaults_LimitRangeItem`: a maximum is the default limit, that
 * the default request, and a minimum one where there is none.
 */
function containerLimits(object: ClusterObject, item: Json): ContainerLimits {
  const [min, max] = [amountsOf(fieldAt(item, 'min')), amountsOf(fieldAt(item, 'max'))];
  const limits = new Map([...max, ...amountsOf(fieldAt(item, 'default'))]);
  const requests = new Map([...min, ...limits, ...amountsOf(fieldAt(item, 'defaultRequest'))]);
  return { object, min, max, default: limits, defaultRequest: requests };
}

function amountsOf(value: Json | undefined): Map<string, Quantity> {
  const amounts = new Map<string, Quantity>();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return amounts;
  for (const [name, amount] of Object.entries(value)) {
    const quantity = parseQuantity(amount);
    if (quantity !== undefined) amounts.set(name, quantity);
  }
  return amounts;
}

/**
 * A limit is the request where there is none (`SetDefaults_Pod`), then come the defaults of the
 * namespace (`mergeContainerResources`).
 */
function resourcesOf(
  { spec, templatePath }: PodSet,
  defaults: readonly ContainerLimits[],
): Resources[] {
  const base = templatePath.length === 0 ? ['spec'] : [...templatePath, 'spec'];
  return allContainers(spec).map(({ container, path }) => {
    const written = container.resources as Json | undefined;
    const limits = amountsOf(fieldAt(written, 'limits'));
    const requests = new Map([...limits, ...amountsOf(fieldAt(written, 'requests'))]);
    for (const one of defaults) {
      for (const [name, amount] of one.default) if (!limits.has(name)) limits.set(name, amount);
      for (const [name, amount] of one.defaultRequest)
        if (!requests.has(name)) requests.set(name, amount);
    }
    return {
      name: container.name,
      path: [...base, ...path],
      requests,
      limits,
      open: openOf(container),
    };
  });
}

/** Names of resources whose amount is not one: a placeholder. */
function openOf({ resources }: Container): Set<string> {
  const open = new Set<string>();
  for (const list of ['limits', 'requests'] as const)
    for (const [name, amount] of Object.entries((resources?.[list] ?? {}) as object))
      if (parseQuantity(amount as Json) === undefined) open.add(name);
  return open;
}

/** `minConstraint` and `maxConstraint` of the admission plugin, in its words. */
function beyondLimits(
  { object, min, max }: ContainerLimits,
  { name: container, path, requests, limits, open }: Resources,
): CreateError | undefined {
  const refuse = (name: string, list: 'requests' | 'limits', text: string): CreateError => ({
    message: `LimitRange ${object.name}: ${text} (container "${container}")`,
    path: [...path, 'resources', list, name],
  });
  for (const [name, least] of min) {
    if (open.has(name)) continue;
    const said = `minimum ${name} usage per Container is ${printQuantity(least)}`;
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (request !== undefined && request.nanos < least.nanos)
      return refuse(name, 'requests', `${said}, but request is ${printQuantity(request)}`);
    if (limit !== undefined && limit.nanos < least.nanos)
      return refuse(name, 'limits', `${said}, but limit is ${printQuantity(limit)}`);
  }
  for (const [name, most] of max) {
    if (open.has(name)) continue;
    const said = `maximum ${name} usage per Container is ${printQuantity(most)}`;
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (limit !== undefined && limit.nanos > most.nanos)
      return refuse(name, 'limits', `${said}, but limit is ${printQuantity(limit)}`);
    if (request !== undefined && request.nanos > most.nanos)
      return refuse(name, 'requests', `${said}, but request is ${printQuantity(request)}`);
  }
  return undefined;
}

/** `Constraints` of pods.go. */
function notStated(
  { object, hard }: Quota,
  containers: readonly Resources[],
): CreateError | undefined {
  for (const name of hard.keys()) {
    if (!stated.has(name)) continue;
    const { list, resource } = partsOf(name);
    const lacking = containers.filter(
      (container) => !container[list].has(resource) && !container.open.has(resource),
    );
    const [first] = lacking;
    if (first !== undefined)
      return {
        message:
          `ResourceQuota ${object.name}: must specify ${name} for: ` +
          `${lacking.map((container) => container.name).join(',')}`,
        path: [...first.path, 'resources'],
      };
  }
  return undefined;
}

function tooLarge(
  { object, hard }: Quota,
  set: PodSet,
  containers: readonly Resources[],
): CreateError | undefined {
  for (const [name, most] of hard) {
    const each = usage(name, set, containers);
    if (each === undefined || each <= most.nanos) continue;
    const asked = printQuantity({ nanos: each, format: most.format });
    return {
      message:
        `ResourceQuota ${object.name} allows ${name} ${printQuantity(most)}, and each pod ` +
        `takes ${asked}`,
      path: [...set.templatePath, 'spec'],
    };
  }
  return undefined;
}

/**
 * What one pod takes of a resource at least, in 10⁻⁹; undefined where the quota does not count pods
 * by it.
 */
function usage(name: string, set: PodSet, containers: readonly Resources[]): bigint | undefined {
  if (name === 'pods' || name === 'count/pods') return 1_000_000_000n;
  if (!stated.has(name) && !name.startsWith('requests.')) return undefined;
  const { list, resource } = partsOf(name);
  const running = new Set(runningContainers(set.spec).map(({ container }) => container.name));
  return containers
    .filter((container) => running.has(container.name))
    .reduce((sum, container) => sum + (container[list].get(resource)?.nanos ?? 0n), 0n);
}

/** `requests.cpu` and `cpu` are the same. */
function partsOf(name: string): { list: 'requests' | 'limits'; resource: string } {
  if (name.startsWith('limits.')) return { list: 'limits', resource: name.slice(7) };
  return { list: 'requests', resource: name.replace(/^requests\./, '') };
}
