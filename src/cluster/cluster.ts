/**
 * The picture: what a control plane makes of a set of objects. A pure function of the objects and
 * of what is assumed about the cluster.
 */
import type { Endpoints, Pod, Service } from 'kubernetes-types/core/v1';
import type { EndpointSlice } from 'kubernetes-types/discovery/v1';
import { attempt } from '../fault.ts';
import { asText, fieldAt, isJsonObject, type Json, type JsonObject } from '../kubernetes/json.ts';
import { isDecoded, isExclusive, isNamespaced } from '../kubernetes/kinds.ts';
import { serviceNameLabel, sliceManagedByLabel } from '../kubernetes/labels.ts';
import type { Definition } from '../manifest/definition.ts';
import type { ManifestObject } from '../manifest/manifest.ts';
import { isPlaceholder } from '../manifest/placeholder.ts';
import { addTo } from '../multimap.ts';
import { Admissions } from './admissions.ts';
import { Allocations, refuseOutside } from './apiserver/allocations.ts';
import { admitAgain } from './apiserver/apply/again.ts';
import { FieldErrors } from './apiserver/field-errors.ts';
import { refuseForbiddenPod } from './apiserver/pod-security.ts';
import { type EnforcedLevels, enforcedLevels } from './apiserver/pod-security-levels.ts';
import type { Refusal, RefusalType } from './apiserver/refusal.ts';
import { validateUpdate } from './apiserver/update.ts';
import { allowedPods } from './controllers/pod-creation.ts';
import { PodLimits } from './controllers/pod-limits.ts';
import { type Assumed, PodNeeds } from './controllers/pod-needs.ts';
import { podSets } from './controllers/workloads.ts';
import { foldLive } from './live.ts';
import { type ClusterObject, identityOf, type Intended, ObjectIndex } from './objects.ts';
import { Operators } from './operators/operators.ts';
import type { ClusterOptions } from './options.ts';
import { PodIndex } from './pods.ts';
import { NetworkPolicies } from './policy.ts';
import { asRunning } from './running.ts';
import { scenarioOf } from './scenario.ts';
import { type PlaceOf, schedulerOf } from './scheduler/scheduler.ts';
import { predictService, type ServicePicture } from './service.ts';
import { SharedBackends } from './shared-backends.ts';
import { Work } from './work.ts';

export interface Cluster {
  readonly options: ClusterOptions;
  readonly objects: ObjectIndex;
  readonly pods: PodIndex;
  /** What custom resources turn into: pods that are not known in full, and Services. */
  readonly operators: Operators;
  readonly policies: NetworkPolicies;
  readonly work: Work;
  /** Every Service that exists, in the order read. */
  readonly services: readonly ServicePicture[];
  /** The same by `namespace/name`. */
  readonly servicesByName: ReadonlyMap<string, ServicePicture>;
  /** Hand-written Endpoints without a Service of that name. */
  readonly unattachedEndpoints: readonly ClusterObject<Endpoints>[];
  /**
   * Hand-written slices without the label that names a Service, or whose Service does not exist.
   */
  readonly unattachedSlices: readonly ClusterObject<EndpointSlice>[];
  /** Objects on which we ourselves failed: what they are in the cluster is not known. */
  readonly failed: readonly FailedObject[];
}

export interface FailedObject {
  readonly object: ManifestObject;
  readonly error: unknown;
}

/** What takes part beside the objects that the API server would accept. */
export interface Beside {
  /**
   * Refused objects that take part as they were meant; nothing takes their place if there are none.
   */
  readonly intended?: readonly Intended[];
  /** CustomResourceDefinitions that were told apart without being parsed. */
  readonly definitions?: readonly Definition[];
  /** Custom resources that bring in nothing but objects that are there. */
  readonly spent?: ReadonlySet<ManifestObject> | undefined;
  /** What somebody said exists elsewhere. */
  readonly isAssumed?: Assumed;
  /**
   * Where an object is one of: the nodes of one place take no pods of another. Undefined of a node
   * that takes those of all.
   */
  readonly placeOf?: PlaceOf | undefined;
  /** Where the same objects may be part of other pictures. */
  readonly admissions?: Admissions;
}

/** Does `action` for an object; an object on which it fails is noted and gives nothing. */
type Guarded = <T>(object: ManifestObject, action: () => T) => T[];

/**
 * `objects` in the order they would be applied.
 */
export function predict(
  objects: readonly ManifestObject[],
  options: ClusterOptions,
  {
    intended = [],
    definitions = [],
    spent,
    isAssumed,
    placeOf,
    admissions = new Admissions(),
  }: Beside = {},
): Cluster {
  const failed: FailedObject[] = [];
  const guarded: Guarded = (object, action) =>
    attempt(
      () => [action()],
      (error) => {
        failed.push({ object, error });
        return [];
      },
    );
  const live = foldLive(objects, options.namespace);
  const levels = enforcedLevels(objects);
  const admitted = (object: ManifestObject): ClusterObject =>
    toClusterObject(object, admissions, levels, options);
  const index = new ObjectIndex(storedObjects(live.objects, admitted, options, guarded), intended);
  const operators = new Operators(index, options, definitions, spent);
  const asIf = scenarioOf(options.scenario, index);
  const needs = new PodNeeds(index, isAssumed);
  const limits = new PodLimits(index, options.namespace);
  const wanted = podSets(index, operators, options).map((set) =>
    asIf(needs.served(allowedPods(set, levels, limits))),
  );
  const schedule = schedulerOf(index, wanted, placeOf);
  const pods = new PodIndex(wanted.flatMap((set) => asRunning(set, live) ?? schedule(set)));
  const work = new Work();
  return {
    options,
    objects: index,
    pods,
    operators,
    policies: new NetworkPolicies(index, pods, options.namespace, work),
    work,
    ...servicesIn(index, pods, options, guarded),
    failed,
  };
}

function servicesIn(
  index: ObjectIndex,
  pods: PodIndex,
  options: ClusterOptions,
  guarded: Guarded,
): Pick<Cluster, 'services' | 'servicesByName' | 'unattachedEndpoints' | 'unattachedSlices'> {
  const { slices, unattachedSlices } = slicesByService(index);
  const shared = new SharedBackends(pods, options);
  const services = index.of('Service').flatMap((service) =>
    guarded(service.source, () => {
      const manual = {
        endpoints: index.find('Endpoints', service.namespace, service.name),
        slices: slices.get(`${service.namespace}/${service.name}`) ?? [],
      };
      return predictService(service, shared, manual, options);
    }),
  );
  return {
    services,
    servicesByName: new Map(
      services.map((service) => [`${service.object.namespace}/${service.object.name}`, service]),
    ),
    unattachedEndpoints: index
      .of('Endpoints')
      .filter(({ namespace, name }) => index.find('Service', namespace, name) === undefined),
    unattachedSlices,
  };
}

/** What the API server answers to each object, one after the other; each sees those before it. */
function storedObjects(
  sources: readonly ManifestObject[],
  admitted: (object: ManifestObject) => ClusterObject,
  options: ClusterOptions,
  guarded: Guarded,
): ClusterObject[] {
  const stored = new Map<string, ClusterObject>();
  const allocations = new Allocations(options.serviceRanges);
  return sources.flatMap((source) =>
    guarded(source, () => {
      const object = admitted(source);
      const identity = identityOf(object);
      const before = object.name === '' ? undefined : stored.get(identity);
      const applied = allotted(
        before === undefined ? object : appliedAgain(object, before, options),
        allocations,
        options,
      );
      if (applied.refusals.length === 0) stored.set(identity, applied);
      return applied;
    }),
  );
}

/** Hand-written slices by `namespace/name` of their Service, and those that have none. */
function slicesByService(index: ObjectIndex): {
  readonly slices: ReadonlyMap<string, readonly ClusterObject<EndpointSlice>[]>;
  readonly unattachedSlices: readonly ClusterObject<EndpointSlice>[];
} {
  const slices = new Map<string, ClusterObject<EndpointSlice>[]>();
  const unattachedSlices: ClusterObject<EndpointSlice>[] = [];
  for (const slice of index.of('EndpointSlice')) {
    const name = slice.value.metadata?.labels?.[serviceNameLabel];
    const service = name === undefined ? undefined : index.find('Service', slice.namespace, name);
    if (service === undefined) unattachedSlices.push(slice);
    else if (!isOverwritten(slice, service.value))
      addTo(slices, `${slice.namespace}/${name}`, slice);
  }
  return { slices, unattachedSlices };
}

/**
 * A slice under the controller's own label is taken for one of its own and replaced, if the Service
 * is one it looks after.
 */
function isOverwritten({ value }: ClusterObject<EndpointSlice>, service: Service): boolean {
  if (value.metadata?.labels?.[sliceManagedByLabel] !== 'endpointslice-controller.k8s.io')
    return false;
  return (
    Object.keys(service.spec?.selector ?? {}).length > 0 && service.spec?.type !== 'ExternalName'
  );
}

/** What kubectl or the API server's decoder refuses; the rest is judged of the patched object. */
const refusedAsWritten = new Set<RefusalType>([
  'Unknown field',
  'Wrong type',
  'Not served',
  'Not admitted',
]);

/**
 * An object of which there is one already is patched, as far as all of both is known. Two
 * ConfigMaps or classes of one name in two files of a unit may be a choice; those of one file are
 * applied both.
 */
function appliedAgain(
  object: ClusterObject,
  before: ClusterObject,
  options: ClusterOptions,
): ClusterObject {
  if (
    object.refusals.some(({ type }) => refusedAsWritten.has(type)) ||
    object.apiVersion !== before.apiVersion ||
    (!options.oneCluster && !isExclusive(object.kind) && !inOneFile(object, before)) ||
    [object, before].some(({ incomplete }) => incomplete.length > 0)
  )
    return object;
  // What is filled in later cannot be merged, and what stands is compared as it is.
  if ([object, before].some(({ source }) => isOpen(source.value)))
    return comparedAgain(object, before, options);
  const { apiVersion, kind, source } = object;
  return {
    ...object,
    ...admitAgain(
      { apiVersion, kind, value: source.value },
      { written: before.source.value, stored: before.value as JsonObject },
      options,
    ),
  };
}

function comparedAgain(
  object: ClusterObject,
  before: ClusterObject,
  { kubernetesMinor }: ClusterOptions,
): ClusterObject {
  if (object.refusals.length > 0 || !isDecoded(object)) return object;
  const errors = new FieldErrors(kubernetesMinor);
  validateUpdate(object.kind, before.value as JsonObject, object.value as JsonObject, errors);
  return errors.refusals.length === 0 ? object : { ...object, refusals: errors.refusals };
}

function inOneFile(a: ClusterObject, b: ClusterObject): boolean {
  return a.source.document.file === b.source.document.file;
}

/** Whether something in it is yet to be filled in. */
function isOpen(value: Json): boolean {
  if (Array.isArray(value)) return value.some(isOpen);
  return isJsonObject(value) ? Object.values(value).some(isOpen) : isPlaceholder(value);
}

/** A Service gets the node ports and addresses it asks for, unless another one has them. */
function allotted(
  object: ClusterObject,
  allocations: Allocations,
  options: ClusterOptions,
): ClusterObject {
  if (object.kind !== 'Service' || !isDecoded(object) || object.refusals.length > 0) return object;
  const service = object.value as Service;
  const outside = refuseOutside(service, options);
  const refusals =
    outside.length > 0 || !options.oneCluster
      ? outside
      : allocations.take(identityOf(object), service, options.kubernetesMinor);
  return refusals.length === 0 ? object : { ...object, refusals };
}

/**
 * kubectl applies what has a name; `kubectl create`, and other tools, take a `generateName` as
 * well. Custom resources without one leave open what is made of them.
 */
function refuseNameless(
  source: ManifestObject,
  { oneCluster }: ClusterOptions,
): readonly Refusal[] | undefined {
  const { name, value } = source;
  if (!oneCluster || name !== '' || !isDecoded(source)) return undefined;
  const prefix = asText(fieldAt(value, 'metadata', 'generateName')) ?? '';
  return [
    prefix === ''
      ? {
          type: 'Not admitted',
          path: ['metadata', 'name'],
          message: 'resource name may not be empty',
        }
      : {
          type: 'Not admitted',
          path: ['metadata', 'generateName'],
          message: `from ${prefix}: cannot use generate name with apply`,
        },
  ];
}

function toClusterObject(
  source: ManifestObject,
  admissions: Admissions,
  levels: EnforcedLevels,
  options: ClusterOptions,
): ClusterObject {
  const { apiVersion, kind, name } = source;
  const nameless = refuseNameless(source, options);
  const namespace = isNamespaced(kind) ? (source.namespace ?? options.namespace) : undefined;
  const admission = admissions.of(source, options);
  let refusals = nameless ?? admission.refusals;
  if (
    kind === 'Pod' &&
    apiVersion === 'v1' &&
    refusals.length === 0 &&
    admission.incomplete.length === 0
  ) {
    const level = levels.get(namespace ?? options.namespace);
    if (level !== undefined)
      refusals = refuseForbiddenPod(
        name,
        (admission.value as Pod).spec ?? { containers: [] },
        level,
      );
  }
  const { value, incomplete } = admission;
  // Written out twice: there are tens of thousands, and copies of a common part take longer.
  if (namespace === undefined)
    return {
      source,
      apiVersion,
      kind,
      name,
      value,
      refusals,
      incomplete,
      namespaceAssumed: false,
    };
  const namespaceAssumed = source.namespace === undefined;
  return {
    source,
    apiVersion,
    kind,
    name,
    value,
    refusals,
    incomplete,
    namespace,
    namespaceAssumed,
  };
}
