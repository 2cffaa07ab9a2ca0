/**
 * The pods that workloads become: semantics of kube-controller-manager's workload controllers in
 * their steady state.
 */
import type { JobSpec } from 'kubernetes-types/batch/v1';
import type { Pod, PodSpec, PodTemplateSpec } from 'kubernetes-types/core/v1';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';
import { fieldAt, type Path } from '../../kubernetes/json.ts';
import { isWorkloadKind } from '../../kubernetes/kinds.ts';
import { type PodLabel, podLabels } from '../../kubernetes/labels.ts';
import { mostPods } from '../../text/limits.ts';
import { passingHookOf } from '../hooks.ts';
import { labelsFrom, type LabelValue } from '../labels.ts';
import type { ClusterObject, Kinds, ObjectIndex } from '../objects.ts';
import { certainLabels } from '../operators/operator.ts';
import type { Operated, Operators } from '../operators/operators.ts';
import type { ClusterOptions } from '../options.ts';
import type { CountCause, PodSet } from '../pods.ts';
import { notReadyReasons } from '../readiness.ts';
import { adoptPods, adoptReplicaSets } from './adoption.ts';
import { Autoscalers, type Replicas } from './autoscaler.ts';
import { createError, refusedAt } from './pod-creation.ts';

/**
 * Every pod set of a cluster: what workloads and operators make, and bare Pods that nobody adopts.
 */
export function podSets(
  objects: ObjectIndex,
  operators: Operators,
  options: ClusterOptions,
): PodSet[] {
  const given: Given = {
    objects,
    options,
    autoscalers: new Autoscalers(objects),
    adopted: adoptPods(objects),
  };
  return [
    deploymentPods(given),
    replicaSetPods(given),
    objects.of('StatefulSet').map((workload) => statefulSetPods(workload, given)),
    objects
      .of('DaemonSet')
      .map((workload) => templatePods(workload, workload.value.spec?.template, atLeastOne, given)),
    jobPods(given),
    cronJobPods(given),
    barePods(given),
    operators.all.flatMap((operated) => operatedPods(operated, given)),
    objects.all.flatMap((object) =>
      operators.isKnown(object) ? [] : customPods(object, given.options),
    ),
  ].flat();
}

/** What the controllers go by. */
interface Given {
  readonly objects: ObjectIndex;
  readonly options: ClusterOptions;
  readonly autoscalers: Autoscalers;
  readonly adopted: ReadonlyMap<ClusterObject, readonly ClusterObject<Pod>[]>;
}

function templatePods(
  workload: ClusterObject,
  template: PodTemplateSpec | undefined,
  replicas: Replicas,
  { options }: Given,
): PodSet {
  return podSet(workload, template, templatePath, replicas, options);
}

function deploymentPods(given: Given): PodSet[] {
  return given.objects.of('Deployment').map((workload) => {
    const { template, paused, replicas } = workload.value.spec ?? {};
    const count =
      paused === true
        ? none('it is created paused, so no ReplicaSet is made', 'paused', 'paused')
        : given.autoscalers.scale(workload, replicas);
    return templatePods(workload, template, count, given);
  });
}

/** Of ReplicaSets and ReplicationControllers: the Pods that they adopt count as replicas. */
function replicaSetPods(given: Given): PodSet[] {
  const { objects, adopted, autoscalers, options } = given;
  const scaledDown = adoptReplicaSets(objects);
  const workloads: readonly ClusterObject<Kinds['ReplicaSet' | 'ReplicationController']>[] = [
    ...objects.of('ReplicaSet'),
    ...objects.of('ReplicationController'),
  ];
  return workloads.flatMap((workload) => {
    const { replicas, template } = workload.value.spec ?? {};
    const wanted = scaledDown.has(workload)
      ? none(
          'a Deployment whose selector matches its labels takes it over as an old revision',
          'old-revision',
          'replicas',
        )
      : autoscalers.scale(workload, replicas);
    const kept = survivors(adopted.get(workload) ?? [], wanted.count);
    const made = { ...wanted, count: wanted.count - kept.length };
    return [
      ...kept.map((pod) => podSet(workload, asTemplate(pod), [], one, options)),
      templatePods(workload, template, made, given),
    ];
  });
}

function jobPods({ objects, options }: Given): PodSet[] {
  return objects.of('Job').map((workload) => {
    const { spec } = workload.value;
    const more = indexedJob(spec, options);
    return podSet(
      workload,
      spec?.template,
      templatePath,
      jobReplicas(spec, ['spec']),
      options,
      more,
    );
  });
}

function cronJobPods({ objects, options }: Given): PodSet[] {
  return objects.of('CronJob').map((workload) => {
    const { jobTemplate, suspend } = workload.value.spec ?? {};
    const spec = jobTemplate?.spec;
    const replicas =
      suspend === true
        ? none('it is suspended', 'suspended', 'suspend')
        : jobReplicas(spec, ['spec', 'jobTemplate', 'spec']);
    const path = ['spec', 'jobTemplate', 'spec', 'template'];
    return podSet(workload, spec?.template, path, replicas, options, indexedJob(spec, options));
  });
}

/** Pods that somebody wrote, and that nobody takes over. */
function barePods({ objects, adopted, options }: Given): PodSet[] {
  const taken = new Set([...adopted.values()].flat());
  return objects
    .of('Pod')
    .filter((pod) => !taken.has(pod))
    .map((pod) => podSet(pod, asTemplate(pod), [], one, options));
}

function asTemplate({ value }: ClusterObject<Pod>): PodTemplateSpec {
  return { metadata: value.metadata ?? {}, spec: value.spec as PodSpec };
}

/** What an operator makes, as far as it is known in full. */
function operatedPods({ object, made }: Operated, { autoscalers, options }: Given): PodSet[] {
  return (made.pods ?? []).flatMap((pods) => {
    const { labels, labelsOpen, spec, sketched, replicas, firstOrdinal, subdomain } = pods;
    if (spec === undefined) return [];
    const count = replicas === undefined ? atLeastOne : autoscalers.scale(object, replicas);
    const set = podSet(object, { spec }, pods.templatePath ?? [], count, options);
    return [
      {
        ...set,
        labels: new Map([...certainLabels(labels), ...set.labels]),
        ...(labelsOpen && { labelsOpen }),
        ...(sketched && { sketched }),
        ...(firstOrdinal !== undefined && {
          ordinals: { start: firstOrdinal, indexLabel: options.kubernetesMinor >= 28 },
        }),
        ...(subdomain !== undefined && { subdomain }),
      },
    ];
  });
}

/** Of a kind that is only known by the look of its pod template. */
function customPods(object: ClusterObject, options: ClusterOptions): PodSet[] {
  const template = customTemplate(object);
  if (template === undefined) return [];
  const more = { assumed: true };
  return [podSet(object, template, templatePath, customReplicas(object), options, more)];
}

const templatePath: Path = ['spec', 'template'];
const one: Replicas = { count: 1, known: true };
/** There is one at least. */
const atLeastOne: Replicas = { count: 1, known: false };
/** `path` leads to what decides it; a field of the workload's spec is said by its name. */
const none = (reason: string, code: CountCause['code'], path: Path | string): Replicas => ({
  count: 0,
  known: true,
  reason,
  cause: { code, path: typeof path === 'string' ? ['spec', path] : path },
});

/**
 * The adopted pods that are left when there are more than wanted: those with an address before
 * those without, ready before not ready (pkg/controller/controller_utils.go `ActivePodsWithRanks`);
 * among equals chance decides, here the name.
 */
function survivors(
  pods: readonly ClusterObject<Kinds['Pod']>[],
  count: number,
): readonly ClusterObject<Kinds['Pod']>[] {
  const rank = ({ value }: ClusterObject<Kinds['Pod']>): number => {
    const spec = value.spec as PodSpec;
    if (isGated(spec)) return 2;
    return notReadyReasons(spec).length > 0 ? 1 : 0;
  };
  return [...pods].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1)).slice(0, count);
}

/**
 * A StatefulSet numbers its pods and overwrites hostname and subdomain (stateful_set_utils.go
 * `initIdentity`, `updateIdentity`). With OrderedReady each pod waits for the one before to be
 * Ready, so where they never are there is one.
 */
function statefulSetPods(
  workload: ClusterObject<Kinds['StatefulSet']>,
  { autoscalers, options }: Given,
): PodSet {
  const spec = workload.value.spec;
  const start = spec?.ordinals?.start ?? 0;
  let replicas = autoscalers.scale(workload, spec?.replicas);
  const ordered = spec?.podManagementPolicy !== 'Parallel';
  const pod: PodSpec = spec?.template?.spec ?? { containers: [] };
  if (ordered && replicas.count > 1 && (isGated(pod) || notReadyReasons(pod).length > 0)) {
    replicas = {
      ...replicas,
      count: 1,
      reason:
        `pod ${workload.name}-${start} never becomes Ready, and podManagementPolicy ` +
        'OrderedReady makes the others wait for it',
      cause: { code: 'ordered', path: templatePath },
    };
  }
  const more: Partial<PodSet> = {
    ordinals: { start, indexLabel: options.kubernetesMinor >= 28 },
    ...(spec?.serviceName ? { subdomain: spec.serviceName } : {}),
  };
  const { subdomain: _overwritten, ...set } = podSet(
    workload,
    spec?.template,
    templatePath,
    replicas,
    options,
  );
  return { ...set, ...more };
}

/** Pods behind a scheduling gate are bound to no node: they have no address and are not Ready. */
function isGated({ schedulingGates = [] }: PodSpec): boolean {
  return schedulingGates.length > 0;
}

/** A Job starts as many pods at once as it may (pkg/controller/job `manageJob`). */
function jobReplicas(spec: JobSpec | undefined, at: Path): Replicas {
  if (spec?.suspend === true) return none('it is suspended', 'suspended', [...at, 'suspend']);
  const parallelism = spec?.parallelism ?? 1;
  if (
    typeof parallelism !== 'number' ||
    (spec?.completions !== undefined && typeof spec.completions !== 'number')
  )
    return { count: 1, known: false };
  const count = Math.min(parallelism, spec?.completions ?? parallelism);
  if (count > 0) return { count, known: true };
  const field = parallelism === 0 ? 'parallelism' : 'completions';
  return none('spec.parallelism or spec.completions is 0', 'replicas', [...at, field]);
}

function indexedJob(spec: JobSpec | undefined, options: ClusterOptions): Partial<PodSet> {
  return spec?.completionMode === 'Indexed'
    ? { indexed: { indexLabel: options.kubernetesMinor >= 28 } }
    : {};
}

/**
 * Labels that controllers put on the pods they make: there for certain, their values known only to
 * the cluster.
 */
function controllerLabels(
  workload: ClusterObject,
  bound: boolean,
  { kubernetesMinor }: ClusterOptions,
): readonly PodLabel[] {
  const own = hasManualSelector(workload) ? undefined : workload.kind;
  return podLabels.filter(({ on, since = 0, each }) => {
    if (since > kubernetesMinor || each === 'pod') return false;
    return each === 'node' ? bound : own !== undefined && on?.includes(own);
  });
}

/** Whether one path leads through the other. */
function overlap(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((step, depth) => step === b[depth]);
}

/**
 * A Job that brings its own selector gets no labels (pkg/registry/batch/job/strategy.go
 * `generateSelector`).
 */
function hasManualSelector({ value }: ClusterObject): boolean {
  const { spec } = value as {
    spec?: { manualSelector?: boolean; jobTemplate?: { spec?: { manualSelector?: boolean } } };
  };
  return (spec?.jobTemplate?.spec ?? spec)?.manualSelector === true;
}

function podSet(
  workload: ClusterObject,
  template: PodTemplateSpec | undefined,
  path: Path,
  replicas: Replicas,
  options: ClusterOptions,
  more: Partial<PodSet> = {},
): PodSet {
  const metadata: ObjectMeta = template?.metadata ?? {};
  const spec: PodSpec = template?.spec ?? { containers: [] };
  const labels = new Map<string, LabelValue>(labelsFrom(metadata.labels));
  for (const { key, first = null } of controllerLabels(workload, !isGated(spec), options))
    labels.set(key, first);
  if (workload.kind === 'Job')
    for (const key of ['job-name', 'batch.kubernetes.io/job-name'])
      if (labels.has(key)) labels.set(key, workload.name);
  const failure = replicas.count > 0 ? createError(workload, spec, path) : undefined;
  const count = failure === undefined ? Math.min(replicas.count, mostPods) : 0;
  const reason =
    failure?.message ??
    replicas.reason ??
    (replicas.count === 0 ? 'it asks for 0 replicas' : undefined);
  const cause = failure === undefined ? replicas.cause : refusedAt(failure.path);
  const hook = passingHookOf(workload.source);
  const labelsOpen = workload.incomplete.some((at) => overlap(at, [...path, 'metadata', 'labels']));
  return {
    workload,
    namespace: workload.namespace ?? options.namespace,
    spec,
    templatePath: path,
    labels,
    labelsOpen,
    count,
    countKnown: replicas.known,
    ...(reason !== undefined && count < Math.max(1, replicas.count + 1) && { countReason: reason }),
    ...(cause !== undefined && { countCause: cause }),
    ...(spec.subdomain !== undefined && { subdomain: spec.subdomain }),
    notReady: notReadyReasons(spec),
    hasAddress: !isGated(spec),
    assumed: false,
    ...(hook !== undefined && { hook }),
    ...more,
  };
}

/** A kind of which nothing is known but that it carries a pod template where Deployments do. */
function customTemplate(object: ClusterObject): PodTemplateSpec | undefined {
  if (object.refusals.length > 0 || isWorkloadKind(object.kind)) return undefined;
  if (fieldAt(object.source.value, 'spec', 'template') === undefined) return undefined;
  const spec = (object.value as { spec?: { template?: PodTemplateSpec } } | undefined)?.spec;
  const template = spec?.template;
  return Array.isArray(template?.spec?.containers) && typeof template.metadata?.labels === 'object'
    ? template
    : undefined;
}

function customReplicas(object: ClusterObject): Replicas {
  const replicas = fieldAt(object.value, 'spec', 'replicas');
  return typeof replicas === 'number'
    ? { count: replicas, known: true }
    : { count: 1, known: false };
}
