/** OpenKruise: workloads of their own, with the template where Deployments have it. */
import { fieldAt } from '../../kubernetes/json.ts';
import type { LabelValue } from '../labels.ts';
import {
  type MadePods,
  makingNothing,
  type Operator,
  type OperatorTable,
  statefulSetLabels,
} from './operator.ts';
import { countAt, isCount, partly, templateAt } from './read.ts';

/** Pods of `spec.template` with more labels; `spec.replicas` of them where there are any. */
const fromTemplate =
  (
    labels: Readonly<Record<string, LabelValue>>,
    replicated: boolean,
    more: (spec: MadePods) => Partial<MadePods> = () => ({}),
  ): Operator =>
  ({ value }) => {
    const template = templateAt(value, ['spec', 'template']);
    if (template === undefined) return {};
    const replicas = replicated ? countAt(fieldAt(value, 'spec', 'replicas'), 1) : undefined;
    const pods: MadePods = {
      ...template,
      labels: { ...template.labels, ...labels },
      ...(replicas !== undefined && { replicas }),
    };
    return { pods: [{ ...pods, domains: ['kruise.io'], ...more(pods) }] };
  };

/**
 * Numbered as the StatefulSet of `apps` unless some numbers are reserved.
 *
 * @source openkruise/kruise pkg/controller/statefulset/stateful_set_utils.go
 *   `updateIdentity`, `setPodRevision` @e8d83622
 */
const statefulSet: Operator = (resource, objects) => {
  const { value } = resource;
  const start = fieldAt(value, 'spec', 'ordinals', 'start') ?? 0;
  const plain = isCount(start) && fieldAt(value, 'spec', 'reserveOrdinals') === undefined;
  const subdomain = fieldAt(value, 'spec', 'serviceName');
  return fromTemplate(
    plain ? { 'controller-revision-hash': null } : statefulSetLabels,
    true,
    () => ({
      ...(plain && { firstOrdinal: start }),
      ...(typeof subdomain === 'string' && subdomain !== '' && { subdomain }),
    }),
  )(resource, objects);
};

/**
 * @source openkruise/kruise pkg/controller/cloneset/utils/cloneset_utils.go
 *   `WriteRevisionHash`, `GetInstanceID` @02e91aeb
 */
export const kruise: OperatorTable = {
  'apps.kruise.io': {
    CloneSet: fromTemplate(
      {
        'apps.kruise.io/cloneset-instance-id': null,
        'controller-revision-hash': null,
        'pod-template-hash': null,
      },
      true,
    ),
    StatefulSet: statefulSet,
    DaemonSet: fromTemplate({}, false),
    BroadcastJob: fromTemplate(
      { 'broadcastjob-name': null, 'broadcastjob-controller-uid': null },
      false,
    ),
    UnitedDeployment: (resource) => ({ pods: [partly(resource, {}, ['kruise.io'])] }),
    AdvancedCronJob: (resource) => ({
      pods: [partly(resource, {}, ['kruise.io'], { 'job-name': null })],
    }),
    ...makingNothing(
      'ContainerRecreateRequest EphemeralJob ImageListPullJob ImagePullJob NodeImage ' +
        'NodePodProbe PersistentPodState PodProbeMarker ResourceDistribution SidecarSet ' +
        'WorkloadSpread',
    ),
  },
  'policy.kruise.io': makingNothing('PodUnavailableBudget'),
  'rollouts.kruise.io': makingNothing('Rollout BatchRelease TrafficRouting'),
};
