/** LeaderWorkerSet: groups of one leader and some workers; JobSet: Jobs that know each other. */
import { asList, asText, fieldAt } from '../../kubernetes/json.ts';
import type { LabelValue } from '../labels.ts';
import {
  containing,
  type Creation,
  type MadePods,
  makingNothing,
  type Operator,
  type OperatorTable,
  statefulSetLabels,
} from './operator.ts';
import { countAt, partly, product, templateAt } from './read.ts';

/**
 * Leaders are a StatefulSet of the set's name, each one's workers another.
 *
 * @source kubernetes-sigs/lws pkg/controllers/leaderworkerset_controller.go
 *   `constructLeaderStatefulSetApplyConfiguration` @9f47d6c5
 * @source kubernetes-sigs/lws pkg/webhooks/pod_webhook.go @004be7ed
 */
const leaderWorkerSet: Operator = ({ name, value }): Creation => {
  const domain = 'leaderworkerset.sigs.k8s.io';
  const unique = fieldAt(value, 'spec', 'networkConfig', 'subdomainPolicy') === 'UniquePerReplica';
  const set = fieldAt(value, 'spec', 'leaderWorkerTemplate');
  const groups = countAt(fieldAt(value, 'spec', 'replicas'), 1);
  const size = countAt(fieldAt(set, 'size'), 1);
  const worker = templateAt(value, ['spec', 'leaderWorkerTemplate', 'workerTemplate']);
  const leader = templateAt(value, ['spec', 'leaderWorkerTemplate', 'leaderTemplate']) ?? worker;
  const pods = (
    template: typeof worker,
    index: LabelValue,
    count: number | string | undefined,
  ): MadePods[] => {
    if (template === undefined) return [];
    const labels: Record<string, LabelValue> = {
      ...template.labels,
      ...statefulSetLabels,
      [`${domain}/name`]: name,
      [`${domain}/worker-index`]: index,
      [`${domain}/group-index`]: null,
      [`${domain}/group-key`]: null,
      [`${domain}/template-revision-hash`]: null,
    };
    return [
      {
        ...template,
        labels,
        domains: [domain],
        ...(count !== undefined && { replicas: count }),
        ...(!unique && { subdomain: name }),
      },
    ];
  };
  const workers =
    size === 1
      ? []
      : pods(worker, null, product(groups, typeof size === 'number' ? size - 1 : undefined));
  return { pods: [...pods(leader, '0', groups), ...workers], services: unique ? [] : [name] };
};

/**
 * The headless Service has the subdomain's name, and is there with hostnames only.
 *
 * @source kubernetes-sigs/jobset pkg/controllers/jobset_controller.go
 *   `labelAndAnnotateObject`, `GetSubdomain`, `dnsHostnamesEnabled` @ec942521
 */
const jobSet: Operator = (resource) => {
  const network = fieldAt(resource.value, 'spec', 'network');
  const named = fieldAt(network, 'enableDNSHostnames') !== false;
  return {
    pods: [
      partly(
        resource,
        { 'jobset.sigs.k8s.io/jobset-name': resource.name },
        ['jobset.sigs.k8s.io', 'batch.kubernetes.io'],
        {
          'job-name': null,
          'controller-uid': null,
        },
      ),
    ],
    services: named ? [asText(fieldAt(network, 'subdomain')) ?? resource.name] : [],
    allServices: true,
  };
};

/**
 * A LeaderWorkerSet and a Service for each of its roles, named after the set, its revision and the
 * role. `app` holds the number of the slice since there are slices.
 *
 * @source kubernetes-sigs/lws pkg/controllers/disaggregatedset/lws_manager.go
 *   `Create` @2341d10a
 * @source kubernetes-sigs/lws pkg/controllers/disaggregatedset/service_manager.go
 *   `buildService` @005f9f1a
 * @source kubernetes-sigs/lws pkg/utils/disaggregatedset/utils.go
 *   `GenerateLabels`, `GenerateName` @0006cae3
 */
const disaggregatedSet: Operator = (resource) => ({
  pods: asList(fieldAt(resource.value, 'spec', 'roles')).map((role) => {
    const name = asText(fieldAt(role, 'name')) ?? null;
    return partly(
      resource,
      {
        'disaggregatedset.x-k8s.io/name': resource.name,
        'disaggregatedset.x-k8s.io/role': name,
      },
      ['disaggregatedset.x-k8s.io', 'leaderworkerset.sigs.k8s.io'],
      { app: containing(resource.name), ...statefulSetLabels },
    );
  }),
});

export const leaderWorkerSets: OperatorTable = {
  'leaderworkerset.x-k8s.io': { LeaderWorkerSet: leaderWorkerSet },
  'disaggregatedset.x-k8s.io': {
    DisaggregatedSet: disaggregatedSet,
    ...makingNothing('DisaggregatedSetRoleScaler'),
  },
  'jobset.x-k8s.io': { JobSet: jobSet },
};
