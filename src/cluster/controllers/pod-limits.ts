/**
 * What ResourceQuotas and LimitRanges do to pods: they refuse those that say too little or want too
 * much (plugin/pkg/admission/limitranger/admission.go `minConstraint`, `maxConstraint`,
 * pkg/quota/v1/evaluator/core/pods.go `validationSet`, `Constraints`). A workload is taken all the
 * same, and has no pods.
 */
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { fieldAt, type Json, type Path } from '../../kubernetes/json.ts';
import { addTo } from '../../multimap.ts';
import { briefValue } from '../../text/brief.ts';
import { parseQuantity, printQuantity, type Quantity } from '../apiserver/quantity.ts';
import { allContainers, runningContainers } from '../containers.ts';
import type { ClusterObject, ObjectIndex } from '../objects.ts';
import { inPodSpec, type PodSet } from '../pods.ts';
import { type Scope, scopeOf } from './quota-scope.ts';

/** Why pods are refused, and where that stands in their workload. */
export interface CreateError {
  readonly message: string;
  readonly path: Path;
  /** The label of the namespace that has it so. */
  readonly namespaceLabel?: string;
  /** The quota or the limit range that has it so. */
  readonly by?: ClusterObject;
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

/** What a LimitRange asks of each container, or of a pod as a whole. */
interface Bounds {
  readonly object: ClusterObject;
  readonly min: Amounts;
  readonly max: Amounts;
  /** How many times its request a limit may be. */
  readonly ratio: Amounts;
}

interface ContainerLimits extends Bounds {
  readonly default: Amounts;
  readonly defaultRequest: Amounts;
}

interface Quota {
  readonly object: ClusterObject;
  readonly isFor: Scope;
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
  readonly #podBounds = new Map<string, Bounds[]>();
  readonly #quotas = new Map<string, Quota[]>();

  constructor(objects: ObjectIndex, defaultNamespace: string) {
    for (const object of objects.ofKind('', 'LimitRange')) {
      const items = fieldAt(object.value, 'spec', 'limits');
      const namespace = object.namespace ?? defaultNamespace;
      for (const item of Array.isArray(items) ? items : []) {
        const type = fieldAt(item, 'type');
        if (type === 'Container') addTo(this.#limits, namespace, containerLimits(object, item));
        if (type === 'Pod') addTo(this.#podBounds, namespace, boundsOf(object, item));
      }
    }
    for (const object of objects.ofKind('', 'ResourceQuota')) {
      const spec = fieldAt(object.value, 'spec');
      const hard = amountsOf(fieldAt(spec, 'hard'));
      const isFor = scopeOf(spec);
      addTo(this.#quotas, object.namespace ?? defaultNamespace, { object, hard, isFor });
    }
  }

  /** Why none of the pods of a set can be created. */
  refusal(set: PodSet): CreateError | undefined {
    const limits = this.#limits.get(set.namespace) ?? [];
    const podBounds = this.#podBounds.get(set.namespace) ?? [];
    const quotas = this.#quotas.get(set.namespace) ?? [];
    if (limits.length + podBounds.length + quotas.length === 0 || hasPodResources(set.spec))
      return undefined;
    const containers = resourcesOf(set, limits);
    for (const one of limits)
      for (const container of containers) {
        const refusal = beyondBounds(one, container, 'Container');
        if (refusal !== undefined) return { ...refusal, by: one.object };
      }
    for (const one of podBounds) {
      const refusal = beyondBounds(one, totalOf(set, containers), 'Pod');
      if (refusal !== undefined) return { ...refusal, by: one.object };
    }
    for (const quota of quotas) {
      if (!quota.isFor(set, containers)) continue;
      const refusal = notStated(quota, containers) ?? tooLarge(quota, set, containers);
      if (refusal !== undefined) return { ...refusal, by: quota.object };
    }
    return undefined;
  }

  /** How many pods of a set there can be at most, if it had the namespace for itself. */
  most(
    set: PodSet,
  ): (Pick<CreateError, 'message' | 'by'> & { readonly count: number }) | undefined {
    const quotas = this.#quotas.get(set.namespace) ?? [];
    if (quotas.length === 0 || hasPodResources(set.spec)) return undefined;
    const containers = resourcesOf(set, this.#limits.get(set.namespace) ?? []);
    let least: ReturnType<PodLimits['most']>;
    for (const { object, hard } of quotas.filter(({ isFor }) => isFor(set, containers)))
      for (const [name, most] of hard) {
        const each = usage(name, set, containers);
        if (each === undefined || each <= 0n) continue;
        const count = Number(most.nanos / each);
        if (least === undefined || count < least.count)
          least = {
            count,
            message:
              `ResourceQuota ${briefValue(object.name)} allows ${name} ` + printQuantity(most),
            by: object,
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
  const bounds = boundsOf(object, item);
  const { min, max } = bounds;
  const limits = new Map([...max, ...amountsOf(fieldAt(item, 'default'))]);
  const requests = new Map([...min, ...limits, ...amountsOf(fieldAt(item, 'defaultRequest'))]);
  return { ...bounds, default: limits, defaultRequest: requests };
}

function boundsOf(object: ClusterObject, item: Json): Bounds {
  const [min, max, ratio] = ['min', 'max', 'maxLimitRequestRatio'].map((field) =>
    amountsOf(fieldAt(item, field)),
  );
  return { object, min: min ?? none, max: max ?? none, ratio: ratio ?? none };
}

const none: Amounts = new Map();

/**
 * What a pod takes as a whole: its containers together, or one that runs before them and takes more
 * (`PodRequests`).
 */
function totalOf(set: PodSet, containers: readonly Resources[]): Resources {
  const running = new Set(runningContainers(set.spec).map(({ container }) => container.name));
  const total = (list: 'requests' | 'limits'): Map<string, Quantity> => {
    const sum = new Map<string, Quantity>();
    for (const container of containers.filter(({ name }) => running.has(name)))
      for (const [name, { nanos, format }] of container[list])
        sum.set(name, { nanos: nanos + (sum.get(name)?.nanos ?? 0n), format });
    for (const container of containers.filter(({ name }) => !running.has(name)))
      for (const [name, amount] of container[list])
        if (amount.nanos > (sum.get(name)?.nanos ?? 0n)) sum.set(name, amount);
    return sum;
  };
  return {
    name: '',
    path: inPodSpec(set),
    requests: total('requests'),
    limits: total('limits'),
    open: new Set(containers.flatMap(({ open }) => [...open])),
  };
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
function resourcesOf(set: PodSet, defaults: readonly ContainerLimits[]): Resources[] {
  return allContainers(set.spec).map(({ container, path }) => {
    const written = container.resources;
    const limits = amountsOf(fieldAt(written, 'limits'));
    const requests = new Map([...limits, ...amountsOf(fieldAt(written, 'requests'))]);
    for (const one of defaults) {
      for (const [name, amount] of one.default) if (!limits.has(name)) limits.set(name, amount);
      for (const [name, amount] of one.defaultRequest)
        if (!requests.has(name)) requests.set(name, amount);
    }
    return {
      name: container.name,
      path: inPodSpec(set, ...path),
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

/**
 * `minConstraint`, `maxConstraint` and `limitRequestRatioConstraint` of the admission plugin, in
 * its words. Containers have defaults for what they do not say; pods have none, and are refused.
 */
function beyondBounds(
  { object, min, max, ratio }: Bounds,
  resources: Resources,
  per: 'Container' | 'Pod',
): CreateError | undefined {
  const { name: container, path, requests, limits, open } = resources;
  const refuse = (name: string, list: 'requests' | 'limits', text: string): CreateError => ({
    message:
      `LimitRange ${briefValue(object.name)}: ` +
      `${text}${per === 'Pod' ? '' : ` (container "${container}")`}`,
    path: per === 'Pod' ? path : [...path, 'resources', list, name],
  });
  // What it is held against first is what has to be there.
  for (const [bound, amounts, ...lists] of [
    ['minimum', min, 'requests', 'limits'],
    ['maximum', max, 'limits', 'requests'],
  ] as const)
    for (const [name, amount] of amounts) {
      if (open.has(name)) continue;
      const said = `${bound} ${name} usage per ${per} is ${printQuantity(amount)}`;
      for (const list of lists) {
        const word = list.slice(0, -1);
        const own = resources[list].get(name);
        if (own === undefined && per === 'Pod' && list === lists[0])
          return refuse(name, list, `${said}.  No ${word} is specified`);
        const above = (own?.nanos ?? amount.nanos) - amount.nanos;
        if (own !== undefined && (bound === 'minimum' ? above < 0n : above > 0n))
          return refuse(name, list, `${said}, but ${word} is ${printQuantity(own)}`);
      }
    }
  for (const [name, most] of ratio) {
    if (open.has(name)) continue;
    const said = `${name} max limit to request ratio per ${per} is ${printQuantity(most)}`;
    const [request, limit] = [requests.get(name)?.nanos ?? 0n, limits.get(name)?.nanos ?? 0n];
    if (request === 0n)
      return refuse(name, 'requests', `${said}, but no request is specified or request is 0`);
    if (limit === 0n)
      return refuse(name, 'limits', `${said}, but no limit is specified or limit is 0`);
    if (limit * 1_000_000_000n > most.nanos * request)
      return refuse(
        name,
        'limits',
        `${said}, but provided ratio is ${(Number(limit) / Number(request)).toFixed(6)}`,
      );
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
          `ResourceQuota ${briefValue(object.name)}: must specify ${name} for: ` +
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
        `ResourceQuota ${briefValue(object.name)} allows ${name} ${printQuantity(most)}, ` +
        'and each pod ' +
        `takes ${asked}`,
      path: inPodSpec(set),
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
