/**
 * KubeRay: pods of templates, labelled with their cluster; of a RayService or RayJob the cluster
 * has a generated name.
 */
import { asText, fieldAt, type Json } from '../../kubernetes/json.ts';
import type { CustomResource, MadePods, Operator, OperatorTable } from './operator.ts';
import { partly } from './read.ts';

function pods(resource: CustomResource): MadePods[] {
  return [
    partly(
      resource,
      {
        'ray.io/cluster': resource.kind === 'RayCluster' ? resource.name : null,
        'ray.io/is-ray-node': 'yes',
      },
      ['ray.io'],
      { 'app.kubernetes.io/name': 'kuberay', 'app.kubernetes.io/created-by': 'kuberay-operator' },
    ),
  ];
}

/**
 * A head Service that the specification of a cluster describes itself has the name that stands
 * there.
 *
 * @source ray-project/kuberay ray-operator/controllers/ray/utils/util.go
 *   `GenerateHeadServiceName` @v1.5.0
 */
function headService(spec: Json | undefined): string | undefined {
  return asText(fieldAt(spec, 'headGroupSpec', 'headService', 'metadata', 'name'));
}

const rayCluster: Operator = (resource) => ({
  pods: pods(resource),
  services: [headService(fieldAt(resource.value, 'spec')) ?? `${resource.name}-head-svc`],
});

/**
 * Beside the Service of the cluster that serves just now it has two of its own.
 *
 * @source ray-project/kuberay ray-operator/controllers/ray/common/service.go
 *   `BuildServeService` @v1.5.0
 */
const rayService: Operator = (resource) => {
  const spec = fieldAt(resource.value, 'spec');
  const cluster = headService(fieldAt(spec, 'rayClusterConfig'));
  const serve = asText(fieldAt(spec, 'serveService', 'metadata', 'name'));
  return {
    pods: pods(resource),
    services: [
      `${resource.name}-head-svc`,
      serve ?? `${resource.name}-serve-svc`,
      ...(cluster === undefined ? [] : [cluster]),
    ],
  };
};

const rayJob: Operator = (resource) => {
  const cluster = headService(fieldAt(resource.value, 'spec', 'rayClusterSpec'));
  return { pods: pods(resource), services: cluster === undefined ? [] : [cluster] };
};

export const rayOperator: OperatorTable = {
  'ray.io': {
    RayCluster: rayCluster,
    RayService: rayService,
    RayJob: rayJob,
    // It makes RayJobs, as a CronJob makes Jobs.
    RayCronJob: (resource) => ({ pods: pods(resource) }),
  },
};
